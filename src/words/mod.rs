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

/// Stands in a sentence where a name or a figure goes.
const GAP: &str = "\u{e000}";
/// Sentences about larger numbers are made each time.
const REMEMBERED: std::ops::RangeInclusive<i64> = 0..=100;

/// The sentences of a key, by the number that chooses the plural.
type Sentences = HashMap<Option<i64>, String>;

thread_local! {
    /// What was said before by key, in each language: a page says the same hundred words again and again.
    static SAID: RefCell<[HashMap<String, Sentences>; 2]> = RefCell::default();
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
        self.sentence(key, None)
    }

    /// The text of a key with `$name` filled in.
    pub fn name(self, key: &str, name: &str) -> String {
        self.sentence(key, None).replace(GAP, name)
    }

    /// The text of a key about a number: `$n` chooses the plural, `$count` shows it.
    pub fn count(self, key: &str, n: i64, shown: &str) -> String {
        self.sentence(key, Some(n)).replace(GAP, shown)
    }

    fn sentence(self, key: &str, n: Option<i64>) -> String {
        let said = SAID.with_borrow(|said| said[self as usize].get(key)?.get(&n).cloned());
        said.unwrap_or_else(|| {
            let mut args = HashMap::from(["name", "count"].map(|gap| (Cow::Borrowed(gap), FluentValue::from(GAP))));
            args.extend(n.map(|n| (Cow::Borrowed("n"), FluentValue::from(n))));
            let Some(text) = LOCALES.try_lookup_with_args(self.id(), key, &args) else {
                return LOCALES.lookup(self.id(), key);
            };
            if n.is_none_or(|n| REMEMBERED.contains(&n)) {
                let remember = |said: &mut [HashMap<String, Sentences>; 2]| {
                    said[self as usize].entry(key.to_owned()).or_default().insert(n, text.clone())
                };
                SAID.with_borrow_mut(remember);
            }
            text
        })
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
