//! What every page knows of its reader, and how templates say things.
use super::assets;
use super::dates::Dates;
use crate::actions::sessions::Reader;
use crate::domain::{Actor, Person, Target, Time, Verb};
use crate::words::{Language, Value, grouped};
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
    pub flash: Option<&'static str>,
}

/// HTML that this program wrote itself, of nothing but fixed names.
pub struct Markup(String);

impl std::fmt::Display for Markup {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Markup {}

impl askama::FastWritable for Markup {
    fn write_into(&self, out: &mut dyn std::fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(out.write_str(&self.0)?)
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
        self.theme = reader.theme.clone().unwrap_or_default();
        self.actor = reader.actor.clone();
        self.reader = Some(Rc::new(reader));
        self
    }

    /// Says a key.
    pub fn t(&self, key: &str) -> String {
        self.language.say(key)
    }

    /// Says a key about a number: `$n` chooses the plural, `$count` shows it.
    pub fn count(&self, key: &str, n: &i64) -> String {
        let n = *n;
        self.language.fill(key, &[("n", Value::Number(n)), ("count", Value::Text(grouped(n)))])
    }

    /// Says a key with `$name` filled in.
    pub fn about(&self, key: &str, name: &str) -> String {
        let said = self.language.fill(key, &[("name", Value::Text(name.to_owned()))]);
        if self.language == Language::Chinese { close_up(&said, name) } else { said }
    }

    pub fn number(&self, n: &i64) -> String {
        grouped(*n)
    }

    pub fn can(&self, verb: Verb, person: &Person) -> bool {
        self.actor.can(verb, person)
    }

    pub fn can_here(&self, verb: Verb) -> bool {
        self.actor.can(verb, Target::House)
    }

    pub fn may_create(&self) -> bool {
        !self.actor.grantable_roles().is_empty()
    }

    pub fn house_name(&self) -> &str {
        self.reader.as_ref().map_or("", |reader| &reader.house_name)
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
        let inside = self.path == root || self.path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'));
        Markup(if inside { r#"aria-current="page""#.into() } else { String::new() })
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

/// Chinese sets a blank between Han and Latin, but none between Han and Han.
fn close_up(said: &str, name: &str) -> String {
    let mut said = said.to_owned();
    if name.starts_with(is_han) {
        said = said.replace(&format!(" {name}"), name);
    }
    if name.ends_with(is_han) {
        said = said.replace(&format!("{name} "), name);
    }
    said
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// One to eight.
pub fn hue(person: &Person) -> i64 {
    person.id.0.rem_euclid(8) + 1
}

/// The family name of a Chinese name, else the first letters of the first and the last word.
pub fn initials(label: &str) -> String {
    let mut words = label
        .split(|c: char| c.is_whitespace() || c == '@')
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let han = first.is_some_and(is_han);
    let last = words.next_back().filter(|_| !han && !label.contains('@'));
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
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
