//! `/people/new` and `/people/{id}/edit`: every field, grouped and explained.
use super::conflict;
use crate::actions::people::{self, Draft};
use crate::domain::{Error, Field, FieldErrors, Fields, Person, PersonId, Result, Role, Status, Verb};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use std::collections::HashMap;

/// The fields in the order and the company in which people think of them.
pub const GROUPS: &[(&str, &[Field])] = &[
    (
        "contact",
        &[Field::Name, Field::FirstName, Field::LastName, Field::Title, Field::Email, Field::Phone, Field::Username],
    ),
    ("belonging", &[Field::Organisation, Field::Tags, Field::Tier, Field::Kind]),
    ("locale", &[Field::Language, Field::Timezone]),
    ("texts", &[Field::Bio, Field::Details, Field::Notes, Field::Remark]),
];

/// What was typed, kept as it was.
#[derive(Debug, Clone, Default)]
pub struct Entered(pub HashMap<String, String>);

#[derive(Template)]
#[template(path = "people/form.html", blocks = ["form"])]
struct FormPage<'a> {
    v: &'a View,
    /// Nobody when somebody new is made.
    person: Option<&'a Person>,
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

pub async fn new(visit: Visit) -> Answer {
    if !visit.view.may_create() {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let mut entered = Entered::default();
    let query = crate::panel::query::Query::parse(&visit.query);
    entered.0.insert("name".into(), query.get("name").unwrap_or_default().to_owned());
    visit.ok(form(&visit, None, &entered, &FieldErrors::default()))
}

pub async fn create(visit: Visit, form: web::Form<HashMap<String, String>>) -> Answer {
    let entered = Entered::typed(form.into_inner());
    let outcome = match entered.draft() {
        Ok(draft) => visit.write(move |act| people::create(act, draft, None)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(person) => visit.go(&format!("/people/{}", person.id.0), Some("done.created")),
        Err(e) => wrong(&visit, None, &entered, e),
    }
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = PersonId(*id);
    let person = visit.read(move |act| people::editable(act, id)).await?;
    visit.ok(form(&visit, Some(&person), &Entered::of(&person), &FieldErrors::default()))
}

pub async fn update(visit: Visit, id: web::Path<i64>, form: web::Form<HashMap<String, String>>) -> Answer {
    let (id, entered) = (PersonId(*id), Entered::typed(form.into_inner()));
    let version = entered.get("version").parse().map_err(|_| Error::Malformed("error.malformed_advice"))?;
    let person = visit.read(move |act| people::editable(act, id)).await?;
    let outcome = match entered.over(&person) {
        Ok(fields) => visit.write(move |act| people::edit(act, id, version, fields)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(now) => {
            let done = if now.version == person.version { "done.unchanged" } else { "done.edited" };
            visit.go(&format!("/people/{}", id.0), Some(done))
        }
        Err(Error::Stale) => conflict::show(&visit, id, &entered).await,
        Err(e) => wrong(&visit, Some(&person), &entered, e),
    }
}

/// The form again, with what is wrong under each field.
fn wrong(visit: &Visit, person: Option<&Person>, entered: &Entered, error: Error) -> Answer {
    match error.fields() {
        Some(errors) => visit.answer(StatusCode::UNPROCESSABLE_ENTITY, form(visit, person, entered, errors)),
        None => Err(error.into()),
    }
}

fn form(visit: &Visit, person: Option<&Person>, entered: &Entered, errors: &FieldErrors) -> askama::Result<String> {
    let page = FormPage { v: &visit.view, person, entered, errors };
    if visit.view.htmx { page.as_form().render() } else { page.render() }
}

impl Entered {
    /// Browsers send line ends as CRLF; what is compared and shown again has LF.
    fn typed(form: HashMap<String, String>) -> Self {
        Self(form.into_iter().map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect())
    }

    fn of(person: &Person) -> Self {
        let mut values = HashMap::from([("version".to_owned(), person.version.to_string())]);
        for field in Field::ALL {
            let value = person.fields.get(*field);
            values.insert(format!("was_{}", field.name()), value.clone());
            values.insert(field.name().to_owned(), value);
        }
        Self(values)
    }

    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub fn was(&self, field: &Field) -> &str {
        self.get(&format!("was_{}", field.name()))
    }

    /// Fields that the form did not have stay as they are.
    pub fn over(&self, person: &Person) -> Result<Fields> {
        person.fields.clone().parse(|field| self.0.get(field.name()).map(String::as_str))
    }

    fn draft(&self) -> Result<Draft> {
        let fields = Fields::default().parse(|field| self.0.get(field.name()).map(String::as_str));
        let (role, status) = (Role::parse(self.get("role")), Status::parse(self.get("status")));
        let (Some(role), Some(status)) = (role, status) else {
            let field = if role.is_none() { ("role", "role.unknown") } else { ("status", "status.unknown") };
            return Err(Error::Invalid(FieldErrors::one(field.0, field.1)));
        };
        Ok(Draft { fields: fields?, role, status })
    }
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
        let named = jiff::tz::db().available().map(|name| name.to_string());
        named.filter(|name| name.contains('/') && !name.starts_with("Etc/")).collect()
    }
}
