//! Custom fields as they are defined.
use super::{Conn, each_backend, schema::custom_fields};
use crate::domain::custom::{Audience, Bilingual, FieldKind};
use crate::domain::{Catalogue, CustomField, Error, Result, Time};
use diesel::prelude::*;

#[derive(Queryable, Selectable)]
#[diesel(table_name = custom_fields)]
struct Row {
    id: i64,
    name: String,
    kind: String,
    audience: String,
    staff_only: bool,
    required: bool,
    label_en: String,
    label_zh: String,
    help_en: String,
    help_zh: String,
    initial: String,
    choices: String,
    pattern: String,
    retired: bool,
    version: i64,
}

impl TryFrom<Row> for CustomField {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unreadable = |what: &str| Error::broken(format!("custom field {} has an unreadable {what}", row.id));
        Ok(Self {
            id: row.id,
            kind: FieldKind::parse(&row.kind).ok_or_else(|| unreadable("kind"))?,
            audience: Audience::parse(&row.audience).ok_or_else(|| unreadable("audience"))?,
            name: row.name,
            staff_only: row.staff_only,
            required: row.required,
            label: Bilingual { en: row.label_en, zh: row.label_zh },
            help: Bilingual { en: row.help_en, zh: row.help_zh },
            initial: row.initial,
            choices: row.choices.lines().map(str::to_owned).collect(),
            pattern: row.pattern,
            retired: row.retired,
            version: row.version,
        })
    }
}

/// In their order, retired ones last.
pub fn all(conn: &mut Conn) -> Result<Catalogue> {
    use custom_fields::{id, place, retired};
    let query = custom_fields::table.order((retired, place, id));
    let rows: Vec<Row> = each_backend!(conn, |c| query.select(Row::as_select()).load(c))?;
    Ok(Catalogue(rows.into_iter().map(CustomField::try_from).collect::<Result<_>>()?))
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = custom_fields)]
struct Values<'a> {
    audience: &'static str,
    staff_only: bool,
    required: bool,
    label_en: &'a str,
    label_zh: &'a str,
    help_en: &'a str,
    help_zh: &'a str,
    initial: &'a str,
    choices: String,
    pattern: &'a str,
    retired: bool,
}

fn values(field: &CustomField) -> Values<'_> {
    Values {
        audience: field.audience.name(),
        staff_only: field.staff_only,
        required: field.required,
        label_en: &field.label.en,
        label_zh: &field.label.zh,
        help_en: &field.help.en,
        help_zh: &field.help.zh,
        initial: &field.initial,
        choices: field.choices.join("\n"),
        pattern: &field.pattern,
        retired: field.retired,
    }
}

/// Behind all others; answers its id. Nothing is written for people who are there already.
pub fn insert(conn: &mut Conn, field: &CustomField, now: Time) -> Result<i64> {
    use custom_fields as f;
    let last: Option<i64> = f::table.select(diesel::dsl::max(f::place)).first(conn)?;
    let fixed = (
        f::name.eq(&field.name),
        f::kind.eq(field.kind.name()),
        f::place.eq(last.unwrap_or(0) + 1),
        f::created_at.eq(now.micros()),
        f::version.eq(1),
    );
    Ok(diesel::insert_into(f::table).values((fixed, values(field))).returning(f::id).get_result(conn)?)
}

/// Everything but name and kind, if nobody else has written since its version.
pub fn update(conn: &mut Conn, field: &CustomField) -> Result<()> {
    use custom_fields as f;
    let row = f::table.find(field.id).filter(f::version.eq(field.version));
    let written = diesel::update(row).set((values(field), f::version.eq(field.version + 1))).execute(conn)?;
    if written == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// Their order from now on.
pub fn arrange(conn: &mut Conn, ids: &[i64]) -> Result<()> {
    for (place, id) in ids.iter().enumerate() {
        diesel::update(custom_fields::table.find(id)).set(custom_fields::place.eq(place as i64 + 1)).execute(conn)?;
    }
    Ok(())
}
