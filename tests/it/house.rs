//! A house to test in: a database of its own, a server on a free port, a clock that stands, and a cast.
use rollcall::actions::people::role::{self, Choice};
use rollcall::actions::people::{self, Draft};
use rollcall::actions::{
    Act, Caller, fields, groups, keys, organisations, roles, sessions, tags,
    tickets::{self, Work},
    workspaces,
};
use rollcall::domain::chat_app::ChatApp;
use rollcall::domain::custom::{Audience, Bilingual, FieldKind};
use rollcall::domain::key::Dialect;
use rollcall::domain::password::Hash;
use rollcall::domain::ticket::{Priority, TicketStatus};
use rollcall::domain::vault::Vault;
use rollcall::domain::{
    Actor, CustomField, CustomRole, Door, Field, Fields, NewPassword, Permission, Permissions, Person, PersonId,
    Powers, Reach, Result, Rights, Role, Status, TicketRestriction, Time,
};
use rollcall::{App, Clock, server, store};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, mpsc};
use std::time::Duration;

/// Saturday 2026-11-21 18:00 UTC.
const START: i64 = 1_795_284_000;
pub const PASSWORD: &str = "correct horse battery staple";
static HASH: LazyLock<Hash> = LazyLock::new(|| NewPassword::rehash(PASSWORD).unwrap());

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Database {
    Sqlite,
    Postgres,
}

pub struct House {
    pub app: Arc<App>,
    pub url: String,
    pub database_url: String,
    seconds: Arc<AtomicI64>,
    server: actix_web::dev::ServerHandle,
    _folder: tempfile::TempDir,
}

/// Tells the story twice, in an empty house each time.
pub fn on_both(story: impl Fn(&House)) {
    for database in [Database::Sqlite, Database::Postgres] {
        eprintln!("on {database:?}");
        insta::allow_duplicates! { story(&House::open(database)) }
    }
}

/// A database of its own; the folder holds it when it is SQLite.
pub fn fresh_database(database: Database) -> (String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let url = match database {
        Database::Sqlite => format!("sqlite://{}", folder.path().join("house.db").display()),
        Database::Postgres => postgres_database(),
    };
    (url, folder)
}

