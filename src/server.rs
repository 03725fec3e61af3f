//! The web server: middleware from the outside in, then the routes.
use crate::actions::{Caller, sessions};
use crate::domain::{Door, password::Hash};
use crate::{App, answers, api, panel};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{HttpServer, dev::Server, web};
use std::net::TcpListener;
use std::sync::Arc;
use tracing_actix_web::TracingLogger;

/// Serves on an open listener with so many threads until its handle stops it.
pub fn serve(app: Arc<App>, listener: TcpListener, workers: usize) -> anyhow::Result<Server> {
    let cookie_key = app.write_here(&Caller::visitor(Door::Panel, String::new()), sessions::cookie_key)?;
    // Made now, or the first unknown name would take twice as long as the next.
    Hash::of_nobody();
    let app = web::Data::from(app);
    let manuals = web::Data::new(api::manuals());
    let server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(app.clone())
            .app_data(manuals.clone())
            .configure(panel::form_limits)
            // Before all others, which are asked one after the other whether an address is theirs.
            .service(web::scope("/static").configure(panel::files).wrap(from_fn(panel::pages_for_errors)))
            // The APIs come with keys rather than cookies, and answer for themselves.
            .configure(api::routes)
            // The last one wrapped is the first to see a request.
            .service(
                web::scope("")
                    .configure(panel::routes)
                    .wrap(from_fn(panel::who_visits))
                    .wrap(panel::sessions(&app, &cookie_key))
                    .wrap(from_fn(panel::same_origin))
                    .wrap(from_fn(panel::method_override))
                    .wrap(from_fn(panel::pages_for_errors)),
            )
            .wrap(Compress::default())
            .wrap(from_fn(answers::again))
            .wrap(from_fn(panel::security_headers))
            .wrap(TracingLogger::<QuietSpan>::new())
    });
    let server = server.workers(workers).disable_signals().tcp_nodelay(true).shutdown_timeout(10).listen(listener)?;
    Ok(server.run())
}

/// One line for each request, without its query: that may hold a set-up code or a name.
pub struct QuietSpan;

impl tracing_actix_web::RootSpanBuilder for QuietSpan {
    fn on_request_start(req: &actix_web::dev::ServiceRequest) -> tracing::Span {
        use actix_web::HttpMessage;
        let id = req.extensions().get::<tracing_actix_web::RequestId>().map(ToString::to_string).unwrap_or_default();
        tracing::info_span!("request", method = %req.method(), path = req.path(), id)
    }

    fn on_request_end<B: actix_web::body::MessageBody>(
        _: tracing::Span,
        outcome: &Result<actix_web::dev::ServiceResponse<B>, actix_web::Error>,
    ) {
        match outcome {
            Ok(response) => tracing::debug!(status = response.status().as_u16(), "answered"),
            Err(e) => tracing::error!(cause = %e, "not answered"),
        }
    }
}
