//! Who signs in, who administers, and what agents may do.
use super::{Key, holders};
use crate::domain::{
    Error, PersonId, Phone, Powers, Profile, Result, Rights, Role, Standing, Status, TicketRestriction, Time, fold,
};
use crate::store::schema::{agent_profiles, passwords, people};
use crate::store::written::among;
use crate::store::{Conn, each_backend, roles};
use diesel::prelude::*;
use std::collections::HashMap;

/// In bytes; more is nobody's address, number or name.
const LONGEST_LOGIN: usize = 1_024;

/// Whoever signs in by this, in the order in which they count: by e-mail, by phone, by username. More than
/// one only when somebody's username is another's address or number.
pub fn by_login(conn: &mut Conn, login: &str) -> Result<Vec<PersonId>> {
    let mut found = vec![];
    for (key, value) in tries(login) {
        let holder = holders(conn, key, std::slice::from_ref(&value))?.remove(&value);
        found.extend(holder.filter(|id| !found.contains(id)));
    }
    Ok(found)
}

/// The first of [`by_login`].
pub fn first_by_login(conn: &mut Conn, login: &str) -> Result<Option<PersonId>> {
    for (key, value) in tries(login) {
        if let Some(holder) = holders(conn, key, std::slice::from_ref(&value))?.remove(&value) {
            return Ok(Some(holder));
        }
    }
    Ok(None)
}

/// What a login may be, in the order in which it counts.
fn tries(login: &str) -> Vec<(Key, String)> {
    if login.len() > LONGEST_LOGIN || login.contains(char::is_control) {
        return vec![];
    }
    let phone = Phone::parse(login).ok().map(|phone| (Key::Phone, phone.key()));
    [Some((Key::Email, fold(login))), phone, Some((Key::Username, fold(login)))].into_iter().flatten().collect()
}

/// Something about them was changed that stands in another table.
pub fn touch(conn: &mut Conn, id: PersonId, now: Time) -> Result<()> {
    let row = diesel::update(people::table.find(id.0));
    row.set((people::updated_at.eq(now.micros()), people::version.eq(people::version + 1))).execute(conn)?;
    Ok(())
}

/// What somebody is and may do at this moment; nothing when they are gone.
pub fn standing(conn: &mut Conn, id: PersonId) -> Result<Option<(Status, Standing)>> {
    let columns = (people::role, people::status);
    let found = each_backend!(conn, |c| people::table.find(id.0).select(columns).first::<(i16, i16)>(c).optional())?;
    let Some((role, status)) = found else { return Ok(None) };
    let unreadable = || Error::broken(format!("person {} holds an unreadable role or status", id.0));
    let role = *Role::ALL.get(role as usize).ok_or_else(unreadable)?;
    let status = *Status::ALL.get(status as usize).ok_or_else(unreadable)?;
    Ok(Some((status, Standing::new(role, powers(conn, id)?))))
}

/// Keeps others from changing the person until the transaction ends; on SQLite nobody can anyway.
pub fn lock(conn: &mut Conn, id: PersonId) -> Result<()> {
    if let Conn::Postgres(c) = conn {
        people::table.find(id.0).select(people::id).for_update().first::<i64>(c)?;
    }
    Ok(())
}

/// The same for several, in the order of their numbers, so that nobody waits for whoever waits for them.
pub fn lock_all(conn: &mut Conn, ids: &[PersonId]) -> Result<()> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let theirs = people::table.filter(among(conn, "people.id", &ids)).order(people::id);
    if let Conn::Postgres(c) = conn {
        theirs.select(people::id).for_update().load::<i64>(c)?;
    }
    Ok(())
}

/// Only ever forward: a later sign-in that is known already stays.
pub fn set_last_login(conn: &mut Conn, id: PersonId, now: Time) -> Result<()> {
    let row = people::table.find(id.0).filter(people::last_login_at.lt(now.micros()));
    diesel::update(row).set(people::last_login_at.eq(now.micros())).execute(conn)?;
    Ok(())
}

/// Those that people chose: a temporary one opens the door once, if somebody passes it on.
#[diesel::dsl::auto_type]
fn own_passwords() -> _ {
    passwords::table.filter(passwords::temporary_until.eq(0_i64))
}

/// The administrators who can sign in; on PostgreSQL their rows stay locked until the transaction ends,
/// so that two of them cannot leave at once.
pub fn active_admins(conn: &mut Conn) -> Result<Vec<PersonId>> {
    let query = people::table
        .filter(people::role.eq(Role::Admin as i16).and(people::status.eq(Status::Active as i16)))
        .filter(people::id.eq_any(own_passwords().select(passwords::person_id)))
        .order(people::id)
        .select(people::id);
    let ids: Vec<i64> = match conn {
        Conn::Postgres(c) => query.for_update().load(c)?,
        Conn::Sqlite(c) => query.load(c)?,
    };
    Ok(ids.into_iter().map(PersonId).collect())
}