fn postgres_database() -> String {
    use diesel::Connection;
    use diesel::connection::SimpleConnection;
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL is unset: run the tests with tests/run");
    let name = format!("house_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let mut admin = diesel::PgConnection::establish(&format!("{server}/postgres")).unwrap();
    admin.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    format!("{server}/{name}")
}

impl House {
    pub fn open(database: Database) -> Self {
        Self::open_at(database, "http://127.0.0.1:8080")
    }

    pub fn open_at(database: Database, public_url: &str) -> Self {
        let (database_url, folder) = fresh_database(database);
        let seconds = Arc::new(AtomicI64::new(START));
        let hand = seconds.clone();
        let clock: Clock = Arc::new(move || Time::from_seconds(hand.load(Ordering::Relaxed)));
        let app = Arc::new(App::new(
            store::Db::open(&database_url).unwrap(),
            public_url.parse().unwrap(),
            folder.path().to_owned(),
            clock,
            Vault::new(&[7; 32]),
        ));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (tell, told) = mpsc::channel();
        let served = app.clone();
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = server::serve(served, listener, 1).unwrap();
                tell.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        Self { app, url, database_url, seconds, server: told.recv().unwrap(), _folder: folder }
    }

    pub fn act<T>(&self, f: impl FnOnce(&mut Act) -> Result<T>) -> Result<T> {
        self.app.write_here(&command_line(), f)
    }

    /// Does something behind the program's back.
    pub fn sql(&self, sql: &str) {
        crate::house::sql(&self.database_url, sql);
    }

    pub fn wait(&self, time: Duration) {
        self.seconds.fetch_add(time.as_secs() as i64, Ordering::Relaxed);
    }

    /// Brings it to the hour of programs that are started beside it: to those, what it did before is old, and forgotten.
    pub fn wait_until_today(&self) {
        let today = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs() as i64;
        self.seconds.store(today, Ordering::Relaxed);
    }

    /// How many entries the history has.
    pub fn entries(&self) -> i64 {
        self.app.db.read(store::audit::count).unwrap()
    }

    pub fn person(&self, id: i64) -> Person {
        self.act(|act| people::show(act, PersonId(id))).unwrap()
    }

    /// Somebody with a password, called by their name; the e-mail is their name at example.org.
    pub fn join(&self, name: &str, role: Role) -> Person {
        self.join_as(name, role, Status::Active)
    }

    pub fn join_as(&self, name: &str, role: Role, status: Status) -> Person {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        self.join_with(&[(Field::Name, name), (Field::Email, &email)], role, status)
    }

    pub fn join_with(&self, given: &[(Field, &str)], role: Role, status: Status) -> Person {
        self.make(given, role, status, Some(HASH.clone()))
    }

    /// Somebody as an import makes them.
    pub fn join_without_password(&self, given: &[(Field, &str)], role: Role) -> Person {
        self.make(given, role, Status::Active, None)
    }

    fn make(&self, given: &[(Field, &str)], role: Role, status: Status, password: Option<Hash>) -> Person {
        let fields = Fields::default().parse(|field| given.iter().find(|(f, _)| *f == field).map(|(_, v)| *v)).unwrap();
        let draft = Draft { fields, role, status };
        self.act(|act| people::create(act, draft, password)).unwrap()
    }

    /// An agent who may look but not manage people.
    pub fn join_looker(&self, name: &str) -> Person {
        let person = self.join(name, Role::Agent);
        let rights = Rights { manage_people: false, ..Rights::default() };
        let choice = Choice { role: Role::Agent, rights, custom_role: None, sure: true };
        self.act(|act| role::update(act, person.id, choice)).unwrap()
    }

    /// As if this person had signed in and done it.
    pub fn act_as<T>(&self, person: &Person, f: impl FnOnce(&mut Act) -> Result<T>) -> Result<T> {
        let email = person.fields.email.as_ref().unwrap().as_str();
        let actor = self.act(|act| sessions::acting_as(act, email))?;
        self.app.write_here(&Caller { actor, ..command_line() }, f)
    }

    pub fn group(&self, name: &str) -> i64 {
        self.act(|act| groups::create(act, groups::Draft::parse(name, "")?)).unwrap()
    }

    pub fn tag(&self, name: &str) -> i64 {
        self.act(|act| tags::create(act, name, 0)).unwrap()
    }

    pub fn organisation(&self, name: &str, domains: &[&str]) -> i64 {
        let domains = domains.iter().map(ToString::to_string).collect();
        let draft = organisations::Draft { name: name.into(), description: String::new(), domains };
        self.act(|act| organisations::create(act, draft)).unwrap()
    }

    /// A custom field for everybody, that `change` may make otherwise.
    pub fn field(&self, name: &str, kind: FieldKind, change: impl FnOnce(&mut CustomField)) -> i64 {
        let mut field = CustomField {
            id: 0,
            name: name.into(),
            kind,
            audience: Audience::All,
            staff_only: false,
            required: false,
            label: Bilingual { en: name.into(), zh: String::new() },
            help: Bilingual::default(),
            initial: String::new(),
            choices: vec![],
            pattern: String::new(),
            retired: false,
            version: 1,
        };
        change(&mut field);
        self.act(|act| fields::create(act, &field)).unwrap()
    }

    /// An open ticket that nobody sees to, of a group or of none.
    pub fn ticket(&self, subject: &str, requester: &Person, group: Option<i64>) -> i64 {
        let work = Work { status: TicketStatus::Open, priority: Priority::Normal, assignee: None, group };
        let draft = tickets::Draft {
            subject: subject.into(),
            body: format!("What about “{subject}”?"),
            requester: requester.id,
            work,
            collaborators: vec![],
        };
        self.act(|act| tickets::create(act, draft)).unwrap()
    }

    pub fn workspace(&self, name: &str, owner: &Person) -> i64 {
        let draft = workspaces::Draft { name: name.into(), description: String::new(), owner: owner.id, locked: false };
        self.act(|act| workspaces::create(act, draft)).unwrap()
    }

    /// The number of a new key, and its secret.
    pub fn key(&self, dialect: Dialect, owner: &Person, read_only: bool) -> (i64, String) {
        let owner = format!("#{}", owner.id.0);
        let chat_app = (dialect == Dialect::Easemob).then(|| {
            let number = self.entries();
            ChatApp::parse("acme", &format!("desk{number}"), false).unwrap()
        });
        let draft = keys::Draft { dialect, owner, name: String::new(), read_only, expires_at: None, chat_app };
        let (key, secret) = self.act(|act| keys::create(act, draft)).unwrap();
        (key.id, secret)
    }

    pub fn role(&self, name: &str, reach: Reach, permissions: &[Permission]) -> i64 {
        let powers = Powers { permissions: Permissions::of(permissions), reach, tickets: TicketRestriction::All };
        let role = CustomRole { id: 0, name: name.into(), description: String::new(), powers, version: 1 };
        self.act(|act| roles::create(act, &role)).unwrap()
    }

    /// An agent with a custom role of their own.
    pub fn join_with_role(
        &self,
        name: &str,
        reach: Reach,
        permissions: &[Permission],
        given: &[(Field, &str)],
    ) -> Person {
        let role = self.role(&format!("Role of {name}"), reach, permissions);
        self.join_in_role(name, role, given)
    }

    /// An agent with this custom role.
    pub fn join_in_role(&self, name: &str, role: i64, given: &[(Field, &str)]) -> Person {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let known = [(Field::Name, name), (Field::Email, email.as_str())];
        let person = self.join_with(&[&known, given].concat(), Role::Agent, Status::Active);
        let choice = Choice { role: Role::Agent, rights: Rights::default(), custom_role: Some(role), sure: true };
        self.act(|act| role::update(act, person.id, choice)).unwrap();
        self.person(person.id.0)
    }

    pub fn stranger(&self) -> Client {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(None).build();
        Client { agent: config.into(), base: self.url.clone(), cookies: RefCell::default(), headers: vec![] }
    }

    pub fn sign_in(&self, person: &Person) -> Client {
        let client = self.stranger();
        let email = person.fields.email.as_ref().unwrap().as_str();
        let reply = client.post("/login", &[("login", email), ("password", PASSWORD)]);
        assert_eq!(reply.status, 303, "{email} signs in: {}", reply.text());
        client
    }
}

impl Drop for House {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

/// Does something behind the program's back.
pub fn sql(url: &str, sql: &str) {
    use diesel::Connection;
    use diesel::connection::SimpleConnection;
    match url.strip_prefix("sqlite://") {
        Some(path) => diesel::SqliteConnection::establish(path).unwrap().batch_execute(sql).unwrap(),
        None => diesel::PgConnection::establish(url).unwrap().batch_execute(sql).unwrap(),
    }
}

pub fn command_line() -> Caller {
    Caller { actor: Actor::CommandLine, door: Door::CommandLine, request: "test".into() }
}

/// A browser without a screen: keeps cookies, follows nothing.
pub struct Client {
    agent: ureq::Agent,
    base: String,
    pub cookies: RefCell<BTreeMap<String, String>>,
    pub headers: Vec<(&'static str, String)>,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub cookies: Vec<String>,
    pub body: String,
}

impl Client {
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same person in the same session, seen from another window.
    pub fn again(&self) -> Self {
        let Self { agent, base, cookies, headers } = self;
        Self { agent: agent.clone(), base: base.clone(), cookies: cookies.clone(), headers: headers.clone() }
    }

    /// The same person in the same session at another address.
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.again() }
    }

    /// Sends a form to somebody who may not live to answer it.
    pub fn try_post(&self, path: &str, form: &[(&str, &str)]) {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.agent.post(format!("{}{path}", self.base)).header("cookie", cookies.join("; "));
        drop(request.content_type("application/x-www-form-urlencoded").send(body));
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, None, b"")
    }

    /// As htmx asks for a part of a page.
    pub fn part(&self, path: &str) -> Reply {
        self.again().with("hx-request", "true").get(path)
    }

    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Reply {
        self.form("POST", path, form)
    }

    pub fn form(&self, method: &str, path: &str, form: &[(&str, &str)]) -> Reply {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.send(method, path, Some("application/x-www-form-urlencoded"), body.as_bytes())
    }

    pub fn send(&self, method: &str, path: &str, kind: Option<&str>, body: &[u8]) -> Reply {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        let mut response = if ["GET", "HEAD"].contains(&method) && body.is_empty() {
            self.agent.run(request.body(()).unwrap()).unwrap()
        } else {
            let agent =
                self.agent.configure_request(request.body(body).unwrap()).allow_non_standard_methods(true).build();
            self.agent.run(agent).unwrap()
        };
        let set: Vec<String> =
            response.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned()).collect();
        set.iter().for_each(|cookie| self.keep(cookie));
        let headers =
            response.headers().iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        Reply {
            status: response.status().as_u16(),
            headers: headers.collect(),
            cookies: set,
            body: String::from_utf8_lossy(&response.body_mut().with_config().limit(50 << 20).read_to_vec().unwrap())
                .into(),
        }
    }

    /// Headers and body of something that is no text.
    pub fn bytes(&self, path: &str) -> (BTreeMap<String, String>, Vec<u8>) {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = ureq::http::Request::builder().uri(format!("{}{path}", self.base));
        let mut response = self.agent.run(request.header("cookie", cookies.join("; ")).body(()).unwrap()).unwrap();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        (headers, response.body_mut().read_to_vec().unwrap())
    }

    fn keep(&self, cookie: &str) {
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        let mut jar = self.cookies.borrow_mut();
        if cookie.contains("Max-Age=0") {
            jar.remove(name)
        } else {
            jar.insert(name.into(), value.into())
        };
    }
}

