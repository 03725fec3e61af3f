//! `/fields`: the custom fields in their order.
use crate::actions::fields;
use crate::domain::{Catalogue, CustomField};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "fields/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    catalogue: Catalogue,
    counts: HashMap<i64, i64>,
}

pub async fn index(visit: Visit) -> Answer {
    let (catalogue, counts) = visit.read(fields::index).await?;
    visit.ok(IndexPage { v: &visit.view, catalogue, counts }.render())
}

impl IndexPage<'_> {
    fn active(&self) -> Vec<&CustomField> {
        self.catalogue.active().collect()
    }

    fn retired(&self) -> Vec<&CustomField> {
        self.catalogue.0.iter().filter(|field| field.retired).collect()
    }

    /// How many people have a value in it.
    fn filled(&self, field: &CustomField) -> i64 {
        self.counts.get(&field.id).copied().unwrap_or(0)
    }
}
