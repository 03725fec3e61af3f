//! `/apiv2/users` (contract, 7.1 to 7.10).
use super::paging::{Paging, order, span, unreadable};
use super::wire::{User, gone, one, placed, url};
use super::{staff_only, translate};
use crate::actions::people::{self, deletion, list};
use crate::actions::{Act, organisations};
use crate::api::{Answer, Call, Fault, cut};
use crate::domain::belonging::Choices;
use crate::domain::merge::Sides;
use crate::domain::{Error, PeopleFilter, PersonId, Place, Role, Sort};
use actix_web::http::StatusCode;

pub async fn index(call: Call) -> Answer {
    let filter = narrowed(&call)?;
    listed(call, filter, |_| Ok(None)).await
}

pub async fn of_organization(call: Call) -> Answer {
    let (id, filter) = (call.id("id")?, narrowed(&call)?);
    listed(call, filter, move |act| Ok(Some(organisations::name(act, id)?))).await
}

fn narrowed(call: &Call) -> Result<PeopleFilter, Fault> {
    let role = |name: &str| Role::ALL.into_iter().find(|role| role.name() == name.trim());
    let named = |names: &str| names.split(',').map(role).collect::<Option<Vec<Role>>>();
    let roles = match call.asked("role") {
        None => vec![],
        Some(names) => named(names).ok_or_else(|| unreadable("role", "must be of admin, agent and end_user"))?,
    };
    let created = span(call, "created_start", "created_end")?;
    let changed = span(call, "updated_start", "updated_end")?;
    Ok(PeopleFilter { roles, created, changed, ..PeopleFilter::default() })
}

/// Of an organisation, if one is named.
async fn listed(
    call: Call,
    filter: PeopleFilter,
    organisation: impl FnOnce(&mut Act) -> Result<Option<String>, Fault> + Send + 'static,
) -> Answer {
    let (paging, sort, origin) = (Paging::of(&call)?, order(&call)?, call.origin.clone());
    let found = call.read(move |act| {
        let filter = PeopleFilter { organisation: organisation(act)?, ..filter };
        page(act, &filter, &sort, paging, &origin)
    });
    let (users, count) = found.await?;
    Ok(paging.answer(&call, "users", users, count))
}

fn page(
    act: &mut Act,
    filter: &PeopleFilter,
    sort: &Sort,
    paging: Paging,
    origin: &str,
) -> Result<(Vec<User>, i64), Fault> {
    let (people, count) = list::numbered(act, filter, sort, paging.bounds())?;
    Ok((translate::users(act, &people, origin)?, count))
}

/// In all that the panel's search looks at, or in the fields that are named (contract, 7.6).
pub async fn search(call: Call) -> Answer {
    let (paging, sort, origin) = (Paging::of(&call)?, order(&call)?, call.origin.clone());
    let q = call.asked("query").ok_or_else(|| unreadable("query", "is required"))?.chars().take(200).collect();
    let place = |name: &str| match name.trim() {
        "name" => Some(Place::Name),
        "email" => Some(Place::Email),
        "phone" => Some(Place::Phone),
        "landline" => Some(Place::Landline),
        "wechat_openid" => Some(Place::Wechat),
        _ => None,
    };
    let named = match call.asked("query_fields") {
        None => None,
        Some(names) => {
            let places = names.split(',').map(place).collect::<Option<Vec<_>>>();
            let must = "must be of name, email, phone, landline and wechat_openid";
            Some(places.ok_or_else(|| unreadable("query_fields", must))?)
        }
    };
    let found = call.read(move |act| {
        let filter = PeopleFilter { q, places: named.unwrap_or_default(), ..PeopleFilter::default() };
        page(act, &filter, &sort, paging, &origin)
    });
    let (users, count) = found.await?;
    Ok(paging.answer(&call, "users", users, count))
}

pub async fn show(call: Call) -> Answer {
    let (id, origin) = (call.person()?, call.origin.clone());
    let user = call.read(move |act| {
        staff_only(act)?;
        let person = people::show(act, id)?;
        Ok(translate::user(act, &person, &origin)?)
    });
    Ok(one("user", &user.await?))
}

