//! `/`: how the house stands; for end users, their own page.
use super::chart::Chart;
use super::entries::{Line, lines};
use super::refusal::Answer;
use super::view::View;
use super::visit::Visit;
use crate::actions::overview::{self, Attention, Overview};
use crate::domain::time::days;
use crate::domain::{Role, Status, Verb};
use askama::Template;

#[derive(Template)]
#[template(path = "overview/show.html")]
struct OverviewPage<'a> {
    v: &'a View,
    overview: &'a Overview,
    latest: Vec<Line>,
    chart: Chart,
    todo: Vec<Todo>,
}

/// Something that needs a look.
struct Todo {
    tone: &'static str,
    icon: &'static str,
    text: String,
    hint: String,
    to: String,
}

pub async fn show(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::List) {
        let own = visit.caller.actor.id().map_or("/login".into(), |id| format!("/people/{}", id.0));
        return visit.go(&own, None);
    }
    let overview = visit.read(overview::show).await?;
    let (v, overview) = (&visit.view, &overview);
    let weeks = overview.new_by_week.iter().rev().enumerate();
    let week = |(ago, n): (usize, &i64)| (v.dates.date(&v.dates.now.minus(days(7 * (ago as u64 + 1) - 1))), *n);
    let chart = Chart::new(weeks.map(week).collect::<Vec<_>>().into_iter().rev().collect());
    let page = OverviewPage { v, overview, latest: lines(v, &overview.latest), chart, todo: todo(v, overview) };
    visit.ok(page.render())
}

/// Only what there is.
fn todo(v: &View, overview: &Overview) -> Vec<Todo> {
    let Attention { unreachable, long_unverified, suspended, empty_organisations } = overview.attention;
    let until = v.dates.iso_day(&Attention::since(v.dates.now).minus(days(1)));
    let long = format!("/people?status=unverified&created_until={until}");
    let rows = [
        ("warn", "mail", "unreachable", unreachable, "/people?contact=none"),
        ("warn", "clock", "long_unverified", long_unverified, long.as_str()),
        ("info", "ban", "suspended", suspended, "/people?status=suspended"),
        ("info", "building", "empty_organisations", empty_organisations.unwrap_or(0), "/organisations?members=none"),
    ];
    let row = |(tone, icon, name, n, to): (&'static str, &'static str, &str, i64, &str)| Todo {
        tone,
        icon,
        text: v.count(&format!("todo.{name}"), n),
        hint: v.t(&format!("todo_hint.{name}")),
        to: to.to_owned(),
    };
    rows.into_iter().filter(|(_, _, _, n, _)| *n > 0).map(row).collect()
}

impl OverviewPage<'_> {
    fn total(&self) -> i64 {
        self.overview.by_role_and_status.iter().map(|(.., n)| n).sum()
    }

    fn roles(&self) -> [Role; 3] {
        Role::ALL
    }

    fn statuses(&self) -> Vec<Status> {
        let used = |status: &Status| self.of_status(status) > 0;
        Status::ALL.into_iter().filter(used).collect()
    }

    fn count(&self, role: &Role, status: &Status) -> i64 {
        let found = self.overview.by_role_and_status.iter().find(|(r, s, _)| r == role && s == status);
        found.map_or(0, |(.., n)| *n)
    }

    fn of_role(&self, role: &Role) -> i64 {
        self.overview.by_role_and_status.iter().filter(|(r, ..)| r == role).map(|(.., n)| n).sum()
    }

    fn of_status(&self, status: &Status) -> i64 {
        self.overview.by_role_and_status.iter().filter(|(_, s, _)| s == status).map(|(.., n)| n).sum()
    }

    /// New people in all the weeks shown.
    fn newcomers(&self) -> i64 {
        self.overview.new_by_week.iter().sum()
    }
}
