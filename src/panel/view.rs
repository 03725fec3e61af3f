//! What every page knows of its reader, and how templates say things.
use super::dates::Dates;
use super::faces::{close_up, is_han};
use super::flash::Flash;
use super::{assets, markup::Markup};
use crate::actions::sessions::Reader;
use crate::domain::time::days;
use crate::domain::{Actor, Catalogue, Count, Person, Target, Time, Verb};
use crate::words::{Language, grouped};
use actix_web::HttpRequest;
use jiff::tz::TimeZone;
use std::rc::Rc;

#[derive(Clone)]
pub struct View {
    pub language: Language,
    pub dates: Dates,
    pub actor: Actor,
    pub reader: Option<Rc<Reader>>,
    /// `light`, `dark`, or nothing to follow the system.
    pub theme: String,
    /// The page they are on, path and query: where a sign-in comes back to.
    pub here: String,
    pub path: String,
    /// Only a part of the page is wanted.
    pub htmx: bool,
    pub request: String,
    pub flash: Option<Flash>,
}

/// A number, however many references a template puts before it.
pub trait Figure {
    fn figure(&self) -> i64;
}

impl Figure for i64 {
    fn figure(&self) -> i64 {
        *self
    }
}

impl Figure for u64 {
    fn figure(&self) -> i64 {
        i64::try_from(*self).unwrap_or(i64::MAX)
    }
}

impl<T: Figure> Figure for &T {
    fn figure(&self) -> i64 {
        (*self).figure()
    }
}

impl View {
    /// Whoever it is, before anything is known of them but their browser.
    pub fn of_stranger(req: &HttpRequest) -> Self {
        let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
        let chosen = super::query::Query::parse(req.query_string());
        let language = chosen
            .get("lang")
            .and_then(Language::of_tag)
            .or_else(|| Language::of_browser(header("accept-language").unwrap_or_default()))
            .unwrap_or(Language::English);
        let htmx = header("hx-request").is_some() && header("hx-history-restore-request").is_none();
        Self {
            language,
            dates: Dates { language, zone: TimeZone::UTC, now: Time::from_micros(0) },
            actor: Actor::Visitor,
            reader: None,
            theme: String::new(),
            here: here(req, htmx.then(|| header("hx-current-url")).flatten()),
            path: req.path().to_owned(),
            htmx,
            request: String::new(),
            flash: None,
        }
    }

    /// The same, now that they are known: their language, their zone, their light.
    pub fn of_reader(mut self, reader: Reader) -> Self {
        self.language = Language::of_tag(&reader.person.fields.language).unwrap_or(self.language);
        self.dates.language = self.language;
        self.dates.zone = TimeZone::get(&reader.person.fields.timezone).unwrap_or(TimeZone::UTC);
        self.theme = reader.preferences.theme.clone();
        self.actor = reader.actor.clone();
        self.reader = Some(Rc::new(reader));
        self
    }

    /// Says a key.
    pub fn t(&self, key: &str) -> String {
        self.language.say(key)
    }

    /// Says a key about a number: `$n` chooses the plural, `$count` shows it.
    pub fn count(&self, key: &str, n: impl Figure) -> String {
        let n = n.figure();
        self.language.count(key, n, &grouped(n))
    }

    /// Says a key with `$name` filled in.
    pub fn about(&self, key: &str, name: &str) -> String {
        let said = self.language.name(key, name);
        if self.language == Language::Chinese { close_up(&said, name) } else { said }
    }

    pub fn number(&self, n: impl Figure) -> String {
        grouped(n.figure())
    }

    /// So many bytes, in a unit that gives few digits.
    pub fn size(&self, bytes: impl Figure) -> String {
        let bytes = bytes.figure().max(0);
        let (unit, shift) = [("GiB", 30), ("MiB", 20), ("KiB", 10)]
            .into_iter()
            .find(|(_, shift)| bytes >> shift > 0)
            .unwrap_or(("B", 0));
        format!("{} {unit}", grouped(bytes >> shift))
    }

    /// `9,876`, or `10,000+` where counting stopped.
    pub fn counted(&self, count: &Count) -> String {
        match count {
            Count::Exactly(n) => grouped(*n),
            Count::MoreThan(n) => format!("{}+", grouped(*n)),
        }
    }

