//! `/people/{id}/merge`: into whom, field by field and what goes over, then doing it.
use crate::actions::duplicates::{self, Suggestion};
use crate::actions::people::merge::{self, Plan};
use crate::actions::people::named::{named, written};
use crate::domain::merge::{AVATAR, Moved, Pair, SECONDARY, Side, Sides};
use crate::domain::{Error, FieldErrors, Person, PersonId, Verb, custom};
use crate::panel::duplicates::why;
use crate::panel::entered::Entered;
use crate::panel::flash::Flash;
use crate::panel::query::{Query, pairs};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "people/merge.html")]
struct MergePage<'a> {
    v: &'a View,
    person: &'a Person,
    /// Who may be the same.
    alike: &'a [Suggestion],
    /// As it was typed.
    into: &'a str,
    errors: &'a FieldErrors,
}

#[derive(Template)]
#[template(path = "people/merge_plan.html")]
struct PlanPage<'a> {
    v: &'a View,
    plan: &'a Plan,
    sides: &'a Sides,
    /// The facts changed since they were shown.
    again: bool,
}

pub async fn new(visit: Visit, id: web::Path<i64>) -> Answer {
    let query = Query::parse(&visit.query);
    let into = query.get("into").unwrap_or_default().to_owned();
    if into.trim().is_empty() {
        let errors =
            if query.has("into") { FieldErrors::one("into", "person.say_who") } else { FieldErrors::default() };
        return choose(&visit, *id, &into, &errors).await;
    }
    let (id, typed) = (PersonId(*id), into.clone());
    let planned = visit
        .read(move |act| {
            merge::edit(act, id)?;
            let into = named(act, &typed)?.map_err(|key| Error::invalid("into", key))?;
            merge::plan(act, id, into.id)
        })
        .await;
    match planned {
        Ok(plan) => show(&visit, StatusCode::OK, &plan, &Sides::new(), false),
        Err(Error::Invalid(errors)) => choose(&visit, id.0, &into, &errors).await,
        Err(e) => Err(e.into()),
    }
}

pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, into) = (PersonId(*id), PersonId(entered.number("into")?));
    let (sides, seen) = (sides(&entered), entered.get("seen").to_owned());
    let chosen = sides.clone();
    match visit.write(move |act| merge::create(act, id, into, &seen, &chosen)).await {
        Ok(Some(kept)) => visit.go_saying(&format!("/people/{}", into.0), Some(Flash::new("done.merged", vec![kept]))),
        Ok(None) => visit.go(&format!("/people/{}", into.0), Some("done.merged_for_good")),
        Err(Error::Stale) => {
            let plan = visit.read(move |act| merge::plan(act, id, into)).await?;
            show(&visit, StatusCode::CONFLICT, &plan, &sides, true)
        }
        Err(Error::Invalid(errors)) => choose(&visit, id.0, "", &errors).await,
        Err(e) => Err(e.into()),
    }
}

/// What was chosen; a field that the form does not know is as sensible.
fn sides(entered: &Entered) -> Sides {
    let chosen = entered.names().filter_map(|name| {
        let field = name.strip_prefix("side.")?;
        Some((field.to_owned(), Side::named(entered.get(name))?))
    });
    chosen.collect()
}

async fn choose(visit: &Visit, id: i64, into: &str, errors: &FieldErrors) -> Answer {
    let (person, alike) =
        visit.read(move |act| Ok((merge::edit(act, PersonId(id))?, duplicates::of(act, PersonId(id))?))).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    visit.answer(status, MergePage { v: &visit.view, person: &person, alike: &alike, into, errors }.render())
}

fn show(visit: &Visit, status: StatusCode, plan: &Plan, sides: &Sides, again: bool) -> Answer {
    visit.answer(status, PlanPage { v: &visit.view, plan, sides, again }.render())
}

impl MergePage<'_> {
    fn compare(&self, one: &Suggestion) -> String {
        format!("/people/{}/merge?{}", self.person.id.0, pairs(&[("into", written(&one.second).as_str())]))
    }

    fn why(&self, one: &Suggestion) -> String {
        why(self.v, &one.reasons)
    }
}

impl PlanPage<'_> {
    fn why(&self) -> String {
        why(self.v, &self.plan.reasons)
    }

    /// Those of the differing fields that the reader may see.
    fn pairs(&self) -> Vec<&Pair> {
        self.plan.pairs.iter().filter(|pair| self.may_see(&pair.name)).collect()
    }

    fn may_see(&self, name: &str) -> bool {
        let staff = self.v.can_here(Verb::SeeStaffFields);
        custom::own_name(name)
            .is_none_or(|own| self.v.catalogue().named(own).is_some_and(|field| staff || !field.staff_only))
    }

    fn is_absorbed(&self, pair: &Pair) -> bool {
        pair.side(self.sides) == Side::Absorbed
    }

    fn is_picture(&self, pair: &Pair) -> bool {
        pair.name == AVATAR
    }

    /// As people read it.
    fn value(&self, pair: &Pair, value: &str) -> String {
        let own = custom::own_name(&pair.name).and_then(|own| self.v.catalogue().named(own));
        own.map_or_else(|| value.to_owned(), |field| self.v.custom_value(field, value))
    }

    /// Whichever value does not stand is kept beside it.
    fn keeps_both(&self, pair: &Pair) -> bool {
        let several = SECONDARY.iter().any(|field| field.name() == pair.name);
        several && !pair.survivor.is_empty() && !pair.absorbed.is_empty()
    }

    /// Sorted names of both, each once.
    fn united(&self, of: impl Fn(&Person) -> Vec<String>) -> Vec<String> {
        crate::domain::deed::with(&of(&self.plan.survivor), &of(&self.plan.absorbed))
    }

    fn tags(&self) -> Vec<String> {
        self.united(|person| person.fields.tags.clone())
    }

    fn groups(&self) -> Vec<String> {
        self.united(|person| person.fields.groups.clone())
    }

    fn same(&self) -> String {
        let seen = self.plan.same.iter().filter(|name| self.may_see(name));
        seen.map(|name| self.v.field_label(name)).collect::<Vec<_>>().join(&self.v.t("shell.comma"))
    }

    /// The same two the other way round.
    fn swapped(&self) -> String {
        let (one, two) = (&self.plan.survivor, written(&self.plan.absorbed));
        format!("/people/{}/merge?{}", one.id.0, pairs(&[("into", two.as_str())]))
    }

    fn note(&self, line: &Moved) -> String {
        match (line.moved, line.dropped) {
            (_, 0) => String::new(),
            (0, n) => self.v.count("merge.ends", n),
            (_, n) => self.v.count("merge.dropped", n),
        }
    }
}
