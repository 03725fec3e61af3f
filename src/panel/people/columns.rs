//! `/people/columns`: which columns the list shows, in which order.
use crate::actions::preferences;
use crate::domain::{Column, Verb};
use crate::panel::entered::Entered;
use crate::panel::query::{Query, local};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;

#[derive(Template)]
#[template(path = "people/columns.html")]
struct ColumnsPage<'a> {
    v: &'a View,
    /// Those shown, in their order, then the others.
    rows: Vec<Row>,
    back: String,
}

struct Row {
    name: String,
    label: String,
    shown: bool,
}

pub async fn edit(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::List) {
        return Err(crate::domain::Error::Forbidden("forbidden.role").into());
    }
    let back = Query::parse(&visit.query).get("back").map_or("/people".into(), |back| local(back).to_owned());
    let v = &visit.view;
    visit.ok(ColumnsPage { v, rows: rows(v), back }.render())
}

fn rows(v: &View) -> Vec<Row> {
    let shown = v.columns();
    let hidden = all(v).into_iter().filter(|column| !shown.contains(column));
    let row = |column: &Column, shown| Row { name: column.name(), label: v.column_label(column), shown };
    shown.iter().map(|column| row(column, true)).chain(hidden.map(|column| row(&column, false))).collect()
}

fn all(v: &View) -> Vec<Column> {
    let staff = v.can_here(Verb::SeeStaffFields);
    Column::all(v.catalogue()).into_iter().filter(|column| staff || !column.is_for_staff()).collect()
}

/// Boxes come in the order of the page; `up` and `down` name a column to move by one first.
pub async fn update(visit: Visit, entered: Entered) -> Answer {
    let catalogue = visit.view.catalogue();
    let may_show = all(&visit.view);
    let mut columns: Vec<Column> = if entered.ticked("usual") {
        Column::USUAL.to_vec()
    } else {
        entered.get("column").lines().filter_map(|name| Column::parse(name, catalogue)).collect()
    };
    let mut seen = vec![];
    columns.retain(|column| {
        let fresh = may_show.contains(column) && !seen.contains(column);
        seen.push(column.clone());
        fresh
    });
    let at = |name: &str| columns.iter().position(|column| column.name() == name);
    let moved = match (at(entered.get("up")), at(entered.get("down"))) {
        (Some(at), _) => Some((at, at.saturating_sub(1))),
        (None, Some(at)) => Some((at, (at + 1).min(columns.len() - 1))),
        (None, None) => None,
    };
    if let Some((from, to)) = moved {
        columns.swap(from, to);
    }
    visit.write(move |act| preferences::set_columns(act, &columns)).await?;
    let back = local(entered.get("back"));
    let stays = moved.is_some() || entered.ticked("usual");
    let again = format!("/people/columns?{}", crate::panel::query::pairs(&[("back", back)]));
    visit.go(if stays { &again } else { back }, (!stays).then_some("done.columns"))
}
