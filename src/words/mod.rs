//! Everything Rollcall says, in English and Chinese, by key. Each door asks for its reader's language.
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

static_loader! {
    static LOCALES = {
        locales: "./src/words",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ENGLISH: LanguageIdentifier = langid!("en");
static CHINESE: LanguageIdentifier = langid!("zh");

thread_local! {
    /// What was said before by key, in each language: a page says the same hundred words again and again.
    static SAID: RefCell<[HashMap<String, String>; 2]> = RefCell::default();
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Chinese,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// As it stands in `lang` attributes and on a person.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// Of a tag such as `zh-Hans` or `zh_cn`; nothing for languages we do not speak.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary.trim()))
    }

    /// The first that we speak of a browser's `Accept-Language`, in the order of its weights.
    pub fn of_browser(header: &str) -> Option<Self> {
        let mut wanted: Vec<(f32, &str)> = header.split(',').take(20).map(weighted).collect();
        wanted.sort_by(|one, two| two.0.total_cmp(&one.0));
        wanted.into_iter().filter(|(weight, _)| *weight > 0.0).find_map(|(_, tag)| Self::of_tag(tag))
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::English => &ENGLISH,
            Self::Chinese => &CHINESE,
        }
    }

    /// The text of a key. Keys are checked by a test: an unknown one shows itself.
    pub fn say(self, key: &str) -> String {
        let said = SAID.with_borrow(|said| said[self as usize].get(key).cloned());
        said.unwrap_or_else(|| {
            let text = LOCALES.try_lookup(self.id(), key);
            if let Some(text) = &text {
                SAID.with_borrow_mut(|said| said[self as usize].insert(key.to_owned(), text.clone()));
            }
            text.unwrap_or_else(|| LOCALES.lookup(self.id(), key))
        })
    }

    /// The same with values filled in; numbers choose the plural.
    pub fn fill(self, key: &str, values: &[(&'static str, Value)]) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue> =
            values.iter().map(|(name, value)| (Cow::Borrowed(*name), value.into())).collect();
        LOCALES.lookup_with_args(self.id(), key, &args)
    }
}

/// Something to fill into a text.
pub enum Value {
    Text(String),
    /// Shown with thousands separated.
    Number(i64),
}

impl From<&Value> for FluentValue<'static> {
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(text) => FluentValue::from(text.clone()),
            Value::Number(n) => FluentValue::from(*n),
        }
    }
}

/// `48102` as `48,102`.
pub fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if n < 0 { format!("-{out}") } else { out }
}

fn weighted(part: &str) -> (f32, &str) {
    let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
    (weight.trim().parse().unwrap_or(0.0), tag.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_wishes_are_weighed() {
        assert_eq!(Language::of_browser("fr, zh-CN;q=0.8, en;q=0.9"), Some(Language::English));
        assert_eq!(Language::of_browser("zh-TW,zh;q=0.9,en;q=0.1"), Some(Language::Chinese));
        assert_eq!(Language::of_browser("de"), None);
    }

    #[test]
    fn thousands_are_apart() {
        assert_eq!([0, 999, 1_000, -48_102].map(grouped), ["0", "999", "1,000", "-48,102"]);
    }
}