    /// The same in a sentence.
    pub fn count_shown(&self, key: &str, count: &Count) -> String {
        self.language.count(key, count.at_least(), &self.counted(count))
    }

    pub fn can(&self, verb: Verb, person: &Person) -> bool {
        self.actor.can(verb, person)
    }

    pub fn can_here(&self, verb: Verb) -> bool {
        self.actor.can(verb, Target::House)
    }

    pub fn may_merge(&self) -> bool {
        self.actor.may_merge()
    }

    pub fn may_create(&self) -> bool {
        !self.actor.grantable_roles().is_empty()
    }

    /// The custom fields that the reader may see; a stranger sees none.
    pub fn catalogue(&self) -> &Catalogue {
        static NONE: Catalogue = Catalogue(vec![]);
        self.reader.as_ref().map_or(&NONE, |reader| &reader.catalogue)
    }

    /// Whether single keys do something.
    pub fn has_shortcuts(&self) -> bool {
        self.reader.as_ref().is_none_or(|reader| reader.preferences.shortcuts)
    }

    /// What was just done, in words and figures.
    pub fn flash_text(&self, flash: &Flash) -> String {
        let Some(n) = flash.numbers.first() else { return self.t(flash.key) };
        let mut said = self.count(flash.key, n);
        for (key, at) in [("batch.unchanged", 1), ("batch.refused", 2)] {
            if let Some(n) = flash.numbers.get(at).filter(|n| **n > 0) {
                said = format!("{said} {}", self.count(key, n));
            }
        }
        said
    }

    pub fn said(&self, key: &str) -> bool {
        self.flash.as_ref().is_some_and(|flash| flash.key == key)
    }

    pub fn house_name(&self) -> &str {
        self.reader.as_ref().map_or("", |reader| &reader.house_name)
    }

    /// The last day on which what is done now can be taken back.
    pub fn until(&self, retention: impl Figure) -> String {
        self.dates.date(&self.dates.now.plus(days(retention.figure().unsigned_abs())))
    }

    pub fn is_me(&self, person: &Person) -> bool {
        self.actor.id() == Some(person.id)
    }

    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    pub fn icon(&self, name: &'static str) -> Markup {
        let sprite = assets::url("icons.svg");
        Markup(format!(r##"<svg class="i" aria-hidden="true"><use href="{sprite}#{name}"/></svg>"##))
    }

    /// `aria-current` for a link of the side bar.
    pub fn current(&self, root: &str) -> Markup {
        self.current_among(&[root])
    }

    /// The same for a place to which pages below several roots belong.
    pub fn current_among(&self, roots: &[&str]) -> Markup {
        let below =
            |root: &&str| self.path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        Markup(if roots.iter().any(below) { r#"aria-current="page""#.into() } else { String::new() })
    }

    /// The same for a page that has others below its path which are not its own.
    pub fn current_exactly(&self, path: &str) -> Markup {
        Markup(if self.path == path { r#"aria-current="page""#.into() } else { String::new() })
    }

    /// `lang` for a name in the other script than the page's.
    pub fn lang_of(&self, text: &str) -> Markup {
        let han = text.chars().any(is_han);
        Markup(match (han, self.language) {
            (true, Language::English) => r#"lang="zh""#.into(),
            (false, Language::Chinese) => r#"lang="en""#.into(),
            _ => String::new(),
        })
    }

    /// Which of the five shapes of status this is.
    pub fn standing(&self, person: &Person) -> &'static str {
        match person.status.name() {
            "active" if person.is_quiet(self.dates.now) => "quiet",
            "active" => "active",
            "unverified" => "invited",
            "locked" => "locked",
            _ => "suspended",
        }
    }
}

/// A form's own page is where it was shown, not where it was sent.
fn here(req: &HttpRequest, current: Option<&str>) -> String {
    let shown = current.or_else(|| {
        let posted = !req.method().is_safe();
        posted.then(|| req.headers().get("referer")?.to_str().ok()).flatten()
    });
    let shown = shown.and_then(|url| url::Url::parse(url).ok()).map(|url| url[url::Position::BeforePath..].to_owned());
    let shown = shown.map(|at| at.split('#').next().unwrap_or_default().to_owned());
    shown.unwrap_or_else(|| req.uri().path_and_query().map_or("/".into(), ToString::to_string))
}
