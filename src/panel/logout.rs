//! `/logout`: ending this session.
use super::refusal::Answer;
use super::visit::Visit;
use crate::actions::sessions;

pub async fn create(visit: Visit) -> Answer {
    visit.write(sessions::destroy).await?;
    visit.session.purge();
    visit.go(&format!("/login?lang={}", visit.view.language.tag()), Some("done.signed_out"))
}
