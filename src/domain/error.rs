//! Everything that can go wrong, in the words of the domain; each door owns its rendering.
use std::borrow::Cow;
use std::fmt;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A refusal or a failure. Keys inside are looked up by the door in the reader's language.
#[derive(Debug)]
pub enum Error {
    /// Unknown, or not visible to this actor: the two answer alike.
    NotFound,
    /// Visible, but not theirs to do; the key says what to do about it.
    Forbidden(&'static str),
    /// Somebody else changed it since it was read.
    Stale,
    /// A request that cannot be understood outside any form, such as a bad page link.
    Malformed(&'static str),
    Invalid(FieldErrors),
    /// Well formed, but a unique value is already somebody else's.
    Conflict(FieldErrors),
    Busy {
        retry_after: u64,
    },
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// One field at fault.
    pub fn invalid(field: impl Into<Cow<'static, str>>, key: &'static str) -> Self {
        Self::Invalid(FieldErrors::one(field, key))
    }

    /// Wraps a failure that no reader can mend.
    pub fn broken(e: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Broken(e.into())
    }

    /// The key of why somebody is left as they are; what is nobody's fault stays an error.
    pub fn refusal(self) -> Result<String> {
        match self {
            Self::Forbidden(key) | Self::Malformed(key) => Ok(key.to_owned()),
            Self::NotFound => Ok("error.not_found".to_owned()),
            Self::Invalid(errors) | Self::Conflict(errors) => {
                Ok(errors.iter().next().map_or("error.malformed", |(_, key)| key).to_owned())
            }
            other => Err(other),
        }
    }

    /// The fields at fault, if any are.
    pub fn fields(&self) -> Option<&FieldErrors> {
        match self {
            Self::Invalid(fields) | Self::Conflict(fields) => Some(fields),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Broken(e) => write!(f, "broken: {e}"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl std::error::Error for Error {}

/// Pairs of a field's name and the key of what is wrong with it, in the order found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FieldErrors(Vec<(Cow<'static, str>, &'static str)>);

impl FieldErrors {
    pub fn one(field: impl Into<Cow<'static, str>>, key: &'static str) -> Self {
        Self(vec![(field.into(), key)])
    }

    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, key: &'static str) {
        self.0.push((field.into(), key));
    }

    pub fn on(&self, field: &str) -> Option<&'static str> {
        self.iter().find(|(f, _)| *f == field).map(|(_, key)| key)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &'static str)> + '_ {
        self.0.iter().map(|(field, key)| (field.as_ref(), *key))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value, or the fault noted under the field.
    pub fn take<T>(&mut self, field: &'static str, read: Result<T, &'static str>) -> Option<T> {
        read.map_err(|key| self.add(field, key)).ok()
    }

    /// `value` when nothing was found, else all that was.
    pub fn or<T>(self, value: T) -> Result<T> {
        if self.is_empty() { Ok(value) } else { Err(Error::Invalid(self)) }
    }
}
