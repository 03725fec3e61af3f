//! `/apiv2/organizations` (contract, 8.2).
use super::dates;
use super::paging::{Paging, order, span};
use super::wire::{Organization, gone, one, placed, url};
use crate::actions::organisations::{self, Draft, Wanted};
use crate::api::{Answer, Call, Fault, Given};
use crate::domain::Organisation;
use actix_web::http::StatusCode;

pub async fn index(call: Call) -> Answer {
    let (paging, sort) = (Paging::of(&call)?, order(&call)?);
    let created = span(&call, "created_start", "created_end")?;
    let changed = span(&call, "updated_start", "updated_end")?;
    let wanted = Wanted { created, changed, ..Wanted::default() };
    let found = call.read(move |act| Ok(organisations::numbered(act, &wanted, &sort, paging.bounds())?));
    let (list, count) = found.await?;
    let list = list.into_iter().map(|organisation| told(organisation, &call.origin)).collect();
    Ok(paging.answer(&call, "organizations", list, count))
}

fn told(organisation: Organisation, origin: &str) -> Organization {
    Organization {
        id: organisation.id,
        url: url(origin, "organizations", organisation.id),
        name: organisation.name,
        domain: organisation.domains.join(","),
        description: organisation.description,
        group_id: None,
        organization_fields: vec![],
        created_at: dates::written(organisation.created_at),
        updated_at: dates::written(organisation.updated_at),
    }
}

pub async fn show(call: Call) -> Answer {
    let id = call.id("id")?;
    let found = call.read(move |act| Ok(organisations::show(act, id)?.organisation)).await?;
    Ok(one("organization", &told(found, &call.origin)))
}

/// The original hands an organisation's tickets to this group; here nothing would.
fn no_routing(given: &Given) -> Result<(), Fault> {
    match given.number("group_id")? {
        None | Some(0) => Ok(()),
        Some(_) => Err(Fault::value("group_id", "must be null: organisations hand their tickets to no group")),
    }
}

pub async fn create(call: Call) -> Answer {
    let given = call.given()?.within("organization")?;
    no_routing(&given)?;
    let text = |name: &str| Ok::<_, Fault>(given.text(name)?.unwrap_or_default());
    let draft = Draft::parse(&text("name")?, &text("domain")?, &text("description")?)?;
    let made = call.write(move |act| {
        let id = organisations::create(act, draft)?;
        Ok(organisations::show(act, id)?.organisation)
    });
    let organization = told(made.await?, &call.origin);
    Ok(placed(StatusCode::CREATED, "organization", &organization, &organization.url))
}

/// What is not given stays.
pub async fn update(call: Call) -> Answer {
    let (id, given) = (call.id("id")?, call.given()?.within("organization")?);
    no_routing(&given)?;
    let changed = call.write(move |act| {
        let now = organisations::edit(act, id)?.organisation;
        let name = given.text("name")?.unwrap_or(now.name);
        let domains = given.text("domain")?.unwrap_or_else(|| now.domains.join(","));
        let draft = Draft::parse(&name, &domains, &given.text("description")?.unwrap_or(now.description))?;
        organisations::update(act, id, now.version, draft)?;
        Ok(organisations::show(act, id)?.organisation)
    });
    Ok(one("organization", &told(changed.await?, &call.origin)))
}

/// Its users belong to none from now on.
pub async fn destroy(call: Call) -> Answer {
    let id = call.id("id")?;
    call.write(move |act| {
        let (_, freed) = organisations::plan_deletion(act, id)?;
        Ok(organisations::destroy(act, id, freed)?)
    })
    .await?;
    Ok(gone())
}
