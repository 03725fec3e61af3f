//! `/`: on to whatever the reader works with.
use super::refusal::Answer;
use super::visit::Visit;
use crate::domain::Verb;

pub async fn show(visit: Visit) -> Answer {
    let own = visit.caller.actor.id().map_or("/login".into(), |id| format!("/people/{}", id.0));
    let to = if visit.view.can_here(Verb::List) { "/people" } else { &own };
    visit.go(to, None)
}
