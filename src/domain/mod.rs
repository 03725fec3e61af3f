//! Nouns and rules, pure: no database, no web, no clock.
pub mod contact;
pub mod cursor;
pub mod error;
pub mod event;
pub mod fields;
pub mod filter;
pub mod fold;
pub mod password;
pub mod permit;
pub mod person;
pub mod standing;
pub mod text;
pub mod time;

pub use contact::{Email, Phone, Username};
pub use cursor::{Cursor, Mark, Turn};
pub use error::{Error, FieldErrors, Result};
pub use event::{Change, Door, Entry, EntryFilter, Event};
pub use fields::{Field, Fields};
pub use filter::{Column, PeopleFilter, Sort, Span};
pub use fold::{fold, fold_for_search};
pub use password::NewPassword;
pub use permit::{Actor, Scope, Target, Verb};
pub use person::{Person, PersonId, Rights, Role, Status, TicketRestriction};
pub use standing::Standing;
pub use time::Time;