/// Whether anybody ever could administer this house; one who was imported without a password could not.
pub fn any_admin(conn: &mut Conn) -> Result<bool> {
    let admins = people::table
        .filter(people::role.eq(Role::Admin as i16))
        .filter(people::id.eq_any(passwords::table.select(passwords::person_id)));
    Ok(diesel::select(diesel::dsl::exists(admins)).get_result(conn)?)
}

/// An agent's powers: those of the custom role if there is one, else the four rights.
pub fn powers(conn: &mut Conn, id: PersonId) -> Result<Powers> {
    let profile = profile(conn, id)?;
    match profile.custom_role {
        // A role that went meanwhile allows nothing, rather than more than before.
        Some(role) => Ok(roles::find_if_any(conn, role)?.map_or(Powers::NONE, |role| role.powers)),
        None => Ok(profile.rights.powers()),
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = agent_profiles, treat_none_as_null = true, treat_none_as_default_value = false)]
struct ProfileRow {
    display_name: String,
    signature: String,
    moderator: bool,
    public_comments: bool,
    manage_people: bool,
    ticket_restriction: i16,
    custom_role_id: Option<i64>,
}

/// Of somebody who never had one, what every agent starts with.
pub fn profile(conn: &mut Conn, id: PersonId) -> Result<Profile> {
    Ok(profiles(conn, &[id])?.remove(&id).unwrap_or_default())
}

/// Of several people; those who never had one are left out.
pub fn profiles(conn: &mut Conn, ids: &[PersonId]) -> Result<HashMap<PersonId, Profile>> {
    use agent_profiles as a;
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let theirs = a::table.filter(among(conn, "agent_profiles.person_id", &ids));
    let rows: Vec<(i64, ProfileRow)> =
        each_backend!(conn, |c| theirs.select((a::person_id, ProfileRow::as_select())).load(c))?;
    Ok(rows.into_iter().map(|(id, row)| (PersonId(id), row.into())).collect())
}

impl From<&Profile> for ProfileRow {
    fn from(profile: &Profile) -> Self {
        Self {
            display_name: profile.display_name.clone(),
            signature: profile.signature.clone(),
            moderator: profile.rights.moderator,
            public_comments: profile.rights.public_comments,
            manage_people: profile.rights.manage_people,
            ticket_restriction: profile.rights.tickets as i16,
            custom_role_id: profile.custom_role,
        }
    }
}

impl From<ProfileRow> for Profile {
    fn from(row: ProfileRow) -> Self {
        let rights = Rights {
            manage_people: row.manage_people,
            public_comments: row.public_comments,
            moderator: row.moderator,
            tickets: TicketRestriction::ALL[row.ticket_restriction.clamp(0, 2) as usize],
        };
        let (display_name, signature, custom_role) = (row.display_name, row.signature, row.custom_role_id);
        Self { display_name, signature, rights, custom_role }
    }
}

/// Display name and signature, and nothing that gives power.
pub fn set_appearance(conn: &mut Conn, id: PersonId, display_name: &str, signature: &str) -> Result<()> {
    use agent_profiles as a;
    let values = (a::display_name.eq(display_name), a::signature.eq(signature));
    let written = diesel::update(a::table.find(id.0)).set(values).execute(conn)?;
    if written == 0 {
        let profile = Profile { display_name: display_name.into(), signature: signature.into(), ..Profile::default() };
        set_profile(conn, id, &profile)?;
    }
    Ok(())
}

/// The one that agents start with, unless they have one.
pub fn keep_profile(conn: &mut Conn, id: PersonId) -> Result<()> {
    use agent_profiles as a;
    let values = (a::person_id.eq(id.0), ProfileRow::from(&Profile::default()));
    each_backend!(conn, |c| {
        diesel::insert_into(a::table).values(values).on_conflict(a::person_id).do_nothing().execute(c)
    })?;
    Ok(())
}

pub fn set_profile(conn: &mut Conn, id: PersonId, profile: &Profile) -> Result<()> {
    use agent_profiles as a;
    let row = || ProfileRow::from(profile);
    each_backend!(conn, |c| {
        diesel::insert_into(a::table)
            .values((a::person_id.eq(id.0), row()))
            .on_conflict(a::person_id)
            .do_update()
            .set(row())
            .execute(c)
    })?;
    Ok(())
}
