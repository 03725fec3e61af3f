//! Two people edited the same person: both versions side by side, and a way on.
use super::form::Entered;
use super::show::Head;
use crate::actions::people::activity;
use crate::domain::{Field, Person, PersonId, Turn, Verb};
use crate::panel::entries::{Line, lines};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use askama::Template;

#[derive(Template)]
#[template(path = "people/conflict.html", blocks = ["form"])]
struct ConflictPage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    /// Who changed it last; nobody when the history says nothing.
    latest: Option<Line>,
    rows: Vec<Row>,
    same: Vec<(Field, String)>,
}

/// A field of which there are two values.
struct Row {
    field: Field,
    was: String,
    theirs: String,
    yours: String,
    /// Yours is chosen unless you left it as it was.
    touched: bool,
}

pub async fn show(visit: &Visit, id: PersonId, entered: &Entered) -> Answer {
    let (person, entries) = visit.read(move |act| activity::index(act, id, &Turn::First, 1)).await?;
    let (v, person) = (&visit.view, &person);
    let (rows, same) = compare(v, person, entered);
    let latest = lines(v, &entries.list).pop();
    let page = ConflictPage { v, person, head: Head { v, person, tab: "" }, latest, rows, same };
    let html = if visit.view.htmx { page.as_form().render() } else { page.render() };
    visit.answer(StatusCode::CONFLICT, html)
}

/// Fields that differ, and those that are sent again as they are.
fn compare(v: &View, person: &Person, entered: &Entered) -> (Vec<Row>, Vec<(Field, String)>) {
    let (mut rows, mut same) = (vec![], vec![]);
    let shown = |field: &&Field| !field.is_for_staff() || v.can(Verb::SeeStaffFields, person);
    for &field in Field::ALL.iter().filter(shown).filter(|field| entered.0.contains_key(field.name())) {
        let row = Row {
            field,
            was: entered.was(&field).to_owned(),
            theirs: person.fields.get(field),
            yours: entered.get(field.name()).to_owned(),
            touched: entered.was(&field) != entered.get(field.name()),
        };
        if row.theirs == row.yours {
            same.push((field, row.theirs));
        } else {
            rows.push(row);
        }
    }
    (rows, same)
}
