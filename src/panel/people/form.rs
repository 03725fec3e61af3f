//! `/people/new` and `/people/{id}/edit`: every field, grouped and explained.
use super::conflict;
use crate::actions::groups;
use crate::actions::people::{self, Draft};
use crate::domain::{
    Catalogue, CustomField, Error, Field, FieldErrors, Fields, Person, PersonId, Result, Role, Status, Verb,
    custom::{Audience, FieldKind},
    deed,
};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

/// The fields in the order and the company in which people think of them.
pub const GROUPS: &[(&str, &[Field])] = &[
    (
        "contact",
        &[Field::Name, Field::FirstName, Field::LastName, Field::Title, Field::Email, Field::Phone, Field::Username],
    ),
    ("belonging", &[Field::Organisation, Field::Groups, Field::Tags, Field::Tier, Field::Kind]),
    ("locale", &[Field::Language, Field::Timezone]),
    ("texts", &[Field::Bio, Field::Details, Field::Notes, Field::Remark]),
];

#[derive(Template)]
#[template(path = "people/form.html", blocks = ["form"])]
struct FormPage<'a> {
    v: &'a View,
    /// Nobody when somebody new is made.
    person: Option<&'a Person>,
    entered: &'a Entered,
    errors: &'a FieldErrors,
    all_groups: Vec<String>,
    catalogue: &'a Catalogue,
}

