//! Taking back what was done to some people.
use super::people::{bounds::Bounds, list};
use super::turn::{held, permit, write};
use crate::actions::Act;
use crate::domain::deed::{Deed, holds, listed, with, without};
use crate::domain::{Catalogue, Error, Person, PersonId, Result, Status, fold};
use crate::store;
use crate::store::batches::Turned;
use crate::store::jobs::{DONE, UNCHANGED};

/// What became of each: done, unchanged, or the key of why it could not be taken back.
pub fn of(act: &mut Act, deed: &Deed, turned: &[Turned]) -> Result<Vec<(PersonId, String)>> {
    let (bounds, catalogue) = (Bounds::read(act)?, list::catalogue(act)?);
    let ids: Vec<PersonId> = turned.iter().map(|one| one.person).collect();
    let mut known = held(act, &ids)?;
    let (mut events, mut outcomes) = (vec![], vec![]);
    for one in turned {
        let now = known.remove(&one.person);
        let outcome = match then(act, (deed, &bounds, &catalogue), now.as_ref(), one) {
            Ok((now, then)) => match write(act, now, &then)? {
                Some(event) => {
                    events.push(event);
                    DONE.to_owned()
                }
                None => UNCHANGED.to_owned(),
            },
            Err(error) => error.refusal()?,
        };
        outcomes.push((one.person, outcome));
    }
    act.record_all(&events)?;
    Ok(outcomes)
}

/// As they are, and as they would be again.
fn then<'p>(
    act: &mut Act,
    (deed, bounds, catalogue): (&Deed, &Bounds, &Catalogue),
    now: Option<&'p Person>,
    turned: &Turned,
) -> Result<(&'p Person, Person)> {
    let now = now.ok_or(Error::NotFound)?;
    act.actor.must(deed.verb(), now)?;
    let mut then = now.clone();
    match deed {
        Deed::Tag(_) | Deed::Untag(_) => {
            // A tag that was dropped meanwhile does not come back this way.
            let known = store::tags::known(act.conn, &listed(&turned.before))?;
            then.fields.tags = restored(turned, &now.fields.tags, |name| known.contains(&fold(name)));
        }
        Deed::AddToGroups(_) | Deed::RemoveFromGroups(_) => {
            let keys: Vec<String> = listed(&turned.before).iter().map(|name| fold(name)).collect();
            let known = store::groups::by_keys(act.conn, &keys)?;
            then.fields.groups = restored(turned, &now.fields.groups, |name| known.contains_key(&fold(name)));
        }
        _ if fold(&deed.held(now)) != fold(&turned.after) => return Err(Error::Forbidden("batch.changed_since")),
        Deed::Suspend | Deed::Reactivate => {
            then.status = Status::parse(&turned.before).ok_or_else(|| Error::broken("a batch held no status"))?;
        }
        Deed::SetOrganisation(_) => {
            if !turned.before.is_empty() && !store::organisations::is_known(act.conn, &turned.before)? {
                return Err(Error::Forbidden("organisations.unknown"));
            }
            then.fields.organisation = turned.before.clone();
        }
        Deed::SetLanguage(_) => then.fields.language = turned.before.clone(),
        Deed::SetField(name, _) => {
            Deed::SetField(name.clone(), turned.before.clone())
                .change(&mut then.fields, now.role, catalogue)
                .map_err(Error::Forbidden)?;
        }
    }
    permit(act, bounds, now, &then)?;
    Ok((now, then))
}

/// What the batch gave is taken and what it took is given back, where it is known still.
fn restored(turned: &Turned, now: &[String], is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let (before, after) = (listed(&turned.before), listed(&turned.after));
    let mut names = with(&without(now, &without(&after, &before)), &without(&before, &after));
    names.retain(|name| is_known(name) || holds(now, name));
    names
}
