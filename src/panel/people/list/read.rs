//! What a list reads besides the people on its page.
use super::super::ask::Ask;
use crate::actions::people::list::Listing;
use crate::actions::views::{self, SavedView};
use crate::actions::{Act, groups, tags};
use crate::domain::{Count, PeopleFilter, Result};
use crate::panel::visit::Visit;
use std::collections::HashMap;

/// All that a list shows besides what the reader asked for.
pub struct Read {
    pub listing: Listing,
    /// The colours of tags, by folded name.
    pub hues: HashMap<String, i16>,
    pub groups: Vec<String>,
    /// Each with its count; nothing where it cannot be counted.
    pub views: Vec<(SavedView, Option<Count>)>,
}

/// The reader's views with the filters they stand for; nothing for one that can no longer be read.
pub async fn saved_filters(visit: &Visit) -> Result<Vec<(SavedView, Option<PeopleFilter>)>> {
    let saved = visit.read(views::index).await?;
    let filter =
        |view: &SavedView| Ask::parse(&view.query, "/people", visit.view.catalogue()).filter(&visit.view.dates).ok();
    Ok(saved.into_iter().map(|view| (filter(&view), view)).map(|(filter, view)| (view, filter)).collect())
}

impl Read {
    pub fn complete(act: &mut Act, listing: Listing, filters: Vec<(SavedView, Option<PeopleFilter>)>) -> Result<Self> {
        let worn: Vec<String> = listing.page.people.iter().flat_map(|one| one.fields.tags.iter().cloned()).collect();
        let mut counted = vec![];
        for (view, filter) in filters {
            let count = match filter {
                Some(filter) => views::count(act, &filter)?,
                None => None,
            };
            counted.push((view, count));
        }
        Ok(Self { listing, hues: tags::hues(act, &worn)?, groups: groups::names(act)?, views: counted })
    }
}
