//! What somebody typed into a form, kept as it was.
use crate::actions::batches::MOST;
use crate::domain::{Error, FieldErrors, PersonId, Result};
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, web};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

/// Fields by name. Boxes of one name that are ticked together stand in one value, a line each.
#[derive(Debug, Clone, Default)]
pub struct Entered(HashMap<String, String>);

impl Entered {
    /// Browsers send line ends as CRLF; what is compared and shown again has LF.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut values: HashMap<String, String> = HashMap::new();
        for (name, value) in pairs {
            let value = value.replace("\r\n", "\n");
            match values.get_mut(&name) {
                Some(kept) if kept.is_empty() => *kept = value,
                Some(kept) => *kept = format!("{kept}\n{value}"),
                None => drop(values.insert(name, value)),
            }
        }
        Self(values)
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// Empty when the form had no such field.
    pub fn get(&self, name: &str) -> &str {
        self.given(name).unwrap_or_default()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Nothing when the form had no such field.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    /// What a field held when the form was shown.
    pub fn was(&self, name: &str) -> &str {
        self.get(&format!("was_{name}"))
    }

    /// A ticked box.
    pub fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// The version of what is changed, as the form carries it.
    pub fn version(&self) -> Result<i64> {
        self.number("version")
    }

    /// The form again after an error: with the fields at fault, or, when somebody else was quicker, with the
    /// version that stands now, so that what was typed can be saved after a look.
    pub fn after(&self, error: Error, version: Option<i64>) -> Result<(StatusCode, Self, FieldErrors)> {
        let mut again = self.clone();
        match (error, version) {
            (Error::Invalid(errors) | Error::Conflict(errors), _) => {
                Ok((StatusCode::UNPROCESSABLE_ENTITY, again, errors))
            }
            (Error::Stale, Some(version)) => {
                again.set("version", &version.to_string());
                Ok((StatusCode::CONFLICT, again, FieldErrors::one("version", "form.stale")))
            }
            (error, _) => Err(error),
        }
    }

    /// People by number, each once and no more of them than one step may be about.
    pub fn people(&self, name: &str) -> Result<Vec<PersonId>> {
        let read = |raw: &str| raw.parse().map(PersonId).map_err(|_| Error::Malformed("error.malformed_advice"));
        let mut ids = self.get(name).lines().map(read).collect::<Result<Vec<_>>>()?;
        ids.sort_unstable();
        ids.dedup();
        if ids.len() > MOST { Err(Error::Malformed("batch.too_many")) } else { Ok(ids) }
    }

    /// A number that the form itself wrote.
    pub fn number(&self, name: &str) -> Result<i64> {
        self.get(name).parse().map_err(|_| Error::Malformed("error.malformed_advice"))
    }
}

impl FromRequest for Entered {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, actix_web::Error>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = web::Form::<Vec<(String, String)>>::from_request(req, payload);
        Box::pin(async move { Ok(Self::of(form.await?.into_inner())) })
    }
}
