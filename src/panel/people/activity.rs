//! `/people/{id}/activity`: the history of one person.
use super::show::Head;
use crate::actions::audit;
use crate::actions::people::activity;
use crate::domain::{Person, PersonId};
use crate::panel::entries::{Line, lines};
use crate::panel::query::{Query, pairs};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

const SIZE: usize = 50;

#[derive(Template)]
#[template(path = "people/activity.html")]
struct ActivityPage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    /// Each day with its entries.
    days: Vec<(String, Vec<Line>)>,
    newer: Option<String>,
    older: Option<String>,
}

pub async fn index(visit: Visit, id: web::Path<i64>) -> Answer {
    let (turn, id) = (Query::parse(&visit.query).turn(audit::cursor)?, PersonId(*id));
    let (person, entries) = visit.read(move |act| activity::index(act, id, &turn, SIZE)).await?;
    let (v, person) = (&visit.view, &person);
    let at = |name: &str, cursor: &crate::domain::Cursor| {
        format!("/people/{}/activity?{}", id.0, pairs(&[(name, &cursor.to_string())]))
    };
    let page = ActivityPage {
        v,
        person,
        head: Head { v, person, tab: "activity" },
        days: by_day(v, lines(v, &entries.list)),
        newer: entries.newer.as_ref().map(|cursor| at("before", cursor)),
        older: entries.older.as_ref().map(|cursor| at("after", cursor)),
    };
    visit.ok(page.render())
}

fn by_day(v: &View, lines: Vec<Line>) -> Vec<(String, Vec<Line>)> {
    let mut days: Vec<(String, Vec<Line>)> = vec![];
    for line in lines {
        let day = v.dates.date(&line.at);
        match days.last_mut() {
            Some((last, lines)) if *last == day => lines.push(line),
            _ => days.push((day, vec![line])),
        }
    }
    days
}
