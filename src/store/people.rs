//! People as rows.
use super::schema::{agent_profiles, organisations, people};
use super::{BATCH, Conn, each_backend, organisations as organisation_rows, search, tags};
use crate::domain::{
    Email, Error, Fields, Person, PersonId, Phone, Result, Rights, Role, Scope, Status, TicketRestriction, Time, Username, fold,
};
use diesel::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
pub(super) struct Row {
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
    pub role: i16,
    pub status: i16,
    tier: i16,
    kind: i16,
    organisation_id: Option<i64>,
    pub organisation_key: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub last_login_at: i64,
    version: i64,
}

/// The columns that a change of fields, role or status writes.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = people, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Values {
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
    search_text: String,
    updated_at: i64,
    last_login_at: i64,
}

#[derive(Insertable)]
#[diesel(table_name = people, treat_none_as_default_value = false)]
struct NewRow {
    uid: String,
    created_at: i64,
    version: i64,
    #[diesel(embed)]
    values: Values,
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

/// Unknown and out of scope answer alike.
pub fn find(conn: &mut Conn, scope: Scope, id: PersonId) -> Result<Person> {
    find_many(conn, scope, &[id])?.pop().ok_or(Error::NotFound)
}

/// In no particular order; unknown ones and those out of scope are left out.
pub fn find_many(conn: &mut Conn, scope: Scope, ids: &[PersonId]) -> Result<Vec<Person>> {
    let mut rows: Vec<Row> = vec![];
    let ids: Vec<i64> = ids.iter().filter(|id| in_scope(scope, **id)).map(|id| id.0).collect();
    for part in ids.chunks(BATCH) {
        rows.extend(people::table.filter(people::id.eq_any(part)).select(Row::as_select()).load(conn)?);
    }
    complete(conn, rows)
}

fn in_scope(scope: Scope, id: PersonId) -> bool {
    match scope {
        Scope::Everyone => true,
        Scope::Only(me) => me == id,
        Scope::Nobody => false,
    }
}

/// One of the four values by which a person is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    Uid,
    Email,
    Phone,
    Username,
}

/// Who holds these values, folded; values nobody holds are left out.
pub fn holders(conn: &mut Conn, key: Key, values: &[String]) -> Result<HashMap<String, PersonId>> {
    let mut found = HashMap::new();
    for part in values.chunks(BATCH) {
        let rows: Vec<(Option<String>, i64)> = match key {
            Key::Uid => {
                people::table.filter(people::uid.eq_any(part)).select((people::uid.nullable(), people::id)).load(conn)?
            }
            Key::Email => people::table.filter(people::email_key.eq_any(part)).select((people::email_key, people::id)).load(conn)?,
            Key::Phone => people::table.filter(people::phone_key.eq_any(part)).select((people::phone_key, people::id)).load(conn)?,
            Key::Username => {
                people::table.filter(people::username_key.eq_any(part)).select((people::username_key, people::id)).load(conn)?
            }
        };
        found.extend(rows.into_iter().filter_map(|(value, id)| Some((value?, PersonId(id)))));
    }
    Ok(found)
}

