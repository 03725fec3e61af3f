//! `/roles/new` and `/roles/{id}/edit`.
use crate::actions::roles;
use crate::domain::{
    CustomRole, Error, FieldErrors, Permission, Permissions, Powers, Reach, Result, TicketRestriction, Verb, text,
};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "roles/form.html")]
struct FormPage<'a> {
    v: &'a View,
    /// Nothing when a new one is made.
    role: Option<&'a CustomRole>,
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

pub async fn new(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::ManageRoles) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let usual = || {
        let permissions = [Permission::SeeStaffFields, Permission::EditPeople, Permission::PublicComments];
        let permissions = permissions.map(Permission::name).join("\n");
        Entered::of([("permissions".into(), permissions), ("reach".into(), "everyone".into())])
    };
    let entered = visit.kept().unwrap_or_else(usual);
    page(&visit, StatusCode::OK, None, &entered, &FieldErrors::default())
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    let outcome = match parse(&entered, 0, 1) {
        Ok(role) => visit.write(move |act| roles::create(act, &role)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(id) => visit.go(&format!("/roles/{id}"), Some("done.custom_role_created")),
        Err(e) => wrong(&visit, None, &entered, e),
    }
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let role = visit.read(move |act| roles::show(act, id)).await?.0.role;
    let entered = visit.kept().unwrap_or_else(|| {
        let permissions: Vec<&str> = role.powers.permissions.iter().map(Permission::name).collect();
        Entered::of([
            ("version".into(), role.version.to_string()),
            ("name".into(), role.name.clone()),
            ("description".into(), role.description.clone()),
            ("permissions".into(), permissions.join("\n")),
            ("reach".into(), role.powers.reach.name().into()),
            ("tickets".into(), role.powers.tickets.name().into()),
        ])
    });
    page(&visit, StatusCode::OK, Some(&role), &entered, &FieldErrors::default())
}

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, version) = (*id, entered.version()?);
    let outcome = match parse(&entered, id, version) {
        Ok(role) => visit.write(move |act| roles::update(act, &role)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(()) => visit.go(&format!("/roles/{id}"), Some("done.edited")),
        Err(e) => {
            let role = visit.read(move |act| roles::show(act, id)).await?.0.role;
            wrong(&visit, Some(&role), &entered, e)
        }
    }
}

fn parse(entered: &Entered, id: i64, version: i64) -> Result<CustomRole> {
    let mut errors = FieldErrors::default();
    let name = text::line(entered.get("name"), 100).and_then(|n| if n.is_empty() { Err("name.blank") } else { Ok(n) });
    let name = errors.take("name", name);
    let description = errors.take("description", text::lines(entered.get("description"), 500));
    let reach = errors.take("reach", Reach::parse(entered.get("reach")).ok_or("reach.unknown"));
    let tickets = match entered.get("tickets") {
        "" => Ok(TicketRestriction::All),
        raw => TicketRestriction::parse(raw).ok_or("ticket_restriction.unknown"),
    };
    let tickets = errors.take("tickets", tickets);
    let permissions = Permissions::parse(&entered.get("permissions").replace('\n', " "));
    match (name, description, reach, tickets) {
        (Some(name), Some(description), Some(reach), Some(tickets)) => {
            Ok(CustomRole { id, name, description, powers: Powers { permissions, reach, tickets }, version })
        }
        _ => Err(Error::Invalid(errors)),
    }
}

fn wrong(visit: &Visit, role: Option<&CustomRole>, entered: &Entered, error: Error) -> Answer {
    let (status, entered, errors) = entered.after(error, role.map(|one| one.version))?;
    page(visit, status, role, &entered, &errors)
}

fn page(
    visit: &Visit,
    status: StatusCode,
    role: Option<&CustomRole>,
    entered: &Entered,
    errors: &FieldErrors,
) -> Answer {
    visit.answer(status, FormPage { v: &visit.view, role, entered, errors }.render())
}

impl FormPage<'_> {
    fn permissions(&self) -> Vec<(&'static str, bool)> {
        let ticked = |name: &str| self.entered.get("permissions").lines().any(|one| one == name);
        Permission::ALL.iter().map(|one| (one.name(), ticked(one.name()))).collect()
    }

    fn reaches(&self) -> [&'static str; 3] {
        Reach::ALL.map(Reach::name)
    }

    fn restrictions(&self) -> [&'static str; 3] {
        TicketRestriction::ALL.map(TicketRestriction::name)
    }
}
