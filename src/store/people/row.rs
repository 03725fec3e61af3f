//! A person as a row, both ways.
use crate::domain::{Email, Error, Fields, Person, PersonId, Phone, Result, Role, Status, Time, Username, fold};
use crate::store::schema::people;
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct Row {
    pub id: i64,
    uid: String,
    username: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    pub name_key: String,
    name: String,
    first_name: String,
    last_name: String,
    title: String,
    bio: String,
    details: String,
    notes: String,
    remark: String,
    language: String,
    timezone: String,
    avatar: Option<String>,
    pub role: i16,
    pub status: i16,
    tier: i16,
    kind: i16,
    pub organisation_id: Option<i64>,
    pub organisation_key: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub last_login_at: i64,
    version: i64,
}

/// The columns that a change of fields, role or status writes.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = people, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Values {
    username: Option<String>,
    username_key: Option<String>,
    email: Option<String>,
    email_key: Option<String>,
    phone: Option<String>,
    phone_key: Option<String>,
    name: String,
    name_key: String,
    first_name: String,
    last_name: String,
    title: String,
    bio: String,
    details: String,
    notes: String,
    remark: String,
    language: String,
    timezone: String,
    role: i16,
    status: i16,
    tier: i16,
    kind: i16,
    organisation_id: Option<i64>,
    organisation_key: String,
    pub search_text: String,
    updated_at: i64,
}

#[derive(Insertable)]
#[diesel(table_name = people, treat_none_as_default_value = false)]
pub struct NewRow {
    uid: String,
    created_at: i64,
    last_login_at: i64,
    version: i64,
    #[diesel(embed)]
    pub values: Values,
}

/// Somebody about to be made.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub uid: Uuid,
    pub fields: Fields,
    pub role: Role,
    pub status: Status,
    pub created_at: Time,
    pub last_login_at: Option<Time>,
}

pub fn new_row(new: &NewPerson, organisations: &HashMap<String, i64>, search_text: String, now: Time) -> NewRow {
    NewRow {
        uid: new.uid.to_string(),
        created_at: new.created_at.micros(),
        last_login_at: new.last_login_at.map_or(0, Time::micros),
        version: 1,
        values: values(&new.fields, (new.role, new.status), organisations, search_text, now),
    }
}

pub fn values(
    fields: &Fields,
    (role, status): (Role, Status),
    organisations: &HashMap<String, i64>,
    search_text: String,
    now: Time,
) -> Values {
    let organisation_key = fold(&fields.organisation);
    Values {
        username: fields.username.as_ref().map(|u| u.as_str().into()),
        username_key: fields.username.as_ref().map(Username::key),
        email: fields.email.as_ref().map(|e| e.as_str().into()),
        email_key: fields.email.as_ref().map(Email::key),
        phone: fields.phone.as_ref().map(|p| p.as_str().into()),
        phone_key: fields.phone.as_ref().map(Phone::key),
        name: fields.name.clone(),
        name_key: fold(&fields.label().unwrap_or_default()),
        first_name: fields.first_name.clone(),
        last_name: fields.last_name.clone(),
        title: fields.title.clone(),
        bio: fields.bio.clone(),
        details: fields.details.clone(),
        notes: fields.notes.clone(),
        remark: fields.remark.clone(),
        language: fields.language.clone(),
        timezone: fields.timezone.clone(),
        role: role as i16,
        status: status as i16,
        tier: fields.tier,
        kind: fields.kind,
        organisation_id: organisations.get(&organisation_key).copied(),
        organisation_key,
        search_text,
        updated_at: now.micros(),
    }
}

/// What other tables hold of a person.
#[derive(Default)]
pub struct Related {
    pub organisation: String,
    pub tags: Vec<String>,
    pub groups: Vec<String>,
    pub custom: BTreeMap<String, String>,
}

impl Row {
    pub fn into_person(self, related: Related) -> Result<Person> {
        let corrupt = |column: &str| Error::broken(format!("person {} holds an unreadable {column}", self.id));
        let fields = Fields {
            name: self.name,
            first_name: self.first_name,
            last_name: self.last_name,
            title: self.title,
            email: self.email.map(Email::kept),
            phone: self.phone.map(Phone::kept),
            username: self.username.map(Username::kept),
            organisation: related.organisation,
            groups: related.groups,
            tags: related.tags,
            language: self.language,
            timezone: self.timezone,
            tier: self.tier,
            kind: self.kind,
            bio: self.bio,
            details: self.details,
            notes: self.notes,
            remark: self.remark,
            custom: related.custom,
        };
        Ok(Person {
            id: PersonId(self.id),
            uid: Uuid::parse_str(&self.uid).map_err(Error::broken)?,
            fields,
            avatar: self.avatar,
            role: *Role::ALL.get(self.role as usize).ok_or_else(|| corrupt("role"))?,
            status: *Status::ALL.get(self.status as usize).ok_or_else(|| corrupt("status"))?,
            created_at: Time::from_micros(self.created_at),
            updated_at: Time::from_micros(self.updated_at),
            last_login_at: (self.last_login_at != 0).then(|| Time::from_micros(self.last_login_at)),
            version: self.version,
        })
    }
}
