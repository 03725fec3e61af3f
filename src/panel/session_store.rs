//! Keeps actix-session's sessions in our own table, by the hash of their key.
use super::gate::{PERSON, STANDING};
use crate::App;
use crate::actions::sessions::{self, ABSOLUTE, Opened};
use crate::actions::{Caller, random_code};
use crate::domain::{Door, Error, PersonId, Time};
use actix_session::SessionMiddleware;
use actix_session::config::{CookieContentSecurity, PersistentSession, TtlExtensionPolicy};
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Key, SameSite};
use actix_web::web;
use anyhow::anyhow;
use std::collections::HashMap;

/// Further things the session keeps, copied to columns.
pub const SIGNED_IN_AT: &str = "signed_in_at";
pub const ADDRESS: &str = "address";
pub const DEVICE: &str = "device";
pub const HANDLE: &str = "handle";

type State = HashMap<String, String>;

pub struct Store(web::Data<App>);

/// The middleware, with its cookie as strict as the address allows.
pub fn sessions(app: &web::Data<App>, cookie_key: &str) -> SessionMiddleware<Store> {
    let https = app.is_https();
    let lifetime = Duration::seconds(ABSOLUTE.as_secs() as i64);
    let lifecycle = PersistentSession::default()
        .session_ttl(lifetime)
        .session_ttl_extension_policy(TtlExtensionPolicy::OnEveryRequest);
    SessionMiddleware::builder(Store(app.clone()), Key::derive_from(cookie_key.as_bytes()))
        .cookie_name(if https { "__Host-rollcall" } else { "rollcall" }.into())
        .cookie_secure(https)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_content_security(CookieContentSecurity::Signed)
        .session_lifecycle(lifecycle)
        .build()
}

fn house() -> Caller {
    Caller::visitor(Door::Panel, String::new())
}

impl SessionStore for Store {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let (key, kept) = (key.as_ref().to_owned(), key.as_ref().to_owned());
        let broken = |e: Error| LoadError::Other(anyhow!(e));
        let loaded = self.0.read(&house(), move |act| sessions::load(act, &key)).await.map_err(broken)?;
        let Some(loaded) = loaded else { return Ok(None) };
        if loaded.is_touch_due {
            self.0.write(&house(), move |act| sessions::touch(act, &kept)).await.map_err(broken)?;
        }
        serde_json::from_str(&loaded.state).map(Some).map_err(|e| LoadError::Deserialization(anyhow!(e)))
    }

    async fn save(&self, state: State, _: &Duration) -> Result<SessionKey, SaveError> {
        let key = format!("{}{}", random_code(), random_code());
        let (person, opened) = opened(&state).map_err(SaveError::Serialization)?;
        let kept = key.clone();
        self.0
            .write(&house(), move |act| sessions::save(act, &kept, person, opened))
            .await
            .map_err(|e| SaveError::Other(anyhow!(e)))?;
        SessionKey::try_from(key).map_err(|e| SaveError::Other(anyhow!(e)))
    }

    async fn update(&self, key: SessionKey, state: State, _: &Duration) -> Result<SessionKey, UpdateError> {
        let json = serde_json::to_string(&state).map_err(|e| UpdateError::Serialization(anyhow!(e)))?;
        let kept = key.as_ref().to_owned();
        self.0
            .write(&house(), move |act| sessions::update(act, &kept, &json))
            .await
            .map_err(|e| UpdateError::Other(anyhow!(e)))?;
        Ok(key)
    }

    /// Its use was written down when it was loaded.
    async fn update_ttl(&self, _: &SessionKey, _: &Duration) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let key = key.as_ref().to_owned();
        Ok(self.0.write(&house(), move |act| sessions::drop_key(act, &key)).await?)
    }
}

fn opened(state: &State) -> Result<(PersonId, Opened), anyhow::Error> {
    fn value<T: serde::de::DeserializeOwned>(state: &State, name: &str) -> Result<T, anyhow::Error> {
        Ok(serde_json::from_str(state.get(name).ok_or_else(|| anyhow!("a session without {name}"))?)?)
    }
    let opened = Opened {
        state: serde_json::to_string(state)?,
        address: value(state, ADDRESS)?,
        device: value(state, DEVICE)?,
        handle: value(state, HANDLE)?,
        standing: value(state, STANDING)?,
        signed_in_at: Time::from_micros(value(state, SIGNED_IN_AT)?),
    };
    Ok((PersonId(value(state, PERSON)?), opened))
}
