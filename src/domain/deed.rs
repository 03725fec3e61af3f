//! What can be done to several people in one step.
use super::{Catalogue, Fields, Person, Role, Verb, fold};
use serde::{Deserialize, Serialize};

/// Names and values are parsed already.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Suspend,
    Reactivate,
    Tag(Vec<String>),
    Untag(Vec<String>),
    /// An empty name takes them out of theirs.
    SetOrganisation(String),
    AddToGroups(Vec<String>),
    RemoveFromGroups(Vec<String>),
    /// An empty one leaves it open.
    SetLanguage(String),
    /// A custom field by its name, and its value; an empty one empties it.
    SetField(String, String),
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
            Self::SetLanguage(_) => "language",
            Self::SetField(..) => "field",
        }
    }

    pub fn value(&self) -> String {
        match self {
            Self::Suspend | Self::Reactivate => String::new(),
            Self::SetOrganisation(value) | Self::SetLanguage(value) => value.clone(),
            Self::Tag(names) | Self::Untag(names) | Self::AddToGroups(names) | Self::RemoveFromGroups(names) => {
                names.join(BETWEEN)
            }
            Self::SetField(name, value) => format!("{name}={value}"),
        }
    }

    /// By its name and value.
    pub fn remembered(name: &str, value: &str) -> Option<Self> {
        Some(match name {
            "suspend" => Self::Suspend,
            "reactivate" => Self::Reactivate,
            "tag" => Self::Tag(listed(value)),
            "untag" => Self::Untag(listed(value)),
            "organisation" => Self::SetOrganisation(value.to_owned()),
            "group" => Self::AddToGroups(listed(value)),
            "ungroup" => Self::RemoveFromGroups(listed(value)),
            "language" => Self::SetLanguage(value.to_owned()),
            "field" => value.split_once('=').map(|(name, value)| Self::SetField(name.to_owned(), value.to_owned()))?,
            _ => return None,
        })
    }

    /// What whoever does it must be allowed.
    pub fn verb(&self) -> Verb {
        match self {
            Self::Suspend | Self::Reactivate => Verb::Suspend,
            Self::SetLanguage(_) => Verb::Edit,
            _ => Verb::EditStaffFields,
        }
    }

    /// Does to the fields of somebody with this role what it does to fields, or tells the key of why that cannot be.
    pub fn change(&self, fields: &mut Fields, role: Role, catalogue: &Catalogue) -> Result<(), &'static str> {
        match self {
            Self::Suspend | Self::Reactivate => {}
            Self::SetOrganisation(name) => fields.organisation = name.clone(),
            Self::Tag(names) => fields.tags = with(&fields.tags, names),
            Self::Untag(names) => fields.tags = without(&fields.tags, names),
            Self::AddToGroups(names) => fields.groups = with(&fields.groups, names),
            Self::RemoveFromGroups(names) => fields.groups = without(&fields.groups, names),
            Self::SetLanguage(tag) => fields.language = tag.clone(),
            Self::SetField(name, value) => {
                let field = catalogue.of(role).find(|field| field.name == *name).ok_or("custom.audience")?;
                fields.set_custom(field, value)?;
            }
        }
        Ok(())
    }

    /// What it turns, as it is kept for taking it back.
    pub fn held(&self, person: &Person) -> String {
        let Fields { organisation, tags, groups, language, .. } = &person.fields;
        match self {
            Self::Suspend | Self::Reactivate => person.status.name().to_owned(),
            Self::SetOrganisation(_) => organisation.clone(),
            Self::Tag(_) | Self::Untag(_) => tags.join(BETWEEN),
            Self::AddToGroups(_) | Self::RemoveFromGroups(_) => groups.join(BETWEEN),
            Self::SetLanguage(_) => language.clone(),
            Self::SetField(name, _) => person.fields.get_custom(name).to_owned(),
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