pub async fn new(visit: Visit) -> Answer {
    if !visit.view.may_create() {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let mut entered = Entered::default();
    let query = crate::panel::query::Query::parse(&visit.query);
    entered.set("name", query.get("name").unwrap_or_default());
    for field in visit.view.catalogue().active() {
        entered.set(&field.form_name(), &field.initial);
    }
    let entered = visit.kept().unwrap_or(entered);
    form(&visit, None, &entered, &FieldErrors::default(), StatusCode::OK).await
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    let outcome = match draft(&entered, visit.view.catalogue()) {
        Ok(draft) => visit.write(move |act| people::create(act, draft, None)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(person) => visit.go(&format!("/people/{}", person.id.0), Some("done.created")),
        Err(e) => wrong(&visit, None, &entered, e).await,
    }
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = PersonId(*id);
    let person = visit.read(move |act| people::editable(act, id)).await?;
    let entered = visit.kept().unwrap_or_else(|| as_it_is(&person, visit.view.catalogue()));
    form(&visit, Some(&person), &entered, &FieldErrors::default(), StatusCode::OK).await
}

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let id = PersonId(*id);
    let version = entered.version()?;
    let person = visit.read(move |act| people::editable(act, id)).await?;
    refuse_staff_fields(&visit, &person, &entered)?;
    // Fields that the form did not have stay as they are.
    let fields = person.fields.clone().parse_all(visit.view.catalogue(), person.role, |name| entered.given(name));
    let outcome = match fields {
        Ok(fields) => visit.write(move |act| people::edit(act, id, version, fields)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(now) => {
            let done = if now.version == person.version { "done.unchanged" } else { "done.edited" };
            visit.go(&format!("/people/{}", id.0), Some(done))
        }
        Err(Error::Stale) => conflict::show(&visit, id, &entered).await,
        Err(e) => wrong(&visit, Some(&person), &entered, e).await,
    }
}

/// Whatever they hold: to compare them would tell whether a guess is right.
fn refuse_staff_fields(visit: &Visit, person: &Person, entered: &Entered) -> Result<()> {
    let catalogue = visit.view.catalogue();
    let custom = catalogue.active().filter(|field| field.staff_only).map(CustomField::form_name);
    let built_in = Field::ALL.iter().filter(|field| field.is_for_staff()).map(|field| field.name().to_owned());
    let mut given = built_in.chain(custom).filter(|name| entered.given(name).is_some());
    if given.next().is_some() && !visit.view.can(Verb::EditStaffFields, person) {
        return Err(Error::Forbidden("forbidden.role"));
    }
    Ok(())
}

/// The form again, with what is wrong under each field.
async fn wrong(visit: &Visit, person: Option<&Person>, entered: &Entered, error: Error) -> Answer {
    match error.fields() {
        Some(errors) => form(visit, person, entered, errors, StatusCode::UNPROCESSABLE_ENTITY).await,
        None => Err(error.into()),
    }
}

async fn form(
    visit: &Visit,
    person: Option<&Person>,
    entered: &Entered,
    errors: &FieldErrors,
    status: StatusCode,
) -> Answer {
    let groups = visit.read(groups::names).await?;
    let (v, catalogue) = (&visit.view, visit.view.catalogue());
    let page = FormPage { v, person, entered, errors, all_groups: groups, catalogue };
    visit.answer(status, if v.htmx { page.as_form().render() } else { page.render() })
}

/// The form of somebody as they are.
fn as_it_is(person: &Person, catalogue: &Catalogue) -> Entered {
    let mut entered = Entered::default();
    entered.set("version", &person.version.to_string());
    let built_in = Field::ALL.iter().map(|field| (field.name().to_owned(), person.fields.get(*field)));
    let custom = catalogue.of(person.role);
    let custom = custom.map(|field| (field.form_name(), person.fields.get_custom(&field.name).to_owned()));
    for (name, value) in built_in.chain(custom) {
        entered.set(&format!("was_{name}"), &value);
        entered.set(&name, &value);
    }
    entered
}

fn draft(entered: &Entered, catalogue: &Catalogue) -> Result<Draft> {
    let (role, status) = (Role::parse(entered.get("role")), Status::parse(entered.get("status")));
    let (Some(role), Some(status)) = (role, status) else {
        let (field, key) = if role.is_none() { ("role", "role.unknown") } else { ("status", "status.unknown") };
        return Err(Error::invalid(field, key));
    };
    Ok(Draft { fields: Fields::draft(catalogue, role, |name| entered.given(name))?, role, status })
}

impl FormPage<'_> {
    fn groups(&self) -> Vec<(&'static str, Vec<Field>)> {
        let staff = self.person.is_none_or(|person| self.v.can(Verb::EditStaffFields, person));
        let shown = |field: &Field| staff || !field.is_for_staff();
        GROUPS
            .iter()
            .map(|(name, fields)| (*name, fields.iter().copied().filter(shown).collect::<Vec<_>>()))
            .filter(|(_, fields)| !fields.is_empty())
            .collect()
    }

    /// The custom fields of this person; of somebody new, those of every role that may be chosen.
    fn custom_fields(&self) -> Vec<&CustomField> {
        let staff = self.person.is_none_or(|person| self.v.can(Verb::EditStaffFields, person));
        let roles = self.person.map_or_else(|| self.v.actor.grantable_roles(), |person| vec![person.role]);
        let asked = |field: &&CustomField| {
            (staff || !field.staff_only) && roles.iter().any(|role| field.audience.includes(*role))
        };
        self.catalogue.active().filter(asked).collect()
    }

    /// Said beside a field that not everybody has.
    fn audience(&self, field: &CustomField) -> Option<&'static str> {
        let asks = self.person.is_none() && field.audience != Audience::All;
        asks.then(|| field.audience.name())
    }

    /// What may be chosen: the choices, and a former one that this person still has.
    fn offered(&self, field: &CustomField) -> Vec<String> {
        field.offered(self.person.map_or("", |person| person.fields.get_custom(&field.name)))
    }

    fn is_in(&self, group: &str) -> bool {
        crate::domain::text::names(self.entered.get("groups")).is_ok_and(|names| deed::holds(&names, group))
    }

    fn has_choice(&self, field: &CustomField, choice: &str) -> bool {
        let typed = self.entered.get(&field.form_name());
        typed.split(['\n', ';']).any(|one| one.trim() == choice)
    }

    fn action(&self) -> String {
        self.person.map_or("/people".into(), |person| format!("/people/{}", person.id.0))
    }

    fn roles(&self) -> Vec<&'static str> {
        self.v.actor.grantable_roles().into_iter().map(|role| role.name()).collect()
    }

    fn statuses(&self) -> [&'static str; 2] {
        [Status::Active.name(), Status::Unverified.name()]
    }

    /// `area`, or the type of an input.
    fn control(&self, field: &Field) -> &'static str {
        match field {
            Field::Bio | Field::Details | Field::Notes | Field::Remark => "area",
            Field::Email => "email",
            Field::Phone => "tel",
            Field::Tier | Field::Kind => "number",
            _ => "text",
        }
    }

    /// The list of options that a field completes from.
    fn options(&self, field: &Field) -> Option<&'static str> {
        match field {
            Field::Organisation => Some("organisations"),
            Field::Tags => Some("tags"),
            _ => None,
        }
    }

    fn zones(&self) -> Vec<String> {
        crate::panel::dates::zones()
    }
}
