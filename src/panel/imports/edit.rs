//! `/imports/{id}/edit`: what the columns of a file mean.
use crate::actions::imports::{self, Column, file};
use crate::domain::import::Import;
use crate::domain::{Error, FieldErrors};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

/// So many rows are shown of each column.
const SAMPLES: usize = 3;

#[derive(Template)]
#[template(path = "imports/edit.html")]
struct EditPage<'a> {
    v: &'a View,
    import: &'a Import,
    /// Each title with some cells, and what was chosen for it.
    columns: Vec<(String, String, Option<String>)>,
    errors: &'a FieldErrors,
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    page(&visit, id, StatusCode::OK, None, &FieldErrors::default()).await
}

async fn page(visit: &Visit, id: i64, status: StatusCode, chosen: Option<&Entered>, errors: &FieldErrors) -> Answer {
    let read = move |act: &mut crate::actions::Act| {
        let (import, _) = imports::show(act, id)?;
        let samples = file::samples(act.folder, &import, 0, SAMPLES)?;
        Ok((import, samples))
    };
    let (import, samples) = visit.read(read).await?;
    if !import.stage.is_open() {
        return visit.go(&format!("/imports/{id}"), None);
    }
    let meant = |at: usize| match chosen {
        Some(entered) => Some(entered.get(&format!("c{at}")).to_owned()).filter(|name| !name.is_empty()),
        None => import.columns[at].clone(),
    };
    let cells = |at: usize| {
        samples.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.trim().is_empty()).collect::<Vec<_>>()
    };
    let column = |(at, title): (usize, &'_ String)| (title.to_owned(), cells(at).join(" · "), meant(at));
    let columns = import.header.iter().enumerate().map(column).collect();
    let page = EditPage { v: &visit.view, import: &import, columns, errors };
    visit.answer(status, page.render())
}

/// Begins the trial.
pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let id = *id;
    let (version, many) = (entered.version()?, entered.number("many")?.clamp(0, 200));
    let catalogue = visit.view.catalogue();
    let columns = (0..many).map(|at| Column::named(entered.get(&format!("c{at}")), catalogue)).collect();
    match visit.write(move |act| imports::update(act, id, version, columns)).await {
        Ok(_) => visit.go(&format!("/imports/{id}"), None),
        Err(Error::Invalid(errors)) => {
            page(&visit, id, StatusCode::UNPROCESSABLE_ENTITY, Some(&entered), &errors).await
        }
        Err(Error::Stale) => {
            page(&visit, id, StatusCode::CONFLICT, None, &FieldErrors::one("columns", "form.stale")).await
        }
        Err(e) => Err(e.into()),
    }
}

impl EditPage<'_> {
    /// What a column may mean: the name and what it is called.
    fn choices(&self) -> Vec<(String, String)> {
        Column::all(self.v.catalogue())
            .iter()
            .map(|column| (column.name().into_owned(), self.v.field_label(&column.name())))
            .collect()
    }
}
