//! The values of custom fields.
use super::schema::{custom_fields, field_values};
use super::written::among;
use super::{BATCH, Conn, each_backend};
use crate::domain::{Catalogue, PersonId, Result};
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Custom values by the field's name, as [`crate::domain::Fields`] holds them.
pub type Custom = BTreeMap<String, String>;

/// Everybody's values, retired fields included; people without any are left out.
pub fn of(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Custom>> {
    let mut found: HashMap<i64, Custom> = HashMap::new();
    let theirs = field_values::table
        .inner_join(custom_fields::table)
        .filter(among(conn, "field_values.person_id", ids))
        .order((field_values::person_id, field_values::field_id, field_values::place))
        .select((field_values::person_id, custom_fields::name, field_values::value));
    let rows: Vec<(i64, String, String)> = each_backend!(conn, |c| theirs.load(c))?;
    for (person, field, value) in rows {
        let kept = found.entry(person).or_default().entry(field).or_default();
        *kept = if kept.is_empty() { value } else { format!("{kept}; {value}") };
    }
    Ok(found)
}

/// The person has these values and no others.
pub fn replace(conn: &mut Conn, catalogue: &Catalogue, person: PersonId, values: &Custom) -> Result<()> {
    diesel::delete(field_values::table.filter(field_values::person_id.eq(person.0))).execute(conn)?;
    attach(conn, catalogue, &[(person, values)])
}

/// Gives values to people who have none yet.
pub fn attach(conn: &mut Conn, catalogue: &Catalogue, wanted: &[(PersonId, &Custom)]) -> Result<()> {
    let rows: Vec<_> = wanted.iter().flat_map(|(person, values)| rows(catalogue, *person, values)).collect();
    for part in rows.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(field_values::table).values(part).execute(c))?;
    }
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = field_values)]
struct Row {
    person_id: i64,
    field_id: i64,
    place: i16,
    value: String,
    value_key: String,
}

fn rows(catalogue: &Catalogue, person: PersonId, values: &Custom) -> Vec<Row> {
    let mut rows = vec![];
    for (name, value) in values {
        let Some(field) = catalogue.remembered(name) else { continue };
        for (place, part) in field.parts(value).into_iter().enumerate() {
            rows.push(Row {
                person_id: person.0,
                field_id: field.id,
                place: place as i16,
                value: part.to_owned(),
                value_key: field.key(part),
            });
        }
    }
    rows
}

/// How many people have a value in each of these fields.
pub fn counts(conn: &mut Conn) -> Result<HashMap<i64, i64>> {
    use diesel::dsl::count_star;
    let first = field_values::table.filter(field_values::place.eq(0)).group_by(field_values::field_id);
    Ok(first.select((field_values::field_id, count_star())).load::<(i64, i64)>(conn)?.into_iter().collect())
}
