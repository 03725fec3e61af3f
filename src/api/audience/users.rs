//! `/users` (contract, 7.1 to 7.7).
use super::lists::Asked;
use super::staff_only;
use super::translate::{self, spelled, status, user};
use crate::actions::Act;
use crate::actions::people::{self, deletion, list};
use crate::api::{Answer, Call, Fault};
use crate::domain::belonging::Choices;
use crate::domain::{Column, Error, PeopleFilter, PersonId, Role, Sort, Status};
use actix_web::HttpResponse;

/// A request deletes so many at most.
const MOST: usize = 1_000;

pub async fn index(call: Call) -> Answer {
    let asked = Asked::of(&call)?;
    let column = match asked.sort_by.as_deref() {
        None | Some("userId" | "pid") => Column::Added,
        Some("username") => Column::Username,
        Some("status") => Column::Status,
        Some("firstName" | "lastName") => Column::Name,
        Some("email") => Column::Email,
        Some("title") => Column::Title,
        Some("phoneNumber") => Column::Phone,
        Some("isAdmin") => Column::Role,
        Some(_) => return Err(Fault::value("sortBy", "must be a property of users")),
    };
    let sort = Sort { column, descending: asked.descending };
    // Its reference spells the second one like that.
    let groups = call.query().iter().filter(|(name, _)| ["groupId", "groupdId"].contains(&name.as_str()));
    let number = |raw: &str| raw.trim().parse().map_err(|_| Fault::value("groupId", "must be an integer"));
    let in_groups = groups.map(|(_, raw)| number(raw)).collect::<Result<Vec<i64>, Fault>>()?;
    let filter = PeopleFilter { q: asked.search.clone(), in_groups, ..PeopleFilter::default() };
    let bounds = asked.bounds();
    let found = call.read(move |act| {
        let (people, total) = list::numbered(act, &filter, &sort, bounds)?;
        Ok((translate::users(act, &people)?, total))
    });
    let (users, total) = found.await?;
    Ok(asked.answer(&users, total))
}

pub async fn show(call: Call) -> Answer {
    let id = call.person()?;
    let found = call.read(move |act| {
        staff_only(act)?;
        Ok(user(act, id)?)
    });
    Ok(HttpResponse::Ok().json(found.await?))
}

pub async fn create(call: Call) -> Answer {
    let given = spelled(call.given()?);
    for key in ["username", "firstName", "lastName", "email"] {
        if given.text(key)?.is_none_or(|text| text.trim().is_empty()) {
            return Err(Fault::value(key, "is required"));
        }
    }
    let hash = call.hashed(&given, "password").await?;
    let made = call.write(move |act| {
        staff_only(act)?;
        let role = if given.flag("isAdmin")?.unwrap_or(false) { Role::Admin } else { Role::EndUser };
        let blank = people::blank(act, role)?;
        let fields = translate::fields(act, blank, &given)?;
        let status = status(&given)?.unwrap_or(Status::Active);
        let person = people::create(act, people::Draft { fields, role, status }, hash)?;
        Ok(user(act, person.id)?)
    });
    Ok(HttpResponse::Created().json(made.await?))
}

pub async fn update(call: Call) -> Answer {
    let (id, given) = (call.person()?, spelled(call.given()?));
    let changed = call.write(move |act| {
        staff_only(act)?;
        translate::update(act, id, &given)?;
        Ok(user(act, id)?)
    });
    Ok(HttpResponse::Ok().json(changed.await?))
}

pub async fn destroy(call: Call) -> Answer {
    let id = call.person()?;
    call.write_anew(move |act| {
        staff_only(act)?;
        Ok(delete(act, id)?)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// All of them or none; unknown ones are passed over, so that a second try succeeds.
pub async fn destroy_all(call: Call) -> Answer {
    let ids = numbers(&call)?;
    call.write_anew(move |act| {
        staff_only(act)?;
        for id in &ids {
            match delete(act, PersonId(*id)) {
                Ok(()) | Err(Error::NotFound) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Nobody is named as an heir: open tickets are nobody's, and what the person owned is the caller's from now on.
fn delete(act: &mut Act, id: PersonId) -> crate::domain::Result<()> {
    let heir = act.actor.id().ok_or(Error::NotFound)?;
    deletion::outright(act, id, Choices::inherited_by(heir)).map(drop)
}

/// A bare array; its reference prints it in braces.
pub fn numbers(call: &Call) -> Result<Vec<i64>, Fault> {
    let body = call.body().trim_ascii();
    let inner = body.strip_prefix(b"{").and_then(|rest| rest.strip_suffix(b"}")).map(<[u8]>::trim_ascii);
    let body = inner.filter(|inner| inner.starts_with(b"[")).unwrap_or(body);
    let numbers: Vec<i64> =
        serde_json::from_slice(body).map_err(|_| Fault::Body("The body must be an array of numbers.".into()))?;
    if numbers.len() > MOST {
        return Err(Fault::Body(format!("The array may have {MOST} numbers at most.")));
    }
    Ok(numbers)
}