/// Staff in full, end users in short.
pub async fn me(call: Call) -> Answer {
    let (id, origin) = (call.caller.actor.id().ok_or(Error::NotFound)?, call.origin.clone());
    let user = call.read(move |act| {
        let person = people::show(act, id)?;
        if !person.role.is_staff() {
            return Ok(translate::oneself(act, &person, &origin)?);
        }
        let user = translate::user(act, &person, &origin)?;
        Ok(serde_json::to_value(user).map_err(Error::broken)?)
    });
    Ok(one("user", &user.await?))
}

/// In the order asked for; unknown ones are left out.
pub async fn show_many(call: Call) -> Answer {
    const MOST: usize = 100;
    let paging = Paging::of(&call)?;
    let must = || unreadable("ids", "must be integers with commas between, 100 at most");
    let read = |raw: &str| raw.trim().parse().map(PersonId).map_err(|_| must());
    let ids = call.asked("ids").ok_or_else(must)?.split(',').map(read).collect::<Result<Vec<_>, _>>()?;
    if ids.len() > MOST {
        return Err(must());
    }
    let origin = call.origin.clone();
    let found = call.read(move |act| {
        staff_only(act)?;
        let people = people::several(act, &ids)?;
        Ok(translate::users(act, &people, &origin)?)
    });
    let users = found.await?;
    let count = users.len() as i64;
    let page = cut(users, paging.bounds());
    Ok(paging.answer(&call, "users", page, count))
}

pub async fn create(call: Call) -> Answer {
    let given = call.given()?.within("user")?;
    let hash = call.hashed(&given, "password").await?;
    let origin = call.origin.clone();
    let made = call.write(move |act| {
        staff_only(act)?;
        let id = translate::create(act, &given, hash)?;
        let person = people::show(act, id)?;
        Ok(translate::user(act, &person, &origin)?)
    });
    let user = made.await?;
    Ok(placed(StatusCode::CREATED, "user", &user, &user.url))
}

pub async fn update(call: Call) -> Answer {
    let (id, given) = (call.person()?, call.given()?.within("user")?);
    let hash = call.hashed(&given, "password").await?;
    let origin = call.origin.clone();
    let changed = call.write(move |act| {
        staff_only(act)?;
        translate::update(act, id, given, hash)?;
        let person = people::show(act, id)?;
        Ok(translate::user(act, &person, &origin)?)
    });
    Ok(one("user", &changed.await?))
}

/// The user of the path goes, the one in the body stays.
pub async fn merge(call: Call) -> Answer {
    let (id, given) = (call.person()?, call.given()?.within("user")?);
    let into = given.number("id")?.map(PersonId).ok_or_else(|| Fault::value("id", "is required"))?;
    let origin = call.origin.clone();
    let merged = call.write(move |act| {
        staff_only(act)?;
        // Whoever is not there is 404, not a fault of the field.
        people::show(act, into)?;
        if people::show(act, id)?.role.is_staff() {
            return Err(Error::invalid("id", "merge.end_users_only").into());
        }
        let seen = people::merge::plan(act, id, into)?.seen;
        people::merge::create(act, id, into, &seen, &Sides::new())?;
        let survivor = people::show(act, into)?;
        Ok(translate::user(act, &survivor, &origin)?)
    });
    let user = merged.await?;
    Ok(placed(StatusCode::OK, "user", &user, &url(&call.origin, "users", into.0)))
}

/// Nobody is named as an heir: open tickets are nobody's, and what the person owned is the caller's from now on.
pub async fn destroy(call: Call) -> Answer {
    let id = call.person()?;
    let heir = call.caller.actor.id().ok_or(Error::NotFound)?;
    call.write_anew(move |act| {
        staff_only(act)?;
        Ok(deletion::outright(act, id, Choices::inherited_by(heir))?)
    })
    .await?;
    Ok(gone())
}
