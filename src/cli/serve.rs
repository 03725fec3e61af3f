//! `rollcall serve`: the panel.
use super::{demo, here, open};
use crate::App;
use crate::actions::setup;
use crate::settings::Settings;
use anyhow::Context;
use std::net::TcpListener;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[derive(clap::Args)]
pub struct Args {
    /// Serve a throwaway house with made up people, and print three sign-ins
    #[arg(long)]
    pub demo: bool,
}

pub fn run(mut settings: Settings, args: &Args) -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,rollcall=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let listener =
        TcpListener::bind(settings.listen).with_context(|| format!("cannot listen on {}", settings.listen))?;
    if settings.public_url.port() == Some(0) {
        // Any free port was asked for: people must learn which it became.
        let port = listener.local_addr()?.port();
        settings.public_url.set_port(Some(port)).map_err(|()| anyhow::anyhow!("the public URL takes no port"))?;
    }
    if args.demo {
        let folder = demo::Folder::make()?;
        let app = open(&settings.in_folder(folder.path()))?;
        let cast = demo::fill(&app)?;
        return serve(&app, listener, |app| demo::greet(app, &cast));
    }
    let app = open(&settings)?;
    serve(&app, listener, greet)
}

/// Greets once the house answers; SIGTERM and SIGINT let requests under way finish.
fn serve(app: &Arc<App>, listener: TcpListener, greet: impl FnOnce(&App) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    actix_web::rt::System::new().block_on(async {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let server = crate::server::serve(app.clone(), listener, workers)?;
        let handle = server.handle();
        let mut running = actix_web::rt::spawn(server);
        actix_web::rt::spawn(crate::jobs::purge::keep_on(app.clone()));
        actix_web::rt::spawn(crate::jobs::seal::keep_on(app.clone()));
        actix_web::rt::spawn(crate::jobs::worker::keep_on(app.clone()));
        actix_web::rt::spawn(crate::jobs::likeness::keep_on(app.clone()));
        actix_web::rt::spawn(crate::jobs::tally::keep_on(app.clone()));
        actix_web::rt::spawn(crate::jobs::tidy::keep_on(app.clone()));
        actix_web::rt::spawn(crate::jobs::reindex::keep_on(app.clone()));
        greet(app)?;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            ended = &mut running => return Ok(ended??),
        }
        handle.stop(true).await;
        running.await??;
        Ok(crate::jobs::tally::once(app).await?)
    })
}

/// The address; in a house without an administrator also the way to become one.
fn greet(app: &App) -> anyhow::Result<()> {
    println!("Rollcall is at {}", app.public_url);
    if app.read_here(&here(), setup::is_open)? {
        println!("Nobody administers it yet. Become its first administrator, once, at\n");
        println!("    {}setup?code={}\n", app.public_url, app.setup_code);
    }
    Ok(())
}
