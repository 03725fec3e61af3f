//! `/api/mailboxes` (contract, 4.6): the house's groups.
use super::wire::{Mailbox, Paging};
use crate::actions::{groups, people};
use crate::api::{Answer, Call, cut};
use crate::domain::{Error, Group, PersonId, Role};

/// With `userId` those in whose team that person is; administrators are in every one.
pub async fn index(call: Call) -> Answer {
    let paging = Paging::of(&call);
    let user = call.asked("userId").map(|raw| raw.parse().map(PersonId).map_err(|_| Error::NotFound)).transpose()?;
    let mut groups = call
        .read(move |act| {
            let all = groups::known(act)?.into_iter();
            let Some(user) = user else { return Ok(all.collect::<Vec<Group>>()) };
            let person = people::show(act, user)?;
            let theirs = |group: &Group| person.role == Role::Admin || person.fields.groups.contains(&group.name);
            Ok(all.filter(theirs).collect())
        })
        .await?;
    groups.sort_by_key(|group| group.id);
    let total = groups.len() as i64;
    let page: Vec<Mailbox> = cut(groups, (paging.number, paging.size)).iter().map(mailbox).collect();
    Ok(paging.answer("mailboxes", &page, total))
}

/// Groups have no e-mail, and nobody notes when they change.
fn mailbox(group: &Group) -> Mailbox {
    let at = group.created_at.to_string();
    Mailbox { id: group.id, name: group.name.clone(), email: String::new(), created_at: at.clone(), updated_at: at }
}
