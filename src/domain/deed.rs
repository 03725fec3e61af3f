//! What can be done to several people in one step.
use super::{Fields, Verb, fold};

/// Names are parsed already.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    Suspend,
    Reactivate,
    Tag(Vec<String>),
    Untag(Vec<String>),
    /// An empty name takes them out of theirs.
    SetOrganisation(String),
    AddToGroups(Vec<String>),
    RemoveFromGroups(Vec<String>),
}

impl Deed {
    /// Its name in forms and words.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Reactivate => "reactivate",
            Self::Tag(_) => "tag",
            Self::Untag(_) => "untag",
            Self::SetOrganisation(_) => "organisation",
            Self::AddToGroups(_) => "group",
            Self::RemoveFromGroups(_) => "ungroup",
        }
    }

    pub fn value(&self) -> String {
        match self {
            Self::Suspend | Self::Reactivate => String::new(),
            Self::SetOrganisation(name) => name.clone(),
            Self::Tag(names) | Self::Untag(names) | Self::AddToGroups(names) | Self::RemoveFromGroups(names) => {
                names.join(BETWEEN)
            }
        }
    }

    /// What whoever does it must be allowed.
    pub fn verb(&self) -> Verb {
        if matches!(self, Self::Suspend | Self::Reactivate) { Verb::Suspend } else { Verb::EditStaffFields }
    }

    /// Does to the fields what it does to fields.
    pub fn change(&self, fields: &mut Fields) {
        match self {
            Self::Suspend | Self::Reactivate => {}
            Self::SetOrganisation(name) => fields.organisation = name.clone(),
            Self::Tag(names) => fields.tags = with(&fields.tags, names),
            Self::Untag(names) => fields.tags = without(&fields.tags, names),
            Self::AddToGroups(names) => fields.groups = with(&fields.groups, names),
            Self::RemoveFromGroups(names) => fields.groups = without(&fields.groups, names),
        }
    }
}

const BETWEEN: &str = "; ";

/// Names as [`Deed::value`] writes them.
pub fn listed(text: &str) -> Vec<String> {
    text.split(BETWEEN).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

pub fn holds(names: &[String], name: &str) -> bool {
    names.iter().any(|one| fold(one) == fold(name))
}

/// Sorted, each once whatever its case.
pub fn with(names: &[String], more: &[String]) -> Vec<String> {
    let mut all = names.to_vec();
    all.extend(more.iter().filter(|name| !holds(names, name)).cloned());
    all.sort_by_key(|name| fold(name));
    all
}

pub fn without(names: &[String], fewer: &[String]) -> Vec<String> {
    names.iter().filter(|name| !holds(fewer, name)).cloned().collect()
}
