//! People as rows of a table that spreadsheets open and an import reads.
use crate::domain::{Catalogue, Error, Field, Person, Result, Time};

const FIXED: [&str; 5] = ["uid", "role", "status", "created_at", "last_login_at"];

/// The columns: every field that the reader may see.
#[derive(Debug)]
pub struct Table {
    fields: Vec<Field>,
    catalogue: Catalogue,
}

impl Table {
    pub fn new(catalogue: Catalogue, staff: bool) -> Self {
        let fields = Field::ALL.iter().copied().filter(|field| staff || !field.is_for_staff()).collect();
        Self { fields, catalogue }
    }

    /// What every file begins with. Excel takes one for UTF-8 only with its mark.
    pub fn head(&self) -> Result<Vec<u8>> {
        let mut file = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        let names = self.fields.iter().map(|field| field.name().to_owned());
        let custom = self.catalogue.active().map(|field| field.form_name());
        file.write_record(FIXED.map(str::to_owned).into_iter().chain(names).chain(custom)).map_err(Error::broken)?;
        file.into_inner().map_err(Error::broken)
    }

    /// A line for each.
    pub fn rows(&self, people: &[Person]) -> Result<Vec<u8>> {
        let mut file = csv::Writer::from_writer(vec![]);
        for person in people {
            self.row(&mut file, person).map_err(Error::broken)?;
        }
        file.into_inner().map_err(Error::broken)
    }

    fn row(&self, file: &mut csv::Writer<Vec<u8>>, person: &Person) -> csv::Result<()> {
        let seen = person.last_login_at.as_ref().map(Time::to_string).unwrap_or_default();
        file.write_field(person.uid.to_string())?;
        file.write_field(person.role.name())?;
        file.write_field(person.status.name())?;
        file.write_field(person.created_at.to_string())?;
        file.write_field(seen)?;
        for field in &self.fields {
            file.write_field(cell(*field, person))?;
        }
        for field in self.catalogue.active() {
            let is_theirs = field.audience.includes(person.role);
            file.write_field(if is_theirs { defused(person.fields.get_custom(&field.name)) } else { String::new() })?;
        }
        file.write_record(None::<&[u8]>)
    }
}

fn cell(field: Field, person: &Person) -> String {
    let value = person.fields.get(field);
    match field {
        Field::Tags | Field::Groups => defused(&value.replace(", ", ";")),
        // Numbers are read as numbers, whatever they begin with.
        Field::Phone => value,
        _ => defused(&value),
    }
}

/// A cell that a spreadsheet would take for a formula is made text.
pub fn defused(value: &str) -> String {
    let is_formula = value.starts_with(['=', '+', '-', '@', '\t', '\r']) && value.parse::<f64>().is_err();
    if is_formula { format!("'{value}") } else { value.into() }
}