impl Reply {
    pub fn location(&self) -> &str {
        self.headers.get("location").map_or("", String::as_str)
    }

    /// What a reader sees: without marks, style and space; entities unescaped.
    pub fn text(&self) -> String {
        let start = self.body.find("<main").or_else(|| self.body.find("<body")).unwrap_or(0);
        let (mut out, mut inside) = (String::new(), false);
        let end = self.body.find("</main>").unwrap_or(self.body.len());
        for c in self.body[start..end].chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    out.push(' ');
                }
                c if !inside => out.push(c),
                _ => {}
            }
        }
        let plain = out
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .replace("&#38;", "&")
            .replace("&#60;", "<")
            .replace("&#62;", ">");
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The addresses of all links with these words in them.
    pub fn link(&self, marker: &str) -> Option<String> {
        let at = self.body.find(marker)?;
        let start = self.body[at..].find("href=\"")? + at + 6;
        let end = self.body[start..].find('"')? + start;
        Some(self.body[start..end].replace("&amp;", "&").replace("&#38;", "&"))
    }

    /// The names of the people in a list, in its order.
    pub fn names(&self) -> Vec<String> {
        let cells = self.body.split("<a class=\"person\"").skip(1);
        let name = |cell: &str| {
            cell.split("<b ").nth(1).unwrap().split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()
        };
        cells.map(name).collect()
    }

    pub fn value(&self, field: &str) -> String {
        let at = self.body.find(&format!("name=\"{field}\"")).unwrap_or_else(|| panic!("no {field}"));
        let rest = &self.body[at..];
        let start = rest.find("value=\"").unwrap() + 7;
        rest[start..].split('"').next().unwrap().to_owned()
    }
}
