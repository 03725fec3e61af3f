//! What can be wrong with a request.
use crate::domain::Error;
use crate::words::Language;
use actix_web::http::StatusCode;

#[derive(Debug)]
pub enum Fault {
    /// No credentials, or wrong ones.
    Stranger,
    /// Nothing is at this path.
    Route,
    /// Something is, but not for this method.
    Method,
    TooLarge,
    /// The body is no JSON, or not of the right shape as a whole.
    Body(String),
    /// A value that cannot be read: of which field, and what it must be.
    Value {
        field: String,
        message: String,
    },
    /// A refusal that only this API knows: its status and its words.
    Told(u16, String),
    /// A request that this API has a code for: 400.
    Coded(&'static str, String),
    Refused(Error),
    /// Of one part of the request.
    Of(String, Box<Self>),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::Broken(cause) => {
                cause.downcast().map_or_else(|cause| Self::Refused(Error::Broken(cause)), |own| *own)
            }
            other => Self::Refused(other),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Fault {}

impl Fault {
    pub fn value(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Value { field: field.into(), message: message.into() }
    }

    /// As an error that ends a transaction; it comes out again as what it was.
    pub fn carried(self) -> Error {
        match self {
            Self::Refused(error) => error,
            own => Error::broken(own),
        }
    }

    /// The same, told of which part of the request it is.
    pub fn of(self, part: String) -> Self {
        Self::Of(part, Box::new(self))
    }

    /// As most APIs have it; a field at fault is 422.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Stranger => StatusCode::UNAUTHORIZED,
            Self::Route | Self::Refused(Error::NotFound) => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Body(_) | Self::Value { .. } | Self::Coded(..) | Self::Refused(Error::Malformed(_)) => {
                StatusCode::BAD_REQUEST
            }
            Self::Told(status, _) => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
            Self::Refused(Error::Forbidden(_)) => StatusCode::FORBIDDEN,
            Self::Refused(Error::Stale) => StatusCode::CONFLICT,
            Self::Refused(Error::Invalid(_) | Error::Conflict(_)) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused(Error::Busy { .. }) => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(Error::Broken(_)) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Of(_, fault) => fault.status(),
        }
    }

    /// In English, whoever reads it: programs do.
    pub fn message(&self) -> String {
        let say = |key: &str| Language::English.say(key);
        match self {
            Self::Body(message) | Self::Told(_, message) | Self::Coded(_, message) => message.clone(),
            Self::Value { field, message } => format!("{field} {message}"),
            Self::Of(part, fault) => format!("{part}: {}", fault.message()),
            Self::Refused(Error::Forbidden(key) | Error::Malformed(key)) => say(key),
            Self::Refused(Error::Invalid(_) | Error::Conflict(_)) => {
                self.fields().into_iter().map(|(_, message)| message).collect::<Vec<_>>().join(" ")
            }
            Self::Refused(Error::Stale) => "Somebody else changed this meanwhile. Read it again and repeat.".into(),
            Self::Refused(Error::Busy { retry_after }) => {
                format!("Too many attempts. Try again in {retry_after} seconds.")
            }
            other => other.status().canonical_reason().unwrap_or_default().to_owned(),
        }
    }

    /// The fields at fault, by our names, and what is wrong with each.
    pub fn fields(&self) -> Vec<(String, String)> {
        match self {
            Self::Value { field, message } => vec![(field.clone(), message.clone())],
            Self::Refused(error) => {
                let of = |(field, key): (&str, &str)| (field.to_owned(), Language::English.say(key));
                error.fields().map_or(vec![], |fields| fields.iter().map(of).collect())
            }
            Self::Of(part, fault) => {
                fault.fields().into_iter().map(|(name, said)| (format!("{part}.{name}"), said)).collect()
            }
            _ => vec![],
        }
    }

    /// Seconds to wait before trying again.
    pub fn retry_after(&self) -> Option<u64> {
        if let Self::Refused(Error::Busy { retry_after }) = self { Some(*retry_after) } else { None }
    }
}
