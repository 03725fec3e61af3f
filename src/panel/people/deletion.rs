//! `/people/{id}/deletion`: what it touches and what becomes of it, then doing it.
use super::choices::parse;
use crate::actions::Act;
use crate::actions::people::deletion::planned::Planned;
use crate::actions::people::deletion::{self, Consent, Facts};
use crate::actions::people::erasure;
use crate::domain::belonging::{Belonging, Touched};
use crate::domain::{Error, FieldErrors, Group, Person, PersonId, Result};
use crate::panel::entered::Entered;
use crate::panel::flash::Flash;
use crate::panel::refusal::Answer;
use crate::panel::tickets::index::known_groups;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "people/deletion.html")]
struct DeletionPage<'a> {
    v: &'a View,
    whom: Whom<'a>,
    plan: &'a Facts,
    /// Those that tickets can go to.
    groups: &'a [Group],
    entered: &'a Entered,
    errors: &'a FieldErrors,
    way: Way,
}

/// One, or those whom somebody chose, and those of them who stay.
pub enum Whom<'a> {
    One(&'a Person),
    Many(&'a [Person], &'a [(Person, &'static str)]),
    /// Those of a plan that a job made.
    Planned(&'a Planned),
}

/// Whether it goes to the trash, or for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Deletion,
    Erasure,
}

pub async fn new(visit: Visit, id: web::Path<i64>) -> Answer {
    let entered = start(&visit);
    page(&visit, *id, Way::Deletion, StatusCode::OK, &entered, &FieldErrors::default()).await
}

/// What the form says before anybody chose.
pub fn start(visit: &Visit) -> Entered {
    let start = [("open", "nobody"), ("requested", "anonymous")].map(|(name, value)| (name.into(), value.into()));
    let given = ["workspaces", "owned_groups", "rooms"].map(|name| (name.into(), "given".into()));
    visit.kept().unwrap_or_else(|| Entered::of(start.into_iter().chain(given)))
}

pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, form) = (*id, entered.clone());
    let done = visit
        .write(move |act| {
            let consent = consent(act, id, &form)?;
            deletion::create(act, PersonId(id), &consent)
        })
        .await;
    match done {
        Ok(Some(kept)) => visit.go_saying("/people", Some(Flash::new("done.deleted", vec![kept]))),
        Ok(None) => visit.go("/people", Some("done.deleted_for_good")),
        Err(e) => again(&visit, id, Way::Deletion, entered, e).await,
    }
}

/// What the form says, about the plan as it is now.
pub fn consent(act: &mut Act, id: i64, form: &Entered) -> Result<Consent> {
    let plan = deletion::plan(act, PersonId(id))?;
    let choices = parse(act, &Facts::from(&plan), form)?;
    Ok(Consent { seen: form.get("seen").to_owned(), choices, typed: form.get("typed").to_owned() })
}

/// The form again, with what was wrong.
pub async fn again(visit: &Visit, id: i64, way: Way, mut entered: Entered, error: Error) -> Answer {
    match error {
        Error::Stale => {
            entered.set("typed", "");
            let errors = FieldErrors::one("seen", "plan.changed");
            page(visit, id, way, StatusCode::CONFLICT, &entered, &errors).await
        }
        Error::Invalid(errors) => page(visit, id, way, StatusCode::UNPROCESSABLE_ENTITY, &entered, &errors).await,
        e => Err(e.into()),
    }
}

pub async fn page(
    visit: &Visit,
    id: i64,
    way: Way,
    status: StatusCode,
    entered: &Entered,
    errors: &FieldErrors,
) -> Answer {
    let plan = move |act: &mut Act| match way {
        Way::Deletion => deletion::plan(act, PersonId(id)),
        Way::Erasure => erasure::plan(act, PersonId(id)),
    };
    let (plan, groups) = visit.read(move |act| Ok((plan(act)?, known_groups(act)?))).await?;
    let (whom, facts) = (Whom::One(&plan.person), Facts::from(&plan));
    render(visit, status, whom, &facts, &groups, (entered, errors, way))
}

pub fn render(
    visit: &Visit,
    status: StatusCode,
    whom: Whom,
    plan: &Facts,
    groups: &[Group],
    (entered, errors, way): (&Entered, &FieldErrors, Way),
) -> Answer {
    let page = DeletionPage { v: &visit.view, whom, plan, groups, entered, errors, way };
    visit.answer(status, page.render())
}

impl DeletionPage<'_> {
    fn decisions(&self) -> Vec<&Touched> {
        self.plan.lines.iter().filter(|line| line.what.needs_decision()).collect()
    }

    fn others(&self) -> Vec<&Touched> {
        self.plan.lines.iter().filter(|line| !line.what.needs_decision()).collect()
    }

    /// Name of the field in the form, of something owned.
    fn owned(&self, line: &Touched) -> Option<&'static str> {
        match line.what {
            Belonging::OwnedWorkspaces => Some("workspaces"),
            Belonging::OwnedGroups => Some("owned_groups"),
            Belonging::OwnedRooms => Some("rooms"),
            _ => None,
        }
    }

    fn is_open(&self, line: &Touched) -> bool {
        line.what == Belonging::OpenTickets
    }

    /// What becomes of it by itself: icon, tone and words.
    fn fate(&self, line: &Touched) -> (&'static str, &'static str, String) {
        let kept = matches!(line.what, Belonging::SettledTickets | Belonging::Comments);
        let (icon, tone) = match line.what {
            _ if kept => ("check", "ok"),
            _ if self.erases() => ("eraser", ""),
            Belonging::Sessions => ("alert-triangle", "warn"),
            _ => ("arrow-back-up", ""),
        };
        let said = match (self.erases(), kept) {
            (true, true) => self.v.t("fate.nameless"),
            (true, false) => self.v.t("fate.erased"),
            _ => self.v.t(&format!("fate.{}", line.what.name())),
        };
        (icon, tone, said)
    }

    fn erases(&self) -> bool {
        self.way == Way::Erasure
    }

    /// Nothing brings it back.
    fn is_final(&self) -> bool {
        self.erases() || self.plan.retention == 0
    }

    /// One of two, by whether it goes for ever.
    fn says(&self, erasure: &'static str, deletion: &'static str) -> String {
        self.v.about(if self.erases() { erasure } else { deletion }, &self.label())
    }

    /// The name of one, how many otherwise.
    fn label(&self) -> String {
        match self.whom {
            Whom::One(person) => person.label(),
            Whom::Many(people, _) => self.v.count("people.counted", people.len() as i64),
            Whom::Planned(planned) => self.v.count("people.counted", planned.count),
        }
    }

    fn one(&self) -> Option<&Person> {
        if let Whom::One(person) = self.whom { Some(person) } else { None }
    }

    fn chosen(&self) -> &[Person] {
        if let Whom::Many(people, _) = self.whom { people } else { &[] }
    }

    fn refused(&self) -> &[(Person, &'static str)] {
        if let Whom::Many(_, refused) = self.whom { refused } else { &[] }
    }

    fn path(&self) -> String {
        match self.whom {
            Whom::One(person) => {
                format!("/people/{}/{}", person.id.0, if self.erases() { "erasure" } else { "deletion" })
            }
            Whom::Many(..) => "/people/deletion".into(),
            Whom::Planned(planned) => format!("/people/plans/{}", planned.job),
        }
    }

    /// Somebody is to go.
    fn is_about_somebody(&self) -> bool {
        match self.whom {
            Whom::One(_) => true,
            Whom::Many(people, _) => !people.is_empty(),
            Whom::Planned(planned) => planned.count > 0,
        }
    }

    /// Why people of a plan stay, and how many.
    fn reasons(&self) -> &[(String, i64)] {
        if let Whom::Planned(planned) = self.whom { &planned.refused } else { &[] }
    }

    /// Where nothing is done.
    fn back(&self) -> String {
        self.one().map_or_else(|| "/people".into(), |person| format!("/people/{}", person.id.0))
    }

    fn needs_successor(&self) -> bool {
        !self.decisions().is_empty() && self.decisions().iter().any(|line| line.what != Belonging::RequestedTickets)
    }

    fn of_group(&self, group: &Group) -> String {
        self.entered.get(&format!("of_group.{}", group.id)).to_owned()
    }

    fn is_group(&self, group: &Group) -> bool {
        self.entered.get("open_group") == group.id.to_string()
    }
}
