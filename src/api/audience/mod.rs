//! Adobe Audience Manager's API: users and groups of a company, and tokens for them.
mod error;
mod groups;
mod lists;
mod own;
mod permissions;
mod token;
mod translate;
mod users;
mod wire;

use super::{Api, Fault, table};
use crate::actions::Act;
use crate::actions::credentials::Shown;
use crate::domain::Time;
use crate::domain::key::Dialect;
use crate::domain::{Target, Verb};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

pub struct Audience;

impl Api for Audience {
    const DIALECT: Dialect = Dialect::Audience;

    /// With a last slash and without, and with the two slashes of one client before a number (contract, 1).
    fn spellings(path: &str) -> Vec<String> {
        let doubled = path.replacen("/{", "//{", 1);
        let mut all = vec![path.to_owned(), format!("{path}/")];
        all.extend((doubled != path).then_some(doubled));
        all
    }

    fn shown(request: &HttpRequest) -> Option<Shown> {
        let (scheme, token) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| Shown::Token(token.trim().to_owned()))
    }

    fn refuse(fault: &Fault, _: Time) -> HttpResponse {
        error::answer(fault)
    }
}

/// Whoever is no staff sees and changes only themselves.
fn staff_only(act: &mut Act) -> Result<(), Fault> {
    Ok(act.actor.must(Verb::List, Target::House)?)
}

pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/oauth/token").route(web::post().to(token::create)));
    own::routes(cfg);
    everything(cfg);
}

mod table {
    use super::{Audience, groups, own, permissions, users};
    super::table! { Audience, "/v1" or "/api/v1" or "/portal/api/v1" {
        "/users" { get => users::index, post => users::create }
        "/users/self" { get => own::show }
        "/users/self/update" { put => own::update, post => own::update }
        "/users/self/update-password" { put => own::update_password, post => own::update_password }
        "/users/self/reset-password" { put => own::reset_password, post => own::reset_password }
        "/self/update" { put => own::update, post => own::update }
        "/self/update-password" { put => own::update_password, post => own::update_password }
        "/self/reset-password" { put => own::reset_password, post => own::reset_password }
        "/users/bulk-delete" { post => users::destroy_all }
        "/users/{id}" { get => users::show, put => users::update, delete => users::destroy }
        "/groups" { get => groups::index, post => groups::create }
        "/groups/bulk-delete" { delete => groups::destroy_all, post => groups::destroy_all }
        "/groups/{id}/permissions" { get => permissions::index, put => permissions::update }
        "/permissionable-object-types" { get => permissions::types }
        "/permissionable-object-types/{type}" { get => permissions::one_type }
        "/groups/{id}" { get => groups::show, put => groups::update, delete => groups::destroy }
    } }
}
pub use own::TABLE as OWN;
pub use table::TABLE;
use table::routes as everything;
