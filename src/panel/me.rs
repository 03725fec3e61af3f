//! `/me`: one's own page: how the panel is, where one is signed in, what one did.
use super::entered::Entered;
use super::entries::{Line, lines};
use super::refusal::Answer;
use super::view::View;
use super::visit::Visit;
use crate::actions::people::access::{self, Access};
use crate::actions::people::activity;
use crate::actions::preferences;
use crate::domain::{Error, Field, FieldErrors, Person, Turn, Verb};
use actix_web::http::StatusCode;
use askama::Template;

/// One's own history shows so many of the latest entries.
const RECENT: usize = 8;

#[derive(Template)]
#[template(path = "me/show.html")]
struct MePage<'a> {
    v: &'a View,
    person: &'a Person,
    access: &'a Access,
    recent: Vec<Line>,
    entered: Entered,
    errors: &'a FieldErrors,
}

pub async fn show(visit: Visit) -> Answer {
    page(&visit, StatusCode::OK, None, &FieldErrors::default()).await
}

/// Language, time zone, appearance and shortcuts, all at once.
pub async fn update(visit: Visit, entered: Entered) -> Answer {
    let form = entered.clone();
    let saved = visit
        .write(move |act| {
            let own = [(Field::Language, form.get("language")), (Field::Timezone, form.get("timezone"))];
            preferences::set(act, &own, form.get("theme"), form.ticked("shortcuts"))
        })
        .await;
    match saved {
        Ok(()) => visit.go("/me", Some("done.preferences")),
        Err(Error::Invalid(errors)) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, Some(entered), &errors).await,
        Err(e) => Err(e.into()),
    }
}

async fn page(visit: &Visit, status: StatusCode, entered: Option<Entered>, errors: &FieldErrors) -> Answer {
    let me = visit.caller.actor.id().ok_or(Error::NotFound)?;
    let this = visit.session_handle();
    let (access, entries) = visit
        .read(move |act| {
            let access = access::show(act, me, this.as_deref())?;
            let (_, entries) = activity::index(act, me, &Turn::First, RECENT)?;
            Ok((access, entries))
        })
        .await?;
    let (v, person) = (&visit.view, &access.person);
    let entered = entered.unwrap_or_else(|| as_it_is(v, person));
    let recent = lines(v, &entries.list);
    visit.answer(status, MePage { v, person, access: &access, recent, entered, errors }.render())
}

fn as_it_is(v: &View, person: &Person) -> Entered {
    let shortcuts = if v.has_shortcuts() { "yes" } else { "" };
    Entered::of([
        ("language".into(), v.language.tag().into()),
        ("timezone".into(), person.fields.timezone.clone()),
        ("theme".into(), v.theme.clone()),
        ("shortcuts".into(), shortcuts.into()),
    ])
}

impl MePage<'_> {
    fn zones(&self) -> Vec<String> {
        super::dates::zones()
    }
}
