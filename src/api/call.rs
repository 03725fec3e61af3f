//! A request that was let in.
use super::{Api, Fault, Given};
use crate::actions::credentials::{self, Shown};
use crate::actions::{Act, Caller};
use crate::domain::key::Key;
use crate::domain::password::Hash;
use crate::domain::{Error, NewPassword, PersonId, Role, Target, Verb};
use crate::{App, address};
use actix_web::http::header::HeaderMap;
use actix_web::{HttpMessage, HttpRequest, web};
use std::collections::HashMap;
use tracing_actix_web::RequestId;

/// A body has so many bytes at most.
pub(super) const LARGEST: usize = 1024 * 1024;
/// What meets somebody else at the same is tried so many times.
const TRIES: usize = 8;

pub struct Call {
    pub app: web::Data<App>,
    pub caller: Caller,
    /// Scheme and host as the client wrote them.
    pub origin: String,
    /// Without the query.
    pub path: String,
    /// Of whoever asks.
    pub address: std::net::IpAddr,
    places: HashMap<String, String>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: web::Bytes,
    /// Of the app whose addresses these are, where an API has apps.
    pub app_key: Option<Key>,
}

pub(super) fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default()
}

/// The pairs of a query string, without control characters: no database takes all of them.
pub fn pairs(request: &HttpRequest) -> Vec<(String, String)> {
    let clean = |text: &str| text.chars().filter(|c| !c.is_control()).collect();
    let pairs = url::form_urlencoded::parse(request.query_string().as_bytes());
    pairs.map(|(name, value)| (clean(&name), clean(&value))).collect()
}

impl Call {
    /// Whoever it is from is asked before the body is read.
    pub(super) async fn admit<A: Api>(request: &HttpRequest, body: web::Payload) -> Result<Self, Fault> {
        let app = request.app_data::<web::Data<App>>().cloned().ok_or_else(|| Error::broken("no app"))?;
        let visitor = Caller::visitor(A::DIALECT.door(), request_id(request));
        let shown: Shown = A::shown(request).ok_or(Fault::Stranger)?;
        let found = credentials::identify(&app, &visitor, A::DIALECT, shown, address::of(request)).await?;
        let caller = Caller { actor: found.ok_or(Fault::Stranger)?, ..visitor };
        Self::read_in(request, body, app, caller).await
    }

    /// Of somebody who was let in.
    pub(super) async fn read_in(
        request: &HttpRequest,
        body: web::Payload,
        app: web::Data<App>,
        caller: Caller,
    ) -> Result<Self, Fault> {
        let places = request.match_info().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let body = body.to_bytes_limited(LARGEST).await.map_err(|_| Fault::TooLarge)?;
        let body = body.map_err(|_| Fault::Body("The body could not be read.".into()))?;
        let origin = address::origin(request);
        let (path, address) = (request.path().to_owned(), address::of(request));
        let (query, headers) = (pairs(request), request.headers().clone());
        Ok(Self { app, caller, origin, path, address, places, query, headers, body, app_key: None })
    }

    /// One of several requests that came in this one: its path, the id in that, its body, and the version it asks for.
    pub fn part(&self, path: &str, id: Option<&str>, body: web::Bytes, version: Option<&str>) -> Self {
        use actix_web::http::header::{HeaderValue, IF_MATCH};
        let (app, caller, origin) = (self.app.clone(), self.caller.clone(), self.origin.clone());
        let places = id.map(|id| ("id".to_owned(), id.to_owned())).into_iter().collect();
        let version = version.and_then(|version| HeaderValue::from_str(version).ok());
        let headers = version.map(|version| (IF_MATCH, version)).into_iter().collect();
        let (path, address) = (path.to_owned(), self.address);
        Self { app, caller, origin, path, address, places, query: vec![], headers, body, app_key: None }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A number in the path; whatever else stands there is not found.
    pub fn id(&self, name: &str) -> Result<i64, Fault> {
        let number = self.places.get(name).and_then(|raw| raw.parse().ok()).filter(|id: &i64| *id > 0);
        number.ok_or(Fault::Refused(Error::NotFound))
    }

    pub fn person(&self) -> Result<PersonId, Fault> {
        self.id("id").map(PersonId)
    }

    /// A text in the path.
    pub fn place(&self, name: &str) -> &str {
        self.places.get(name).map_or("", String::as_str)
    }

    /// The first value of this name in the query; a blank one is none.
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(one, _)| one == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Every name and value of the query.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// A whole number of the query from 1, or what there is without.
    pub fn number(&self, name: &str, without: i64) -> i64 {
        self.asked(name).and_then(|raw| raw.parse().ok()).filter(|n: &i64| *n >= 1).unwrap_or(without)
    }

    pub fn has_body(&self) -> bool {
        !self.body.trim_ascii().is_empty()
    }

    /// The body as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The JSON object in the body.
    pub fn given(&self) -> Result<Given, Fault> {
        Given::parse(&self.body)
    }

    /// What stands under this name as a password, hashed; a blank one is none. Only for whoever sets others' passwords:
    /// hashing is dear.
    pub async fn hashed(&self, given: &Given, name: &str) -> Result<Option<Hash>, Fault> {
        let Some(text) = given.text(name)?.filter(|text| !text.is_empty()) else { return Ok(None) };
        self.caller.actor.must_write()?;
        self.caller.actor.must(Verb::SetPassword, Target::New(Role::EndUser))?;
        let new = NewPassword::given(&text).map_err(|key| Error::invalid("password", key))?;
        Ok(Some(self.app.hashing(move || new.hash()).await??))
    }

    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Act) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        Ok(self.app.read(&self.caller, |act| f(act).map_err(Fault::carried)).await?)
    }

    /// One transaction: all of it or nothing.
    pub async fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Act) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        Ok(self.app.write(&self.caller, |act| f(act).map_err(Fault::carried)).await?)
    }

    /// The same, anew when somebody else was just at what this touches: for what no plan was shown of.
    pub async fn write_anew<T: Send + 'static>(
        &self,
        f: impl Fn(&mut Act) -> Result<T, Fault> + Clone + Send + 'static,
    ) -> Result<T, Fault> {
        for _ in 1..TRIES {
            match self.write(f.clone()).await {
                Err(Fault::Refused(Error::Stale)) => {}
                done => return done,
            }
        }
        self.write(f).await
    }
}
