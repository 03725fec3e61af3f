//! `/people/{id}`: one person.
use crate::actions::people::activity;
use crate::domain::{Field, Fields, Person, PersonId, Turn, Verb};
use crate::panel::entries::{Line, lines};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

/// Beside the profile stand this many of the latest entries.
const RECENT: usize = 5;

/// The head that all pages of a person share.
pub struct Head<'a> {
    pub v: &'a View,
    pub person: &'a Person,
    /// `profile`, `activity`, or nothing for a page that is no tab.
    pub tab: &'static str,
}

#[derive(Template)]
#[template(path = "people/show.html")]
struct ShowPage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    recent: Vec<Line>,
}

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = PersonId(*id);
    let (person, entries) = visit.read(move |act| activity::index(act, id, &Turn::First, RECENT)).await?;
    let (v, person) = (&visit.view, &person);
    let page = ShowPage { v, person, head: Head { v, person, tab: "profile" }, recent: lines(v, &entries.list) };
    visit.ok(page.render())
}

impl Head<'_> {
    pub fn may_change_password(&self) -> bool {
        self.v.can(Verb::SetPassword, self.person)
    }

    pub fn has_more(&self) -> bool {
        self.may_change_password() || self.v.can(Verb::ChangeRole, self.person)
    }
}

impl ShowPage<'_> {
    /// The filled fields that this reader may see, in groups.
    fn groups(&self) -> Vec<(&'static str, Vec<(Field, String)>)> {
        let filled = |fields: &[Field]| {
            let shown = fields.iter().copied().filter(|field| self.may_see(*field) && self.is_filled(*field));
            shown.map(|field| (field, self.person.fields.get(field))).collect::<Vec<_>>()
        };
        let groups = super::form::GROUPS.iter().map(|(name, fields)| (*name, filled(fields)));
        groups.filter(|(_, fields)| !fields.is_empty()).collect()
    }

    /// The fields that nobody has filled yet.
    fn blank(&self) -> Vec<Field> {
        let fields = super::form::GROUPS.iter().flat_map(|(_, fields)| fields.iter().copied());
        fields.filter(|field| self.may_see(*field) && !self.is_filled(*field)).collect()
    }

    fn may_see(&self, field: Field) -> bool {
        !field.is_for_staff() || self.v.can(Verb::SeeStaffFields, self.person)
    }

    fn may_edit(&self, field: &Field) -> bool {
        self.v.can(Verb::Edit, self.person) && (!field.is_for_staff() || self.v.can(Verb::EditStaffFields, self.person))
    }

    fn is_filled(&self, field: Field) -> bool {
        self.person.fields.differs(&Fields::default(), field)
    }
}
