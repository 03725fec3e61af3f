//! What the routes of an API take and give, as it is told to people and to programs.
use super::key::{Dialect, Key};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    Flag,
}

/// A value of a query or of a form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Param {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    pub about: &'static str,
    pub example: Option<&'static str>,
}

pub const fn text(name: &'static str, about: &'static str) -> Param {
    Param { name, kind: Kind::Text, required: false, about, example: None }
}

pub const fn integer(name: &'static str, about: &'static str) -> Param {
    Param { kind: Kind::Integer, ..text(name, about) }
}

pub const fn flag(name: &'static str, about: &'static str) -> Param {
    Param { kind: Kind::Flag, ..text(name, about) }
}

impl Param {
    pub const fn required(self, example: &'static str) -> Self {
        Self { required: true, ..self.like(example) }
    }

    pub const fn like(self, example: &'static str) -> Self {
        Self { example: Some(example), ..self }
    }
}

/// What stands in the body of a request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Body {
    Nothing,
    /// An example of it, in JSON.
    Json(&'static str),
    Form(&'static [Param]),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Doc {
    /// One sentence.
    pub says: &'static str,
    pub asks: &'static [Param],
    pub takes: Body,
    /// The status when it worked.
    pub gives: u16,
}

pub const fn told(says: &'static str) -> Doc {
    Doc { says, asks: &[], takes: Body::Nothing, gives: 200 }
}

impl Doc {
    pub const fn asks(self, asks: &'static [Param]) -> Self {
        Self { asks, ..self }
    }

    pub const fn takes(self, example: &'static str) -> Self {
        Self { takes: Body::Json(example), ..self }
    }

    pub const fn form(self, form: &'static [Param]) -> Self {
        Self { takes: Body::Form(form), ..self }
    }

    pub const fn gives(self, gives: u16) -> Self {
        Self { gives, ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub doc: Doc,
}

impl Route {
    /// Method and path as a name of its own: `get_v1_users_id`.
    pub fn words(&self, between: &str) -> String {
        words(&format!("{} {}", self.method, self.path), between)
    }
}

fn words(text: &str, between: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(between)
}

/// By which a sentence of a manual is found in another language.
pub fn key_of(says: &str) -> String {
    format!("manual.{}", words(says, "_").to_lowercase())
}

/// How a request says who it is from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Auth {
    /// The secret, or a token, behind `Bearer`.
    Bearer,
    /// `email/token:secret`, or an e-mail and a password.
    Basic,
    /// The secret in this header.
    Header(&'static str),
}

/// All of one API.
#[derive(Debug, Clone)]
pub struct Manual {
    pub dialect: Dialect,
    pub auth: Auth,
    pub routes: Vec<Route>,
}

impl Manual {
    /// What a shell asks this house with, the picked key in it as far as the house knows it; `$SECRET` is what only its
    /// owner has.
    pub fn curl(&self, route: &Route, url: &str, key: Option<&Key>) -> String {
        let app = key.and_then(|key| key.chat_app.as_ref());
        let app = app.map_or("acme/desk".to_owned(), |app| format!("{}/{}", app.org, app.app));
        let mut path = route.path.replace("{org}/{app}", &app);
        for (place, example) in PLACES {
            path = path.replace(place, example);
        }
        let shown = |params: &'static [Param]| {
            params.iter().filter_map(|param| Some(format!("{}={}", param.name, param.example?))).collect::<Vec<_>>()
        };
        let asked = shown(route.doc.asks).join("&");
        let query = if asked.is_empty() { asked } else { format!("?{asked}") };
        let method = if route.method == "get" { String::new() } else { format!(" -X {}", route.method.to_uppercase()) };
        let mut parts = vec![format!("curl{method}")];
        parts.extend(self.credentials(route, key));
        match route.doc.takes {
            Body::Nothing => {}
            Body::Json(example) => {
                let example = example.replace('\'', "'\\''").replace("CLIENT_ID", client_id(key));
                parts.push("-H 'Content-Type: application/json'".to_owned());
                parts.push(format!("-d '{}'", example.replace("$SECRET", "'\"$SECRET\"'")));
            }
            Body::Form(form) => parts.extend(shown(form).iter().map(|pair| format!("-d {pair}"))),
        }
        parts.push(format!("'{url}{path}{query}'"));
        let is_long = parts.iter().map(String::len).sum::<usize>() > LINE;
        parts.join(if is_long { " \\\n  " } else { " " })
    }

    fn credentials(&self, route: &Route, key: Option<&Key>) -> Option<String> {
        match (self.auth, route.path) {
            (_, "/oauth/token") => Some(format!("--user \"{}:$SECRET\"", client_id(key))),
            (_, "/{org}/{app}/token") => None,
            (Auth::Basic, _) => Some("--user \"$EMAIL/token:$SECRET\"".to_owned()),
            (Auth::Header(name), _) => Some(format!("-H \"{name}: $SECRET\"")),
            (Auth::Bearer, _) if self.dialect.has_client_id() => Some("-H \"Authorization: Bearer $TOKEN\"".to_owned()),
            (Auth::Bearer, _) => Some("-H \"Authorization: Bearer $SECRET\"".to_owned()),
        }
    }
}

fn client_id(key: Option<&Key>) -> &str {
    key.map_or("CLIENT_ID", |key| key.prefix.as_str())
}

/// Bytes of a line that most screens show whole.
const LINE: usize = 90;

/// What stands for the names in paths.
const PLACES: [(&str, &str); 8] = [
    ("{id}", "1"),
    ("{uid}", "00000000-0000-4000-8000-000000000000"),
    ("{user}", "ada"),
    ("{other}", "bea"),
    ("{resource}", "web_1"),
    ("{type}", "SEGMENT"),
    ("{kind}", "User"),
    ("{urn}", "urn:ietf:params:scim:schemas:core:2.0:User"),
];
