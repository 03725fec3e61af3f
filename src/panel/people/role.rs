//! `/people/{id}/role`: what somebody is in this house, and what an agent may do.
use super::show::Head;
use crate::actions::people::role::{self, Choice};
use crate::domain::{
    CustomRole, Error, FieldErrors, Person, PersonId, Profile, Result, Rights, Role, TicketRestriction,
};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "people/role.html")]
struct RolePage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    form: &'a RoleForm,
    custom_roles: Vec<CustomRole>,
    errors: &'a FieldErrors,
}

/// Boxes that are not ticked are not sent.
#[derive(Deserialize)]
pub struct RoleForm {
    #[serde(default)]
    role: String,
    manage_people: Option<String>,
    public_comments: Option<String>,
    moderator: Option<String>,
    #[serde(default)]
    tickets: String,
    /// The id of a custom role, or nothing for the rights.
    #[serde(default)]
    custom_role: String,
    /// An administrator who stops being one knows it.
    sure: Option<String>,
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = PersonId(*id);
    let (person, profile, roles) = visit.read(move |act| role::edit(act, id)).await?;
    let form = RoleForm::of(&person, &profile);
    page(&visit, StatusCode::OK, &person, &form, roles, &FieldErrors::default())
}

pub async fn update(visit: Visit, id: web::Path<i64>, form: web::Form<RoleForm>) -> Answer {
    let id = PersonId(*id);
    let outcome = match form.parse() {
        Ok(choice) => visit.write(move |act| role::update(act, id, choice)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(_) => visit.go(&format!("/people/{}", id.0), Some("done.role")),
        Err(Error::Invalid(errors)) => {
            let (person, _, roles) = visit.read(move |act| role::edit(act, id)).await?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &person, &form, roles, &errors)
        }
        Err(e) => Err(e.into()),
    }
}

fn page(
    visit: &Visit,
    status: StatusCode,
    person: &Person,
    form: &RoleForm,
    custom_roles: Vec<CustomRole>,
    errors: &FieldErrors,
) -> Answer {
    let v = &visit.view;
    let head = Head { v, person, tab: "" };
    visit.answer(status, RolePage { v, person, head, form, custom_roles, errors }.render())
}

impl RoleForm {
    fn of(person: &Person, profile: &Profile) -> Self {
        let rights = profile.rights;
        let ticked = |yes: bool| yes.then(|| "yes".to_owned());
        Self {
            role: person.role.name().into(),
            manage_people: ticked(rights.manage_people),
            public_comments: ticked(rights.public_comments),
            moderator: ticked(rights.moderator),
            tickets: rights.tickets.name().into(),
            custom_role: profile.custom_role.map(|id| id.to_string()).unwrap_or_default(),
            sure: None,
        }
    }

    fn parse(&self) -> Result<Choice> {
        let mut errors = FieldErrors::default();
        let role = Role::parse(&self.role);
        let tickets = TicketRestriction::parse(if self.tickets.is_empty() { "all" } else { &self.tickets });
        if role.is_none() {
            errors.add("role", "role.unknown");
        }
        if tickets.is_none() {
            errors.add("tickets", "ticket_restriction.unknown");
        }
        let custom_role = match self.custom_role.as_str() {
            "" => None,
            raw => errors.take("custom_role", raw.parse().map_err(|_| "custom_role.unknown")),
        };
        let (Some(role), Some(tickets), true) = (role, tickets, errors.is_empty()) else {
            return Err(Error::Invalid(errors));
        };
        let rights = Rights {
            manage_people: self.manage_people.is_some(),
            public_comments: self.public_comments.is_some(),
            moderator: self.moderator.is_some(),
            tickets,
        };
        Ok(Choice { role, rights, custom_role, sure: self.sure.is_some() })
    }
}

impl RolePage<'_> {
    fn is_held(&self, role: &CustomRole) -> bool {
        self.form.custom_role == role.id.to_string()
    }

    fn roles(&self) -> [&'static str; 3] {
        Role::ALL.map(|role| role.name())
    }

    fn restrictions(&self) -> [&'static str; 3] {
        TicketRestriction::ALL.map(|restriction| restriction.name())
    }

    fn rights(&self) -> [(&'static str, bool); 3] {
        [
            ("manage_people", self.form.manage_people.is_some()),
            ("public_comments", self.form.public_comments.is_some()),
            ("moderator", self.form.moderator.is_some()),
        ]
    }
}
