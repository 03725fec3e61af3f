//! Two people edited the same person: both versions side by side, and a way on.
use super::show::Head;
use crate::actions::people::activity;
use crate::domain::{Field, Fields, Person, PersonId, Turn, Verb, custom};
use crate::panel::entered::Entered;
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
    same: Vec<(String, String)>,
}

/// A field of which there are two values.
struct Row {
    /// Its name in the form.
    name: String,
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
fn compare(v: &View, person: &Person, entered: &Entered) -> (Vec<Row>, Vec<(String, String)>) {
    let (mut rows, mut same) = (vec![], vec![]);
    for (name, theirs) in values(v, person) {
        let Some(typed) = entered.given(&name) else { continue };
        let (was, yours) = (written(v, &name, entered.was(&name)), written(v, &name, typed));
        if theirs == yours {
            same.push((name, theirs));
            continue;
        }
        let touched = was != yours;
        rows.push(Row { was, theirs, yours, touched, name });
    }
    (rows, same)
}

/// As it would be kept, where it can be read: boxes send several lines, the house keeps one.
fn written(v: &View, name: &str, typed: &str) -> String {
    let mut fields = Fields::default();
    let kept = match (Field::named(name), custom::own_name(name)) {
        (Some(field), _) => fields.set(field, typed).map(|()| fields.get(field)),
        (None, Some(own)) => v.catalogue().named(own).map_or(Err("text.too_long"), |field| field.parse(typed)),
        (None, None) => Err("text.too_long"),
    };
    kept.unwrap_or_else(|_| typed.to_owned())
}

/// What stands there now, of all that the reader may see, by the names of the form.
fn values(v: &View, person: &Person) -> Vec<(String, String)> {
    let shown = |field: &&Field| !field.is_for_staff() || v.can(Verb::SeeStaffFields, person);
    let built_in = Field::ALL.iter().filter(shown).map(|field| (field.name().to_owned(), person.fields.get(*field)));
    let catalogue = v.catalogue();
    let custom = catalogue.of(person.role);
    let custom = custom.map(|field| (field.form_name(), person.fields.get_custom(&field.name).to_owned()));
    built_in.chain(custom).collect()
}
