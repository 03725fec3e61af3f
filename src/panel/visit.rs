//! One request by one reader: what a handler takes in and answers with.
use super::flash::{self, Flash};
use super::refusal::{Answer, Refusal, SignInFirst};
use super::view::View;
use crate::App;
use crate::actions::Caller;
use crate::answers::Holds;
use crate::domain::{Error, Result};
use actix_session::Session;
use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use std::future::{Ready, ready};
use std::net::IpAddr;

#[derive(Clone)]
pub struct Visit {
    pub app: web::Data<App>,
    pub caller: Caller,
    pub view: View,
    pub session: Session,
    pub address: IpAddr,
    pub query: String,
}

/// A handler that takes a visit serves only people who have signed in.
impl FromRequest for Visit {
    type Error = actix_web::Error;
    type Future = Ready<std::result::Result<Self, actix_web::Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match req.extensions().get::<Self>() {
            Some(visit) if visit.view.reader.is_some() => Ok(visit.clone()),
            _ => Err(SignInFirst.into()),
        })
    }
}

/// A visit by anybody, for the few pages in front of the sign-in.
pub struct Guest(pub Visit);

impl FromRequest for Guest {
    type Error = actix_web::Error;
    type Future = Ready<std::result::Result<Self, actix_web::Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let visit = req.extensions().get::<Visit>().cloned();
        ready(visit.map(Guest).ok_or_else(|| Refusal(Error::broken("the gate did not open")).into()))
    }
}

impl Visit {
    /// A page, or the part of it that was asked for.
    pub fn answer(&self, status: StatusCode, html: askama::Result<String>) -> Answer {
        let html = html.map_err(|e| Refusal(Error::broken(e)))?;
        let mut answer = HttpResponse::build(status);
        answer.content_type("text/html; charset=utf-8");
        answer
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::VARY, "HX-Request, Cookie, Accept-Language"));
        if self.view.flash.is_some() && !self.view.htmx {
            answer.cookie(flash::said());
        }
        Ok(answer.body(html))
    }

    pub fn ok(&self, html: askama::Result<String>) -> Answer {
        self.answer(StatusCode::OK, html)
    }

    /// A page that tells nothing but what the database holds.
    pub fn held(&self, html: askama::Result<String>) -> Answer {
        let mut answer = self.ok(html)?;
        answer.extensions_mut().insert(Holds { key: None });
        Ok(answer)
    }

    /// On to another page, which says what was done.
    pub fn go(&self, to: &str, done: Option<&'static str>) -> Answer {
        self.go_saying(to, done.map(|key| Flash::new(key, vec![])))
    }

    pub fn go_saying(&self, to: &str, done: Option<Flash>) -> Answer {
        let mut answer = if self.view.htmx { HttpResponse::Ok() } else { HttpResponse::SeeOther() };
        answer.insert_header((if self.view.htmx { "HX-Redirect" } else { "Location" }, to));
        if let Some(flash) = done {
            answer.cookie(flash.carry(self.app.is_https()));
        }
        Ok(answer.finish())
    }

    /// The handle of the session that asks.
    pub fn session_handle(&self) -> Option<String> {
        self.session.get::<String>(super::session_store::HANDLE).unwrap_or(None)
    }

    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut crate::actions::Act) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.app.read(&self.caller, f).await
    }

    pub async fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut crate::actions::Act) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.app.write(&self.caller, f).await
    }
}
