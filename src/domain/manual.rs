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
}

pub const fn text(name: &'static str, about: &'static str) -> Param {
    Param { name, kind: Kind::Text, required: false, about }
}

pub const fn integer(name: &'static str, about: &'static str) -> Param {
    Param { kind: Kind::Integer, ..text(name, about) }
}

pub const fn flag(name: &'static str, about: &'static str) -> Param {
    Param { kind: Kind::Flag, ..text(name, about) }
}

impl Param {
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
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
    /// A line for a shell that asks this house, with the picked key as far as the house knows it; `$SECRET` is what only
    /// its owner has.
    pub fn curl(&self, route: &Route, url: &str, key: Option<&Key>) -> String {
        let app = key.and_then(|key| key.chat_app.as_ref());
        let app = app.map_or("acme/desk".to_owned(), |app| format!("{}/{}", app.org, app.app));
        let mut path = route.path.replace("{org}/{app}", &app);
        for (place, example) in PLACES {
            path = path.replace(place, example);
        }
        let asked = route.doc.asks.iter().filter(|param| param.required).map(|param| format!("{}=ada", param.name));
        let asked = asked.collect::<Vec<_>>().join("&");
        let query = if asked.is_empty() { asked } else { format!("?{asked}") };
        let mut line = "curl".to_owned();
        if route.method != "get" {
            line.push_str(&format!(" -X {}", route.method.to_uppercase()));
        }
        line.push_str(&format!(" {}", self.credentials(route, key)));
        match route.doc.takes {
            Body::Nothing => {}
            Body::Json(example) => {
                line.push_str(&format!(" -H 'Content-Type: application/json' -d '{}'", example.replace('\'', "'\\''")));
            }
            Body::Form(form) => {
                let required = form.iter().filter(|param| param.required || form.iter().all(|one| !one.required));
                required.for_each(|param| line.push_str(&format!(" -d {}=…", param.name)));
            }
        }
        format!("{line} '{url}{path}{query}'")
    }

    fn credentials(&self, route: &Route, key: Option<&Key>) -> String {
        let id = key.map_or("CLIENT_ID", |key| key.prefix.as_str());
        match (self.auth, route.path) {
            (_, "/oauth/token") => format!("--user \"{id}:$SECRET\""),
            (_, "/{org}/{app}/token") => String::new(),
            (Auth::Basic, _) => "--user \"$EMAIL/token:$SECRET\"".to_owned(),
            (Auth::Header(name), _) => format!("-H \"{name}: $SECRET\""),
            (Auth::Bearer, _) if self.dialect.has_client_id() => "-H \"Authorization: Bearer $TOKEN\"".to_owned(),
            (Auth::Bearer, _) => "-H \"Authorization: Bearer $SECRET\"".to_owned(),
        }
    }
}

/// What stands for the names in paths.
const PLACES: [(&str, &str); 6] = [
    ("{id}", "1"),
    ("{uid}", "00000000-0000-4000-8000-000000000000"),
    ("{user}", "ada"),
    ("{other}", "bea"),
    ("{resource}", "web_1"),
    ("{type}", "SEGMENT"),
];
