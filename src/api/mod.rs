//! The APIs of other products, each in a room of its own that knows no other. What they need alike stands here: a
//! request that was let in, what can be wrong with one, and a table of routes.
pub mod audience;
mod call;
pub mod datarc;
pub mod easemob;
mod fault;
pub mod freescout;
mod given;
pub mod kf5;
mod names;
mod openapi;
pub mod scim;

pub use call::Call;
pub use fault::Fault;
pub use given::Given;

use crate::App;
use crate::actions::Caller;
use crate::actions::credentials::Shown;
use crate::actions::doors::{self, Doors};
use crate::answers::Holds;
use crate::domain::Time;
use crate::domain::key::Dialect;
use crate::domain::manual::{Auth, Manual, Route};
use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse, web};
use std::future::Future;

/// The page of this number, from 1, of a whole list.
fn cut<T>(list: Vec<T>, (number, size): (i64, i64)) -> Vec<T> {
    let skip = usize::try_from((number - 1).saturating_mul(size)).unwrap_or(usize::MAX);
    list.into_iter().skip(skip).take(usize::try_from(size).unwrap_or(0)).collect()
}

pub type Answer = Result<HttpResponse, Fault>;

/// What one API has of its own at its door.
pub trait Api: 'static {
    const DIALECT: Dialect;

    /// Whether what is read here is of the database alone, and may be told again while that stays the same.
    const HOLDS: bool = true;

    /// Every way in which its clients write a path.
    fn spellings(path: &str) -> Vec<String> {
        vec![path.to_owned()]
    }

    /// Whom a request says that it is from.
    fn shown(request: &HttpRequest) -> Option<Shown>;

    /// Lets a request in.
    fn admit(request: &HttpRequest, body: web::Payload) -> impl Future<Output = Result<Call, Fault>>
    where
        Self: Sized,
    {
        Call::admit::<Self>(request, body)
    }

    /// What went wrong and when, in its envelope.
    fn refuse(fault: &Fault, now: Time) -> HttpResponse;

    /// What an administrator wants differently of every answer.
    fn adjust(_doors: &Doors, _request: &HttpRequest, _answer: &mut HttpResponse) {}
}

pub fn routes(cfg: &mut web::ServiceConfig) {
    kf5::routes(cfg);
    // Before FreeScout's, whose mount is the beginning of one of its own.
    audience::routes(cfg);
    freescout::routes(cfg);
    datarc::routes(cfg);
    scim::routes(cfg);
    cfg.service(web::resource("/docs/api/{dialect}/openapi.json").route(web::get().to(openapi::show)));
    // Last: its addresses begin with names that people choose.
    easemob::routes(cfg);
}

/// What each API takes and gives, of the same tables as the routes.
pub fn manuals() -> Vec<Manual> {
    let manual = |dialect: &Dialect| {
        let (auth, tables): (Auth, &[&[Route]]) = match dialect {
            Dialect::Kf5 => (Auth::Basic, &[kf5::ROUTES]),
            Dialect::Freescout => (Auth::Header("X-FreeScout-API-Key"), &[freescout::ROUTES]),
            Dialect::Datarc => (Auth::Header("Authorization"), &[datarc::ROUTES]),
            Dialect::Audience => (Auth::Bearer, &[&[audience::TOKEN], audience::ROUTES, audience::OWN_ROUTES]),
            Dialect::Scim => (Auth::Bearer, &[scim::ROUTES]),
            Dialect::Easemob => (Auth::Bearer, &[easemob::ROUTES]),
        };
        Manual { dialect: *dialect, auth, routes: tables.concat() }
    };
    Dialect::ALL.iter().map(manual).collect()
}

