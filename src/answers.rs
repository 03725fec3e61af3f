//! Answers that still hold. Who asks the same in the same words while nothing was written is given the same answer
//! again, rather than one that is made anew.
use crate::App;
use crate::domain::{Result, Time};
use crate::store::Moment;
use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// So long, because the hour tells on an answer, too: how long ago something was, and whether a key or a session is over.
const HOLDS_FOR: Duration = Duration::from_secs(10);
/// All of them together, and one: in bytes.
const MOST: usize = 4 << 20;
const LARGEST: usize = 256 << 10;
/// What an answer takes beside its body, about.
const HEAD: usize = 2048;

/// Stands in an answer that tells nothing but what the database holds, to whoever may see it. Nothing in the memory of
/// the program and no look at its files may count for it.
pub struct Holds {
    /// The key that was used for it; each use counts.
    pub key: Option<i64>,
}

/// All that one was asked with: address, headers and whom it came from.
type Asked = [u8; 32];

struct Answer {
    headers: HeaderMap,
    body: web::Bytes,
    key: Option<i64>,
    made_at: Time,
}

/// Answers of one moment.
#[derive(Default)]
struct Kept {
    moment: Option<Moment>,
    answers: HashMap<Asked, Answer>,
    bytes: usize,
}

#[derive(Default)]
pub struct Answers {
    kept: Mutex<Kept>,
    told: AtomicU64,
    /// How many asked which moment it is.
    asking: AtomicU64,
    /// Of how many the last look at the database was, and what it saw.
    looked: tokio::sync::Mutex<(u64, Option<Moment>)>,
}

/// Gives an answer that holds, or passes on and keeps the answer if it says that it does.
pub async fn again(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let app = req.app_data::<web::Data<App>>().cloned();
    let (Some(app), Some(asked)) = (app, asked(&req)) else {
        return Ok(next.call(req).await?.map_into_boxed_body());
    };
    // Before anything is read for the answer: what is written meanwhile makes it another moment.
    let moment = app.moment().await.inspect_err(|e| tracing::warn!(cause = %e, "answers are made anew")).ok();
    let known = moment.as_ref().and_then(|moment| app.answers.find(&asked, moment, app.now()));
    if let Some((answer, key)) = known {
        key.into_iter().for_each(|key| app.tally.add(key, app.now()));
        return Ok(req.into_response(answer));
    }
    let answer = next.call(req).await?.map_into_boxed_body();
    let holds = answer.response().extensions().get::<Holds>().map(|holds| holds.key);
    match (moment, holds) {
        (Some(moment), Some(key)) if answer.status() == StatusCode::OK => keep(&app, asked, moment, key, answer).await,
        _ => Ok(answer),
    }
}

/// Nothing for what may change something or comes with more than a head, nor for files of the program's own, which no
/// database tells.
fn asked(req: &ServiceRequest) -> Option<Asked> {
    let has_body =
        [header::CONTENT_LENGTH, header::TRANSFER_ENCODING].iter().any(|name| req.headers().contains_key(name));
    if req.method() != Method::GET || has_body || req.path().starts_with("/static/") {
        return None;
    }
    let mut headers: Vec<(&[u8], &[u8])> =
        req.headers().iter().map(|(name, value)| (name.as_str().as_bytes(), value.as_bytes())).collect();
    headers.sort_by_key(|(name, _)| *name);
    let peer = req.peer_addr().map(|peer| peer.ip().to_string()).unwrap_or_default();
    let target = req.uri().to_string();
    let mut digest = Sha256::new();
    for part in [target.as_bytes(), peer.as_bytes()]
        .into_iter()
        .chain(headers.into_iter().flat_map(|(name, value)| [name, value]))
    {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    Some(digest.finalize().into())
}

async fn keep(
    app: &App,
    asked: Asked,
    moment: Moment,
    key: Option<i64>,
    answer: ServiceResponse,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let made_at = app.now();
    let (req, answer) = answer.into_parts();
    let (answer, body) = answer.into_parts();
    let body = to_bytes(body).await?;
    let kept = Answer { headers: answer.headers().clone(), body: body.clone(), key, made_at };
    app.answers.keep(asked, moment, kept);
    Ok(ServiceResponse::new(req, answer.set_body(BoxBody::new(body))))
}

impl Kept {
    /// In the place of what was told to the same question before.
    fn put(&mut self, asked: Asked, answer: Answer) {
        self.bytes += answer.size();
        let before = self.answers.insert(asked, answer);
        self.bytes -= before.map_or(0, |before| before.size());
    }
}

impl Answers {
    fn find(&self, asked: &Asked, moment: &Moment, now: Time) -> Option<(HttpResponse, Option<i64>)> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = kept.answers.get(asked).filter(|_| kept.moment.as_ref() == Some(moment))?;
        let holds = answer.made_at <= now && now.since(answer.made_at) < HOLDS_FOR;
        holds.then(|| {
            self.told.fetch_add(1, Ordering::Relaxed);
            (answer.told(), answer.key)
        })
    }

    /// Those of another moment go.
    fn keep(&self, asked: Asked, moment: Moment, answer: Answer) {
        if answer.size() > LARGEST {
            return;
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.moment.as_ref() != Some(&moment) || kept.bytes + answer.size() > MOST {
            *kept = Kept { moment: Some(moment), ..Kept::default() };
        }
        kept.put(asked, answer);
    }

    /// How many answers were told again rather than made.
    pub fn told_again(&self) -> u64 {
        self.told.load(Ordering::Relaxed)
    }
}

impl Answer {
    fn size(&self) -> usize {
        HEAD + self.body.len()
    }

    fn told(&self) -> HttpResponse {
        let mut told = HttpResponse::Ok().body(self.body.clone());
        *told.headers_mut() = self.headers.clone();
        told
    }
}

impl App {
    /// Which moment of the database this is. Over a wire one look is for all who asked before it began.
    async fn moment(self: &Arc<Self>) -> Result<Moment> {
        if self.db.is_embedded() {
            return self.db.moment();
        }
        let turn = self.answers.asking.fetch_add(1, Ordering::SeqCst);
        let mut looked = self.answers.looked.lock().await;
        if let (of, Some(moment)) = &*looked
            && turn < *of
        {
            return Ok(moment.clone());
        }
        let of = self.answers.asking.load(Ordering::SeqCst);
        let app = self.clone();
        let moment = web::block(move || app.db.moment()).await.map_err(crate::domain::Error::broken)??;
        *looked = (of, Some(moment.clone()));
        Ok(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_the_place_of_a_longer_answer_gives_its_room_back() {
        let answer = |body: &'static str| Answer {
            headers: HeaderMap::new(),
            body: web::Bytes::from_static(body.as_bytes()),
            key: None,
            made_at: Time::from_micros(0),
        };
        let mut kept = Kept::default();
        kept.put([1; 32], answer("two minutes ago"));
        kept.put([1; 32], answer("just now"));
        kept.put([2; 32], answer(""));
        assert_eq!((kept.answers.len(), kept.bytes), (2, 2 * HEAD + "just now".len()));
    }
}
