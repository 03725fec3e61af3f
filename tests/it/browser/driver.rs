//! A browser window to test in. It is closed however the story ends.
use crate::house::{Database, House};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::future::Future;
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Script {
    On,
    Off,
}

const SHIFT: char = '\u{e008}';
const CONTROL: char = '\u{e009}';

pub struct Browser {
    pub client: Client,
    base: String,
    script: Script,
    /// Where files go that are fetched.
    files: PathBuf,
}

/// Tells the story in a fresh window before an empty house; fails on any breach of the content policy.
pub fn open<F: Future<Output = ()> + 'static>(
    database: Database,
    script: Script,
    story: impl FnOnce(House, Browser) -> F,
) {
    eprintln!("on {database:?}, script {script:?}");
    let house = House::open(database);
    let base = house.url.clone();
    actix_web::rt::System::new().block_on(async move {
        let (client, profile) = connect(script).await;
        let browser = Browser { client: client.clone(), base, script, files: profile.path().join("files") };
        let told = tokio::task::LocalSet::new();
        let outcome = told.run_until(async { tokio::task::spawn_local(story(house, browser)).await }).await;
        let breaches = breaches(&client).await;
        client.close().await.unwrap();
        if let Err(failed) = outcome {
            std::panic::resume_unwind(failed.into_panic());
        }
        assert!(breaches.is_empty(), "{breaches:?}");
    });
}

async fn connect(script: Script) -> (Client, tempfile::TempDir) {
    let url = std::env::var("TEST_WEBDRIVER_URL").expect("TEST_WEBDRIVER_URL is unset: run the tests with tests/run");
    let profile = tempfile::tempdir().unwrap();
    let mut args: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1440,900",
        "--lang=en-GB",
    ]
    .map(str::to_owned)
    .into();
    args.push(format!("--user-data-dir={}", profile.path().display()));
    let javascript = if script == Script::On { 1 } else { 2 };
    let options = json!({
        "binary": "/usr/bin/chromium",
        "args": args,
        "prefs": {
            "intl.accept_languages": "en-GB,en",
            "profile.managed_default_content_settings.javascript": javascript,
            "download.default_directory": profile.path().join("files"),
        },
    });
    let capabilities = json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
    let Value::Object(capabilities) = capabilities else { unreachable!("it is an object") };
    let connector = hyper_util::client::legacy::connect::HttpConnector::new();
    (ClientBuilder::new(connector).capabilities(capabilities).connect(&url).await.unwrap(), profile)
}

/// A command of chromedriver's own.
#[derive(Debug)]
struct Own(&'static str, Value);

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}

async fn breaches(client: &Client) -> Vec<String> {
    let log = client.issue_cmd(Own("se/log", json!({ "type": "browser" }))).await.unwrap();
    let lines = log.as_array().unwrap().iter().filter_map(|line| line["message"].as_str().map(str::to_owned));
    lines.filter(|line| line.contains("Content Security Policy") || line.contains("Uncaught")).collect()
}

impl Browser {
    /// The same window before a house at another address.
    pub fn at_base(&self, base: &str) -> Self {
        Self { client: self.client.clone(), base: base.to_owned(), script: self.script, files: self.files.clone() }
    }

    /// Files that were fetched, or are.
    pub fn downloads(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(&self.files).into_iter().flatten();
        files.map(|file| file.unwrap().path()).collect()
    }