/// Lists every route of an API once: the routes are made from it, at each of its mounts, and the tests walk its
/// `TABLE` at the first.
macro_rules! table {
    // Among addresses of others: what is not in the table is this API's to refuse only where nobody wants a page.
    ($api:ty, among $others:literal {
        $($path:literal { $($method:ident => $handler:path: $doc:expr),+ $(,)? })+
    }) => {
        /// Every method and path.
        pub const TABLE: &[(&str, &str)] = &[$($((stringify!($method), $path)),+),+];

        /// The same, told.
        pub const ROUTES: &[$crate::domain::manual::Route] = &[$($($crate::domain::manual::Route {
            method: stringify!($method),
            path: $path,
            doc: $doc,
        }),+),+];

        pub fn routes(cfg: &mut actix_web::web::ServiceConfig) {
            use $crate::api::table;
            use actix_web::guard::fn_guard;
            $(cfg.service(table!(@resource $api, $path, $($method => $handler),+).guard(fn_guard(<$api>::is_mine)));)+
            let other = actix_web::Resource::new($others).guard(fn_guard(<$api>::is_a_programs));
            cfg.service(other.to($crate::api::no_route::<$api>));
        }
    };
    (@resource $api:ty, $path:literal, $($method:ident => $handler:path),+) => {{
        use actix_web::{Resource, web};
        use $crate::api::{Api, handle, no_method};
        let resource = Resource::new(<$api>::spellings($path));
        $(let resource =
            resource.route(web::$method().to(|req, body| handle::<$api, _>(req, body, $handler)));)+
        let methods = [$(stringify!($method)),+].join(", ").to_uppercase();
        resource.default_service(web::to(move |req| no_method::<$api>(req, methods.clone())))
    }};
    ($api:ty, $mount:literal $(or $also:literal)* {
        $($path:literal { $($method:ident => $handler:path: $doc:expr),+ $(,)? })+
    }) => {
        /// Every method and path.
        pub const TABLE: &[(&str, &str)] = &[$($((stringify!($method), concat!($mount, $path))),+),+];

        /// The same, told.
        pub const ROUTES: &[$crate::domain::manual::Route] = &[$($($crate::domain::manual::Route {
            method: stringify!($method),
            path: concat!($mount, $path),
            doc: $doc,
        }),+),+];

        pub fn routes(cfg: &mut actix_web::web::ServiceConfig) {
            use actix_web::{Scope, web};
            use $crate::api::{no_route, table};
            for mount in [$mount $(, $also)*] {
                let scope = Scope::new(mount);
                $(let scope = scope.service(table!(@resource $api, $path, $($method => $handler),+));)+
                cfg.service(scope.default_service(web::to(no_route::<$api>)));
            }
        }
    };
}
use table;

/// Lets a request in, hands it on, and answers what went wrong as this API does.
async fn handle<A: Api, F: Future<Output = Answer>>(
    request: HttpRequest,
    body: web::Payload,
    handler: impl Fn(Call) -> F,
) -> HttpResponse {
    let outcome = match A::admit(&request, body).await {
        Ok(call) => answered::<A, F>(&request, call, handler).await,
        Err(fault) => Err(fault),
    };
    let answer = outcome.unwrap_or_else(|fault| refuse::<A>(&request, &fault));
    adjusted::<A>(&request, answer).await
}

/// Pages of other sites are told what is set for them, which is read by itself.
async fn answered<A: Api, F: Future<Output = Answer>>(
    request: &HttpRequest,
    call: Call,
    handler: impl Fn(Call) -> F,
) -> Answer {
    let key = call.caller.actor.key().map(|grant| grant.key);
    let mut answer = handler(call).await?;
    if A::HOLDS && !request.headers().contains_key(header::ORIGIN) {
        answer.extensions_mut().insert(Holds { key });
    }
    Ok(answer)
}

async fn adjusted<A: Api>(request: &HttpRequest, mut answer: HttpResponse) -> HttpResponse {
    let Some(app) = request.app_data::<web::Data<App>>() else { return answer };
    let visitor = Caller::visitor(A::DIALECT.door(), call::request_id(request));
    match doors::lately(app, &visitor).await {
        Ok(doors) => A::adjust(&doors, request, &mut answer),
        Err(e) => tracing::error!(cause = %e, "how the APIs behave could not be read"),
    }
    answer
}

async fn no_method<A: Api>(request: HttpRequest, allowed: String) -> HttpResponse {
    let mut answer = match *request.method() {
        Method::OPTIONS => HttpResponse::NoContent().finish(),
        _ => refuse::<A>(&request, &Fault::Method),
    };
    if let Ok(allowed) = header::HeaderValue::from_str(&allowed) {
        answer.headers_mut().insert(header::ALLOW, allowed);
    }
    adjusted::<A>(&request, answer).await
}

async fn no_route<A: Api>(request: HttpRequest) -> HttpResponse {
    let answer = refuse::<A>(&request, &Fault::Route);
    adjusted::<A>(&request, answer).await
}

fn refuse<A: Api>(request: &HttpRequest, fault: &Fault) -> HttpResponse {
    if let Fault::Refused(crate::domain::Error::Broken(cause)) = fault {
        tracing::error!(request = %call::request_id(request), cause = %cause, "a request failed");
    }
    let now = request.app_data::<web::Data<App>>().map_or(Time::from_micros(0), |app| app.now());
    let mut answer = A::refuse(fault, now);
    if let Some(seconds) = fault.retry_after() {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    answer
}
