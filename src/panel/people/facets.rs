//! `/people/facets`: how many people of a list have each of its usual values, to narrow it by.
use super::ask::{Ask, QUIET};
use super::chips::label;
use crate::actions::people::facets;
use crate::domain::{Count, Error, Verb};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;

#[derive(Template)]
#[template(path = "people/facets.html", blocks = ["facets"])]
struct FacetsPage<'a> {
    v: &'a View,
    ask: &'a Ask<'a>,
    facets: Vec<Facet>,
}

struct Facet {
    label: String,
    values: Vec<Value>,
}

struct Value {
    label: String,
    count: Count,
    to: String,
    chosen: bool,
}

pub async fn show(visit: Visit) -> Answer {
    let v = &visit.view;
    if !v.can_here(Verb::List) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let ask = Ask::parse(&visit.query, "/people", v.catalogue());
    let filter = ask.filter(&v.dates).map_err(Error::from)?;
    let but_status = ask.but("status").filter(&v.dates).map_err(Error::from)?;
    let found = visit.read(move |act| facets::show(act, &filter, &but_status)).await?;
    let role = |(role, count): (crate::domain::Role, Count)| {
        (role.name().to_owned(), v.t(&format!("role.{}", role.name())), count)
    };
    let status = |(status, count): (crate::domain::Status, Count)| {
        (status.name().to_owned(), v.status_label(status.name()), count)
    };
    // No status of its own, so it is told only where it was asked for.
    let quiet = ask.is("status", QUIET).then(|| (QUIET.to_owned(), v.status_label(QUIET), found.matching));
    let named = |(name, count): (String, Count)| (name.clone(), name, count);
    let all = [
        ("role", found.roles.into_iter().map(role).collect::<Vec<_>>()),
        ("status", found.statuses.into_iter().map(status).chain(quiet).collect()),
        ("organisation", found.organisations.into_iter().map(named).collect()),
        ("group", found.groups.into_iter().map(named).collect()),
        ("tag", found.tags.into_iter().map(named).collect()),
    ];
    let value = |name: &'static str, (raw, label, count): (String, String, Count)| {
        let chosen = ask.is(name, &raw);
        Value { to: ask.link(&[(name, if chosen { "" } else { &raw })]), label, count, chosen }
    };
    let facet = |(name, values): (&'static str, Vec<_>)| Facet {
        label: label(v, &ask, name),
        values: values.into_iter().map(|one| value(name, one)).collect(),
    };
    let facets = all.into_iter().filter(|(_, values)| !values.is_empty()).map(facet).collect();
    let page = FacetsPage { v, ask: &ask, facets };
    visit.ok(if v.htmx { page.as_facets().render() } else { page.render() })
}
