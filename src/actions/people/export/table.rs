//! People as rows of a table that an import reads again.
use crate::actions::imports::Column;
use crate::domain::{Catalogue, Field, Person, Time};

/// The columns of a file, by the names that an import knows.
pub struct Table {
    columns: Vec<Column>,
    catalogue: Catalogue,
}

/// The names of all columns that the reader may see.
pub fn names(catalogue: &Catalogue, staff: bool) -> Vec<String> {
    let fixed = [Column::Uid, Column::Role, Column::Status, Column::CreatedAt, Column::LastLoginAt];
    let fields = Field::ALL.iter().copied().filter(|field| staff || !field.is_for_staff()).map(Column::Field);
    let custom = catalogue.active().map(|field| Column::Custom(field.name.clone()));
    fixed.into_iter().chain(fields).chain(custom).map(|column| column.name().into_owned()).collect()
}

impl Table {
    /// A column that nobody knows any more stays, and is empty.
    pub fn new(names: &[String], catalogue: Catalogue) -> Self {
        let custom = |name: &String| Column::Custom(name.strip_prefix("field.").unwrap_or(name).to_owned());
        let columns = names.iter().map(|name| Column::named(name, &catalogue).unwrap_or_else(|| custom(name)));
        Self { columns: columns.collect(), catalogue }
    }

    /// A row for each, with every value as it is.
    pub fn rows(&self, people: &[Person]) -> Vec<csv::StringRecord> {
        people.iter().map(|person| self.columns.iter().map(|column| self.cell(column, person)).collect()).collect()
    }

    fn cell(&self, column: &Column, person: &Person) -> String {
        match column {
            Column::Uid => person.uid.to_string(),
            Column::Role => person.role.name().to_owned(),
            Column::Status => person.status.name().to_owned(),
            Column::CreatedAt => person.created_at.to_string(),
            Column::LastLoginAt => person.last_login_at.as_ref().map(Time::to_string).unwrap_or_default(),
            Column::Field(field @ (Field::Tags | Field::Groups)) => person.fields.get(*field).replace(", ", ";"),
            Column::Field(field) => person.fields.get(*field),
            Column::Custom(name) => {
                let field = self.catalogue.named(name).filter(|field| field.audience.includes(person.role));
                field.map(|field| person.fields.get_custom(&field.name).to_owned()).unwrap_or_default()
            }
        }
    }
}
