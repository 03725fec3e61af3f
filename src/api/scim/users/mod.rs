//! `/Users` (contract, 2 and 4.1).
mod taken;
pub mod told;

use super::attributes::{ENTERPRISE, USER};
use super::list::{self, Query};
use super::schema::Document;
use super::versions::{self, Condition};
use super::{base, given, object, patch, resource, select_of};
use crate::actions::people::{self, deletion};
use crate::actions::{Act, selection};
use crate::api::{Answer, Call, Fault, Given};
use crate::domain::belonging::Choices;
use crate::domain::password::Hash;
use crate::domain::{Error, PersonId};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value};
use taken::Wish;

pub async fn index(call: Call) -> Answer {
    list::show(&call, &USER, Query::of(&call)?).await
}

pub async fn search(call: Call) -> Answer {
    list::show(&call, &USER, Query::sent(&object(&call)?)?).await
}

fn found(act: &mut Act, id: PersonId, base: &str) -> Result<Document, Fault> {
    selection::permit(act)?;
    let person = people::show(act, id)?;
    told::users(act, &[person], base)?.pop().ok_or_else(|| Error::NotFound.into())
}

pub async fn show(call: Call) -> Answer {
    let (id, base, select) = (call.person()?, base(&call), select_of(&call)?);
    let user = call.read(move |act| found(act, id, &base)).await?;
    if versions::is_known(&call, &user) {
        return Ok(HttpResponse::NotModified().finish());
    }
    resource(StatusCode::OK, &USER, user, &select)
}

/// Taken out of the resource: nobody is told it, and it is kept as a hash.
async fn password(call: &Call, new: &mut Document) -> Result<Option<Hash>, Fault> {
    let Some(password) = new.remove("password") else { return Ok(None) };
    call.hashed(&Given::from(Map::from_iter([("password".to_owned(), password)])), "password").await
}

pub async fn create(call: Call) -> Answer {
    let (base, select) = (base(&call), select_of(&call)?);
    let mut new = given::resource(&USER, &object(&call)?)?;
    let hash = password(&call, &mut new).await?;
    let made = call.write(move |act| {
        selection::permit(act)?;
        requires_name(&new)?;
        let person = taken::create(act, &new, hash)?;
        found(act, person.id, &base)
    });
    resource(StatusCode::CREATED, &USER, made.await?, &select)
}

fn requires_name(new: &Document) -> Result<(), Fault> {
    if new.contains_key("userName") { Ok(()) } else { Err(Fault::value("userName", "is required")) }
}

/// What is not sent is cleared, but password, activity and the house's role stay, and so does an extension that the
/// client does not speak of (contract, 2.5).
pub async fn replace(call: Call) -> Answer {
    let (id, base, select, condition) = (call.person()?, base(&call), select_of(&call)?, Condition::of(&call));
    let body = object(&call)?;
    let mut new = given::resource(&USER, &body)?;
    let hash = password(&call, &mut new).await?;
    let changed = call.write(move |act| {
        let old = found(act, id, &base)?;
        condition.hold(&old)?;
        requires_name(&new)?;
        let kept = ["active"].into_iter().chain((!speaks_of_extension(&body)).then_some(ENTERPRISE.urn));
        for name in kept.filter(|name| !new.contains_key(*name)).collect::<Vec<_>>() {
            new.extend(old.get(name).map(|value| (name.to_owned(), value.clone())));
        }
        taken::update(act, id, &Wish { old: &old, new: &new, whole: true }, hash)?;
        found(act, id, &base)
    });
    resource(StatusCode::OK, &USER, changed.await?, &select)
}

fn speaks_of_extension(body: &Map<String, Value>) -> bool {
    let urns = body.get("schemas").and_then(Value::as_array);
    let is_named = |urn: &Value| urn.as_str().is_some_and(|urn| urn.eq_ignore_ascii_case(ENTERPRISE.urn));
    urns.is_some_and(|urns| urns.iter().any(is_named))
        || body.keys().any(|key| key.eq_ignore_ascii_case(ENTERPRISE.urn))
}

pub async fn update(call: Call) -> Answer {
    let (id, base, select, condition) = (call.person()?, base(&call), select_of(&call)?, Condition::of(&call));
    let body = object(&call)?;
    let mut hash = None;
    if Value::from(body.clone()).to_string().to_ascii_lowercase().contains("password") {
        // Read once before: it is hashed outside the transaction.
        let (patch, at) = (body.clone(), base.clone());
        let mut asked = call.read(move |act| Ok(patched(act, id, &patch, &at)?.1)).await?;
        hash = password(&call, &mut asked).await?;
    }
    let changed = call.write(move |act| {
        let (old, mut new) = patched(act, id, &body, &base)?;
        condition.hold(&old)?;
        new.remove("password");
        taken::update(act, id, &Wish { old: &old, new: &new, whole: false }, hash)?;
        found(act, id, &base)
    });
    resource(StatusCode::OK, &USER, changed.await?, &select)
}

/// As it is, and as it would be.
fn patched(act: &mut Act, id: PersonId, body: &Map<String, Value>, base: &str) -> Result<(Document, Document), Fault> {
    let old = found(act, id, base)?;
    let mut new = old.clone();
    patch::apply(&USER, &mut new, body)?;
    Ok((old, new))
}

/// Open tickets are nobody's from now on, and what the person owned is the caller's.
pub async fn destroy(call: Call) -> Answer {
    let (id, base, condition) = (call.person()?, base(&call), Condition::of(&call));
    call.write_anew(move |act| {
        condition.hold(&found(act, id, &base)?)?;
        let heir = act.actor.id().ok_or(Error::NotFound)?;
        deletion::outright(act, id, Choices::inherited_by(heir))?;
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
