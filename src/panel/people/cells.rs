//! What a column shows of a person.
use crate::domain::{Catalogue, Column, Field, Person, Time, fold};
use crate::panel::view::View;
use std::collections::HashMap;

pub struct Cells<'a> {
    pub v: &'a View,
    /// The colours of tags, by folded name.
    pub hues: &'a HashMap<String, i16>,
    pub catalogue: &'a Catalogue,
}

impl Cells<'_> {
    /// The class of a column's cells, which the layout for phones goes by.
    pub fn class(column: &Column) -> String {
        match column {
            Column::Organisation => "c-org".into(),
            Column::Created => "c-made".into(),
            Column::Field { .. } => "c-field".into(),
            other => format!("c-{}", other.name()),
        }
    }

    pub fn class_of(&self, column: &Column) -> String {
        Self::class(column)
    }

    /// For columns that show an instant; nothing for never.
    pub fn time<'p>(&self, person: &'p Person, column: &Column) -> Option<&'p Time> {
        match column {
            Column::Seen => person.last_login_at.as_ref(),
            Column::Created => Some(&person.created_at),
            Column::Changed => Some(&person.updated_at),
            _ => None,
        }
    }

    pub fn is_time(&self, column: &Column) -> bool {
        matches!(column, Column::Seen | Column::Created | Column::Changed)
    }

    pub fn text(&self, person: &Person, column: &Column) -> String {
        match column {
            Column::Role => self.v.t(&format!("role.{}", person.role.name())),
            Column::Field { name, .. } => {
                let value = person.fields.get_custom(name);
                self.catalogue.named(name).map(|field| self.v.custom_value(field, value)).unwrap_or_default()
            }
            Column::Tier | Column::Kind if self.built_in(person, column) == "0" => String::new(),
            other => self.built_in(person, other),
        }
    }

    fn built_in(&self, person: &Person, column: &Column) -> String {
        Field::named(&column.name()).map(|field| person.fields.get(field)).unwrap_or_default()
    }

    pub fn hue(&self, tag: &str) -> i16 {
        self.hues.get(&fold(tag)).copied().unwrap_or(0)
    }

    pub fn second_line(&self, person: &Person) -> String {
        known_by(person)
    }
}

/// What somebody is known by beside the name.
pub fn known_by(person: &Person) -> String {
    let fields = &person.fields;
    let email = fields.email.as_ref().map(|e| e.as_str());
    let known = email.or(fields.phone.as_ref().map(|p| p.as_str())).or(fields.username.as_ref().map(|u| u.as_str()));
    known.unwrap_or_default().to_owned()
}
