//! The custom fields of a house, in their order.
use super::CustomField;
use crate::domain::{Role, fold};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue(pub Vec<CustomField>);

impl Catalogue {
    /// Those asked for and shown.
    pub fn active(&self) -> impl Iterator<Item = &CustomField> {
        self.0.iter().filter(|field| !field.retired)
    }

    /// Those on the profile of somebody with this role.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &CustomField> {
        self.active().filter(move |field| field.audience.includes(role))
    }

    /// An active one by its own name.
    pub fn named(&self, name: &str) -> Option<&CustomField> {
        self.active().find(|field| field.name == name)
    }

    /// Any by its own name, retired ones too: the history still tells of them.
    pub fn remembered(&self, name: &str) -> Option<&CustomField> {
        self.0.iter().find(|field| field.name == name)
    }

    /// An active one by what a file calls it: its name or either label.
    pub fn titled(&self, header: &str) -> Option<&CustomField> {
        let title = fold(header);
        let bare = title.strip_prefix("field.").unwrap_or(&title);
        let is_called = |field: &&CustomField| {
            [&field.name, &field.label.en, &field.label.zh].iter().any(|name| !name.is_empty() && fold(name) == bare)
        };
        self.active().find(is_called)
    }

    /// Without those that only staff may see.
    pub fn for_customers(&self) -> Self {
        Self(self.0.iter().filter(|field| !field.staff_only).cloned().collect())
    }
}
