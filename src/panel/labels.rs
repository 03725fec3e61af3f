//! What fields, columns and values are called in the reader's language.
use super::view::{Figure, View};
use crate::domain::custom::{self, FieldKind};
use crate::domain::extra::PREFIX;
use crate::domain::ticket::TicketStatus;
use crate::domain::{Column, CustomField, Verb};

impl View {
    /// What a custom field is called in the reader's language.
    pub fn label(&self, field: &CustomField) -> String {
        let label = field.label.in_language(self.language.tag());
        if label.is_empty() { field.name.clone() } else { label.to_owned() }
    }

    /// What a field is called, by its name in forms and in the history.
    pub fn field_label(&self, name: &str) -> String {
        if let Some(attribute) = name.strip_prefix(PREFIX) {
            return self.t(&format!("scim.{attribute}"));
        }
        match custom::own_name(name) {
            Some(own) => self.catalogue().remembered(own).map_or_else(|| own.to_owned(), |field| self.label(field)),
            None => self.t(&format!("field.{name}")),
        }
    }

    /// A custom value as people read it.
    pub fn custom_value(&self, field: &CustomField, value: &str) -> String {
        match field.kind {
            _ if value.is_empty() => String::new(),
            FieldKind::YesNo => self.t(&format!("answer.{value}")),
            FieldKind::Date => self.dates.day(value),
            _ => value.to_owned(),
        }
    }

    pub fn hue_name(&self, hue: impl Figure) -> String {
        self.t(&format!("hue.of_{}", hue.figure()))
    }

    /// The columns of their list that they may see.
    pub fn columns(&self) -> Vec<Column> {
        let chosen = self.reader.as_ref().map_or("", |reader| &reader.preferences.columns);
        let (catalogue, staff) = (self.catalogue(), self.can_here(Verb::SeeStaffFields));
        let columns: Vec<Column> = match chosen {
            "" => Column::USUAL.to_vec(),
            names => names.split(' ').filter_map(|name| Column::parse(name, catalogue)).collect(),
        };
        columns.into_iter().filter(|column| staff || !column.is_for_staff()).collect()
    }

    pub fn column_label(&self, column: &Column) -> String {
        match column {
            Column::Field { name, .. } => self.field_label(&format!("field.{name}")),
            other => self.t(&format!("column.{}", other.name())),
        }
    }

    /// The filter for active people finds quiet ones too, and says so.
    pub fn status_label(&self, status: &str) -> String {
        match status {
            "active" => self.t("people.active_any"),
            other => self.t(&format!("status.{other}")),
        }
    }
}

/// The tone of a ticket's chip.
pub fn ticket_tone(status: &TicketStatus) -> &'static str {
    match status {
        TicketStatus::Open => "info",
        TicketStatus::Pending => "warn",
        TicketStatus::Solved => "ok",
        TicketStatus::Closed => "",
    }
}
