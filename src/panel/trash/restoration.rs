//! `/trash/{id}/restoration`: bringing it back, after asking for what somebody else took meanwhile.
use crate::actions::trash::{self, Restoration, Taken};
use crate::domain::undo::Why;
use crate::domain::{Error, FieldErrors};
use crate::panel::entered::Entered;
use crate::panel::entries;
use crate::panel::flash::Flash;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "trash/restoration.html")]
struct RestorationPage<'a> {
    v: &'a View,
    restoration: &'a Restoration,
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

pub async fn new(visit: Visit, id: web::Path<i64>) -> Answer {
    let entered = visit.kept().unwrap_or_default();
    page(&visit, *id, StatusCode::OK, &entered, &FieldErrors::default()).await
}

/// A value that is not in the form was not asked about yet.
pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let id = *id;
    let own = ["email", "phone", "username", "name"].into_iter().map(str::to_owned);
    let asked = own.clone().chain(own.map(|field| format!("survivor_{field}")));
    let instead: BTreeMap<String, String> =
        asked.filter_map(|field| Some((field.clone(), entered.given(&field)?.to_owned()))).collect();
    match visit.write(move |act| trash::restore(act, id, &instead)).await {
        Ok(restored) => {
            let to = entries::link(restored.subject).unwrap_or_else(|| "/trash".into());
            let of = |waits: bool| {
                let such = restored.losses.iter().filter(|loss| (loss.why == Why::Waiting) == waits);
                such.map(|loss| loss.count).sum::<i64>()
            };
            visit.go_saying(
                &to,
                Some(match (of(false), of(true)) {
                    (0, 0) => Flash::new("done.restored", vec![]),
                    (0, waiting) => Flash::new("done.restored_waiting", vec![waiting]),
                    (lost, _) => Flash::new("done.restored_but", vec![lost]),
                }),
            )
        }
        Err(Error::Invalid(errors) | Error::Conflict(errors)) => {
            page(&visit, id, StatusCode::UNPROCESSABLE_ENTITY, &entered, &errors).await
        }
        Err(e) => Err(e.into()),
    }
}

async fn page(visit: &Visit, id: i64, status: StatusCode, entered: &Entered, errors: &FieldErrors) -> Answer {
    let restoration = visit.read(move |act| trash::show(act, id)).await?;
    let page = RestorationPage { v: &visit.view, restoration: &restoration, entered, errors };
    visit.answer(status, page.render())
}

impl RestorationPage<'_> {
    /// Of a merge there are two of each.
    fn label(&self, taken: &Taken) -> String {
        let label = self.v.t(&format!("field.{}", taken.column));
        match &self.restoration.survivor {
            Some(survivor) if taken.survivor => format!("{label} · {survivor}"),
            Some(_) => format!("{label} · {}", self.restoration.entry.gist.label),
            None => label,
        }
    }

    /// What the page and its button say.
    fn says(&self, merge: &'static str, deletion: &'static str) -> String {
        let key = if self.restoration.entry.by_merge { merge } else { deletion };
        self.v.about(key, &self.restoration.entry.gist.label)
    }

    fn typed(&self, field: &str) -> &str {
        self.entered.get(field)
    }
}