    pub async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.unwrap();
        url[url::Position::BeforePath..].to_owned()
    }

    /// A page that looks again by itself may put another in the place of what was just found: then that is clicked.
    pub async fn click(&self, css: &str) {
        self.until(css, async |browser| match browser.client.find(Locator::Css(css)).await {
            Err(e) if e.is_no_such_element() => false,
            found => match found.unwrap().click().await {
                Err(e) if e.is_stale_element_reference() => false,
                clicked => clicked.map(|()| true).unwrap(),
            },
        })
        .await;
    }

    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.client.wait().at_most(Duration::from_secs(10)).for_element(Locator::Css(css)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Presses keys wherever the focus is, once the page listens: its words can be read before its script has run. Those
    /// that change others stay down to the end.
    pub async fn keys(&self, text: &str) {
        if self.script == Script::On {
            self.until("the script of the page", async |browser| browser.has("html.script").await).await;
        }
        let (mut keys, mut held) = (KeyActions::new("keyboard".into()), vec![]);
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value });
            match value {
                SHIFT | CONTROL => held.push(value),
                _ => keys = keys.then(KeyAction::Up { value }),
            }
        }
        let keys = held.into_iter().fold(keys, |keys, value| keys.then(KeyAction::Up { value }));
        self.client.perform_actions(keys).await.unwrap();
    }

    pub async fn has(&self, css: &str) -> bool {
        !self.client.find_all(Locator::Css(css)).await.unwrap().is_empty()
    }

    pub async fn text(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            // Between two pages there is none.
            Err(_) => String::new(),
        }
    }

    /// Waits until these words stand on the page.
    pub async fn see(&self, words: &str) {
        self.until(words, async |browser| browser.text().await.contains(words)).await;
    }

    pub async fn gone(&self, words: &str) {
        self.until(words, async |browser| {
            let text = browser.text().await;
            !text.is_empty() && !text.contains(words)
        })
        .await;
    }

    pub async fn at(&self, path: &str) {
        self.until(path, async |browser| browser.path().await.starts_with(path)).await;
    }

    /// The same for what takes long.
    pub async fn see_within(&self, words: &str, patience: Duration) {
        self.until_within(words, patience, async |browser| browser.text().await.contains(words)).await;
    }

    pub async fn until(&self, what: &str, holds: impl AsyncFn(&Self) -> bool) {
        self.until_within(what, Duration::from_secs(10), holds).await;
    }

    async fn until_within(&self, what: &str, patience: Duration, holds: impl AsyncFn(&Self) -> bool) {
        let started = Instant::now();
        while !holds(self).await {
            let late = started.elapsed() > patience;
            assert!(!late, "{what:?} does not come about at {}:\n{}", self.path().await, self.text().await);
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    pub async fn sign_in(&self, email: &str, password: &str) {
        self.go("/login").await;
        self.fill("#f-login", email).await;
        self.fill("#f-password", password).await;
        self.click("main form button").await;
        self.gone("E-mail, username or phone").await;
    }

    pub async fn sign_out(&self) {
        self.go("/me").await;
        self.click("button[popovertarget=me]").await;
        self.click("form[action='/logout'] button").await;
        self.see("You are signed out.").await;
    }

    /// How many rows of the list are ticked.
    pub async fn chosen(&self) -> usize {
        self.client.find_all(Locator::Css("td .tick input:checked")).await.unwrap().len()
    }

    /// Chooses an option by its words.
    pub async fn choose(&self, css: &str, words: &str) {
        let list = self.client.wait().at_most(Duration::from_secs(10)).for_element(Locator::Css(css)).await.unwrap();
        list.select_by_label(words).await.unwrap();
    }

    /// The window, seen as a phone when it is narrow.
    pub async fn size(&self, (width, height): (i64, i64)) {
        let params = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        let command = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": params });
        self.client.issue_cmd(Own("goog/cdp/execute", command)).await.unwrap();
    }

    /// Takes the network away, or gives it back.
    pub async fn offline(&self, offline: bool) {
        let enable = json!({ "cmd": "Network.enable", "params": {} });
        self.client.issue_cmd(Own("goog/cdp/execute", enable)).await.unwrap();
        let params = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        let command = json!({ "cmd": "Network.emulateNetworkConditions", "params": params });
        self.client.issue_cmd(Own("goog/cdp/execute", command)).await.unwrap();
    }

    /// What the window shows, as WebP.
    pub async fn picture(&self) -> Vec<u8> {
        use base64::Engine;
        let command = json!({ "cmd": "Page.captureScreenshot", "params": { "format": "webp", "quality": 60 } });
        let shot = self.client.issue_cmd(Own("goog/cdp/execute", command)).await.unwrap();
        base64::engine::general_purpose::STANDARD.decode(shot["data"].as_str().unwrap()).unwrap()
    }

    pub async fn light(&self, scheme: &str) {
        // Without motion, or a colour is looked at on its way to another.
        let still = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }, still]);
        let command = json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "features": features } });
        self.client.issue_cmd(Own("goog/cdp/execute", command)).await.unwrap();
    }

    /// What axe-core finds wrong with the page by WCAG 2.0 to 2.2, A and AA, and its best practices.
    pub async fn faults(&self) -> Vec<String> {
        const AXE: &str = include_str!("../../vendor/axe.min.js");
        self.client.execute(AXE, vec![]).await.unwrap();
        self.axe(&["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).await
    }

    /// The same of its colours alone, in this light, on a page that [`Browser::faults`] has looked at.
    pub async fn faults_of_colour(&self, scheme: &str) -> Vec<String> {
        self.light(scheme).await;
        let found = self.axe(&["color-contrast", "link-in-text-block"]).await;
        self.light("light").await;
        found
    }

    async fn axe(&self, rules: &[&str]) -> Vec<String> {
        let run = "const [rules, done] = arguments;
            axe.run(document, { resultTypes: ['violations'], runOnly: rules })
               .then(found => done(found.violations.map(v => v.id + ': ' + v.help + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' | '))));";
        let found = self.client.execute_async(run, vec![json!(rules)]).await.unwrap();
        found.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
    }
}