/// Whoever signs in by this: by e-mail, else username, else phone.
pub fn by_login(conn: &mut Conn, login: &str) -> Result<Option<PersonId>> {
    if login.contains(char::is_control) {
        return Ok(None);
    }
    let phone = Phone::parse(login).ok().map(|phone| phone.key());
    let tries = [(Key::Email, Some(fold(login))), (Key::Username, Some(fold(login))), (Key::Phone, phone)];
    for (key, value) in tries {
        let Some(value) = value else { continue };
        if let Some(id) = holders(conn, key, std::slice::from_ref(&value))?.remove(&value) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Makes them all; answers their ids in the same order.
pub fn insert(conn: &mut Conn, new: &[NewPerson], now: Time) -> Result<Vec<PersonId>> {
    let names: Vec<String> = new.iter().map(|one| one.fields.organisation.clone()).collect();
    let organisations = organisation_rows::ensure(conn, &names, now)?;
    let mut ids = vec![];
    for part in new.chunks(BATCH) {
        let rows: Vec<NewRow> = part.iter().map(|one| new_row(one, &organisations, now)).collect();
        let texts: Vec<String> = rows.iter().map(|row| row.values.search_text.clone()).collect();
        let made: Vec<(String, i64)> = each_backend!(conn, |c| {
            diesel::insert_into(people::table).values(rows).returning((people::uid, people::id)).get_results(c)
        })?;
        let by_uid: HashMap<String, i64> = made.into_iter().collect();
        let part_ids: Vec<PersonId> = part.iter().map(|one| PersonId(by_uid[&one.uid.to_string()])).collect();
        let indexed: Vec<_> = part_ids.iter().copied().zip(texts.iter().map(String::as_str)).collect();
        search::add(conn, &indexed)?;
        ids.extend(part_ids);
    }
    let tagged: Vec<_> = ids.iter().zip(new).map(|(id, one)| (*id, one.fields.tags.as_slice())).collect();
    tags::attach(conn, &tagged)?;
    for (id, _) in ids.iter().zip(new).filter(|(_, one)| one.role == Role::Agent) {
        set_rights(conn, *id, Rights::default())?;
    }
    Ok(ids)
}

/// Writes fields, role, status and last sign-in, if nobody else has written since `version`.
pub fn update(conn: &mut Conn, person: &Person, now: Time) -> Result<()> {
    let organisations = organisation_rows::ensure(conn, std::slice::from_ref(&person.fields.organisation), now)?;
    let values = values(&person.fields, person.role, person.status, person.last_login_at, &organisations, now);
    let text = values.search_text.clone();
    let row = people::table.find(person.id.0).filter(people::version.eq(person.version));
    let written = diesel::update(row).set((values, people::version.eq(person.version + 1))).execute(conn)?;
    if written == 0 {
        return Err(Error::Stale);
    }
    tags::replace(conn, person.id, &person.fields.tags)?;
    search::replace(conn, person.id, &text)
}

pub fn set_last_login(conn: &mut Conn, id: PersonId, now: Time) -> Result<()> {
    diesel::update(people::table.find(id.0)).set(people::last_login_at.eq(now.micros())).execute(conn)?;
    Ok(())
}

/// How many administrators can act; on PostgreSQL their rows stay locked until the transaction ends,
/// so that two of them cannot leave at once.
pub fn active_admins(conn: &mut Conn) -> Result<Vec<PersonId>> {
    let query = people::table
        .filter(people::role.eq(Role::Admin as i16).and(people::status.eq(Status::Active as i16)))
        .order(people::id)
        .select(people::id);
    let ids: Vec<i64> = match conn {
        Conn::Postgres(c) => query.for_update().load(c)?,
        Conn::Sqlite(c) => query.load(c)?,
    };
    Ok(ids.into_iter().map(PersonId).collect())
}

pub fn any_admin(conn: &mut Conn) -> Result<bool> {
    let admins = people::table.filter(people::role.eq(Role::Admin as i16));
    Ok(diesel::select(diesel::dsl::exists(admins)).get_result(conn)?)
}

pub fn rights(conn: &mut Conn, id: PersonId) -> Result<Rights> {
    use agent_profiles::*;
    let columns = (manage_people, public_comments, moderator, ticket_restriction);
    let found: Option<(bool, bool, bool, i16)> = table.find(id.0).select(columns).first(conn).optional()?;
    Ok(found.map_or_else(Rights::default, |(manage, public, moderates, tickets)| Rights {
        manage_people: manage,
        public_comments: public,
        moderator: moderates,
        tickets: TicketRestriction::ALL[tickets.clamp(0, 2) as usize],
    }))
}

pub fn set_rights(conn: &mut Conn, id: PersonId, rights: Rights) -> Result<()> {
    use agent_profiles as a;
    let values = (
        a::manage_people.eq(rights.manage_people),
        a::public_comments.eq(rights.public_comments),
        a::moderator.eq(rights.moderator),
        a::ticket_restriction.eq(rights.tickets as i16),
    );
    let row = (a::person_id.eq(id.0), a::display_name.eq(""), a::signature.eq(""), values);
    each_backend!(conn, |c| {
        diesel::insert_into(a::table).values(row).on_conflict(a::person_id).do_update().set(values).execute(c)
    })?;
    Ok(())
}

fn new_row(new: &NewPerson, organisations: &HashMap<String, i64>, now: Time) -> NewRow {
    NewRow {
        uid: new.uid.to_string(),
        created_at: new.created_at.micros(),
        version: 1,
        values: values(&new.fields, new.role, new.status, new.last_login_at, organisations, now),
    }
}

fn values(fields: &Fields, role: Role, status: Status, seen: Option<Time>, organisations: &HashMap<String, i64>, now: Time) -> Values {
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
        search_text: search::text_of(fields),
        updated_at: now.micros(),
        last_login_at: seen.map_or(0, Time::micros),
    }
}

/// Adds what other tables hold: the organisations' names and the tags.
pub(super) fn complete(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Person>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut tags = tags::of(conn, &ids)?;
    let mut names: HashMap<i64, String> = HashMap::new();
    let mut wanted: Vec<i64> = rows.iter().filter_map(|row| row.organisation_id).collect();
    wanted.sort_unstable();
    wanted.dedup();
    for part in wanted.chunks(BATCH) {
        let found: Vec<(i64, String)> = organisations::table
            .filter(organisations::id.eq_any(part))
            .select((organisations::id, organisations::name))
            .load(conn)?;
        names.extend(found);
    }
    rows.into_iter()
        .map(|row| {
            let tags = tags.remove(&row.id).unwrap_or_default();
            let organisation = row.organisation_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
            row.into_person(organisation, tags)
        })
        .collect()
}

impl Row {
    fn into_person(self, organisation: String, tags: Vec<String>) -> Result<Person> {
        let corrupt = |column: &str| Error::broken(format!("person {} holds an unreadable {column}", self.id));
        let fields = Fields {
            name: self.name,
            first_name: self.first_name,
            last_name: self.last_name,
            title: self.title,
            email: self.email.map(|e| Email::parse(&e)).transpose().map_err(|_| corrupt("email"))?,
            phone: self.phone.map(|p| Phone::parse(&p)).transpose().map_err(|_| corrupt("phone"))?,
            username: self.username.map(|u| Username::parse(&u)).transpose().map_err(|_| corrupt("username"))?,
            organisation,
            tags,
            language: self.language,
            timezone: self.timezone,
            tier: self.tier,
            kind: self.kind,
            bio: self.bio,
            details: self.details,
            notes: self.notes,
            remark: self.remark,
        };
        Ok(Person {
            id: PersonId(self.id),
            uid: Uuid::parse_str(&self.uid).map_err(Error::broken)?,
            fields,
            role: *Role::ALL.get(self.role as usize).ok_or_else(|| corrupt("role"))?,
            status: *Status::ALL.get(self.status as usize).ok_or_else(|| corrupt("status"))?,
            created_at: Time::from_micros(self.created_at),
            updated_at: Time::from_micros(self.updated_at),
            last_login_at: (self.last_login_at != 0).then(|| Time::from_micros(self.last_login_at)),
            version: self.version,
        })
    }
}
