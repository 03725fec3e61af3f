//! What a list reads besides the people on its page.
use super::super::ask::Ask;
use crate::actions::people::list::Listing;
use crate::actions::views::{self, SavedView};
use crate::actions::{Act, groups, tags};
use crate::domain::{Catalogue, Count, Result};
use crate::panel::dates::Dates;
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

/// The reader's views, each with how many it finds; nothing for one that can no longer be read.
pub fn saved_views(act: &mut Act, catalogue: &Catalogue, dates: &Dates) -> Result<Vec<(SavedView, Option<Count>)>> {
    let saved = views::index(act)?;
    let counted = |view: SavedView| {
        let count = match Ask::parse(&view.query, "/people", catalogue).filter(dates) {
            Ok(filter) => views::count(act, &filter)?,
            Err(_) => None,
        };
        Ok((view, count))
    };
    saved.into_iter().map(counted).collect()
}

impl Read {
    pub fn complete(act: &mut Act, listing: Listing, views: Vec<(SavedView, Option<Count>)>) -> Result<Self> {
        let worn: Vec<String> = listing.page.people.iter().flat_map(|one| one.fields.tags.iter().cloned()).collect();
        Ok(Self { listing, hues: tags::hues(act, &worn)?, groups: groups::names(act)?, views })
    }
}
