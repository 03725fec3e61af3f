//! Tickets around users and organizations (contract, 7.11 and 8.2); read only.
use super::paging::{Paging, unreadable};
use super::wire::Ticket;
use super::{dates, staff_only};
use crate::actions::people::{self, named};
use crate::actions::tickets::{self, Followed};
use crate::actions::{Act, organisations};
use crate::api::{Answer, Call, Fault};
use crate::domain::TicketFilter;
use crate::domain::ticket::Holder;

pub async fn requested(call: Call) -> Answer {
    let id = call.person()?;
    listed(call, "requests", move |act| {
        let person = people::show(act, id)?;
        Ok(Some(TicketFilter { requester: Some(person.id), ..TicketFilter::default() }))
    })
    .await
}

pub async fn assigned(call: Call) -> Answer {
    let id = call.person()?;
    listed(call, "tickets", move |act| {
        let person = people::show(act, id)?;
        Ok(Some(TicketFilter { assignee: Some(Holder::Person(person.id)), ..TicketFilter::default() }))
    })
    .await
}

pub async fn of_organization(call: Call) -> Answer {
    let id = call.id("id")?;
    listed(call, "requests", move |act| {
        organisations::name(act, id)?;
        Ok(Some(TicketFilter { organisation: Some(id), ..TicketFilter::default() }))
    })
    .await
}

/// Of whoever has this e-mail or phone; nobody has none.
pub async fn by_indication(call: Call) -> Answer {
    let query = call.asked("query").ok_or_else(|| unreadable("query", "must be an e-mail or a phone"))?.to_owned();
    listed(call, "tickets", move |act| {
        let found = named::by_login(act, &query)?;
        Ok(found.map(|person| TicketFilter { requester: Some(person.id), ..TicketFilter::default() }))
    })
    .await
}

/// The house has no forum.
pub async fn posts(call: Call) -> Answer {
    nothing(call, "posts").await
}

pub async fn questions(call: Call) -> Answer {
    nothing(call, "questions").await
}

async fn nothing(call: Call, name: &str) -> Answer {
    let id = call.person()?;
    listed(call, name, move |act| {
        people::show(act, id)?;
        Ok(None)
    })
    .await
}

/// The tickets that the filter means; without one, none.
async fn listed(
    call: Call,
    name: &str,
    filter: impl FnOnce(&mut Act) -> Result<Option<TicketFilter>, Fault> + Send + 'static,
) -> Answer {
    let paging = Paging::of(&call)?;
    let found = call.read(move |act| {
        staff_only(act)?;
        match filter(act)? {
            Some(filter) => Ok(tickets::numbered(act, &filter, paging.bounds())?),
            None => Ok((vec![], 0)),
        }
    });
    let (list, count) = found.await?;
    Ok(paging.answer(&call, name, list.into_iter().map(told).collect(), count))
}

fn told(Followed { ticket, collaborators }: Followed) -> Ticket {
    Ticket {
        id: ticket.id,
        title: ticket.subject,
        status: ticket.status.name(),
        priority: ticket.priority.name(),
        requester_id: ticket.requester.map(|id| id.0),
        assignee_id: ticket.assignee.map(|id| id.0),
        organization_id: ticket.organisation,
        group_id: ticket.group,
        collaborator_ids: collaborators.into_iter().map(|id| id.0).collect(),
        created_at: dates::written(ticket.created_at),
        updated_at: dates::written(ticket.updated_at),
    }
}
