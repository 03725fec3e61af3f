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
use crate::domain::manual::{Route, text, told};
use crate::domain::{Target, Verb};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

pub struct Audience;

impl Api for Audience {
    const DIALECT: Dialect = Dialect::Audience;

    /// Tokens end.
    const HOLDS: bool = false;

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

/// Beside the tables: it knows no caller yet.
pub const TOKEN: Route = Route {
    method: "post",
    path: "/oauth/token",
    doc: told("A token, by a password, by the second token of a pair, or for the client itself").form(&[
        text("grant_type", "password, refresh_token or client_credentials").required("client_credentials"),
        text("username", "of a password"),
        text("password", "theirs"),
        text("refresh_token", "the second token of a pair"),
        text("client_id", "where there is no Basic"),
        text("client_secret", "where there is no Basic"),
    ]),
};

pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/oauth/token").route(web::post().to(token::create)));
    own::routes(cfg);
    everything(cfg);
}

mod table {
    use super::{Audience, groups, own, permissions, users};
    use crate::domain::manual::{Param, integer, text, told};

    const LISTS: &[Param] = &[
        integer("page", "from 0"),
        integer("pageSize", "unless said otherwise, 10"),
        text("sortBy", "a property"),
        text("descending", "true or false"),
        text("search", "what any value contains"),
    ];
    const USERS: &[Param] = &[
        integer("groupId", "those in this group; may be repeated"),
        integer("page", "from 0"),
        integer("pageSize", "unless said otherwise, 10"),
        text("sortBy", "a property"),
        text("descending", "true or false"),
        text("search", "what any value contains"),
    ];

    super::table! { Audience, "/v1" or "/api/v1" or "/portal/api/v1" {
        "/users" {
            get => users::index: told("Everybody in reach; a bare list unless pages are asked for").asks(USERS),
            post => users::create: told("Somebody new").takes(r#"{"username":"ada","firstName":"Ada","lastName":"Marsh","email":"ada@example.org","groups":[1],"isAdmin":false}"#).gives(201),
        }
        "/users/self" {
            get => own::show: told("Oneself"),
        }
        "/users/self/update" {
            put => own::update: own::UPDATE,
            post => own::update: own::UPDATE,
        }
        "/users/self/update-password" {
            put => own::update_password: own::UPDATE_PASSWORD,
            post => own::update_password: own::UPDATE_PASSWORD,
        }
        "/users/self/reset-password" {
            put => own::reset_password: own::RESET_PASSWORD,
            post => own::reset_password: own::RESET_PASSWORD,
        }
        "/self/update" {
            put => own::update: own::UPDATE,
            post => own::update: own::UPDATE,
        }
        "/self/update-password" {
            put => own::update_password: own::UPDATE_PASSWORD,
            post => own::update_password: own::UPDATE_PASSWORD,
        }
        "/self/reset-password" {
            put => own::reset_password: own::RESET_PASSWORD,
            post => own::reset_password: own::RESET_PASSWORD,
        }
        "/users/bulk-delete" {
            post => users::destroy_all: told("Deletes all of them or none; unknown ones are passed over").takes("[1,2]").gives(204),
        }
        "/users/{id}" {
            get => users::show: told("Somebody"),
            put => users::update: told("Changes somebody; what is not sent stays").takes(r#"{"status":"INACTIVE","phoneNumber":"+8613800003818"}"#),
            delete => users::destroy: told("Deletes somebody").gives(204),
        }
        "/groups" {
            get => groups::index: told("All groups in reach").asks(LISTS),
            post => groups::create: told("A new group").takes(r#"{"name":"Analysts","description":"They count.","users":[1]}"#).gives(201),
        }
        "/groups/bulk-delete" {
            delete => groups::destroy_all: told("Deletes all of them or none").takes("[1]").gives(204),
            post => groups::destroy_all: told("Deletes all of them or none").takes("[1]").gives(204),
        }
        "/groups/{id}/permissions" {
            get => permissions::index: told("What a group opens"),
            put => permissions::update: told("What a group opens from now on").takes(r#"[{"objectType":"SEGMENT","objectId":563,"permissions":["READ"]}]"#),
        }
        "/permissionable-object-types" {
            get => permissions::types: told("Kinds of objects that groups can open"),
        }
        "/permissionable-object-types/{type}" {
            get => permissions::one_type: told("What can be opened on objects of a kind"),
        }
        "/groups/{id}" {
            get => groups::show: told("A group"),
            put => groups::update: told("Changes a group").takes(r#"{"name":"Counters"}"#),
            delete => groups::destroy: told("Deletes a group; its people stay").gives(204),
        }
    } }
}
pub use own::{ROUTES as OWN_ROUTES, TABLE as OWN};
use table::routes as everything;
pub use table::{ROUTES, TABLE};
