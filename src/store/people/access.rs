//! Who signs in, who administers, and what agents may do.
use super::{Key, holders};
use crate::domain::{PersonId, Phone, Result, Rights, Role, Status, TicketRestriction, Time, fold};
use crate::store::schema::{agent_profiles, people};
use crate::store::{Conn, each_backend};
use diesel::prelude::*;

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
