//! A million rows come in and leave through the panel. Slow: `tests/million` runs it.
use super::driver::{Browser, Script, open};
use crate::house::{Client, Database, PASSWORD};
use crate::killed::serve;
use rollcall::actions::workbook;
use rollcall::domain::Role;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// No step takes longer.
const PATIENCE: Duration = Duration::from_secs(3_600);
/// The server may hold so much private memory, in MiB.
const MOST_HELD: u64 = 96;

fn rows() -> usize {
    std::env::var("TEST_ROWS").map_or(1_000_000, |rows| rows.parse().unwrap())
}

const NAMES: [&str; 6] = ["Ada Marsh", "王伟", "Grace Hopper", "Søren Kierkegaard", "李娜", "María José"];

fn write_csv(path: &Path) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    writeln!(file, "name,email,phone").unwrap();
    for n in 0..rows() {
        writeln!(file, "{} {n},row{n}@import.example,+49301{n:07}", NAMES[n % NAMES.len()]).unwrap();
    }
}

/// The same people with a title.
fn write_workbook(path: &Path) {
    let mut file = File::create(path).unwrap();
    let mut book = workbook::Writer::new("People", ["email", "title"].into_iter()).unwrap();
    for n in 0..rows() {
        let (email, title) = (format!("row{n}@import.example"), format!("Buyer {}", n % 90));
        book.row([email.as_str(), &title].into_iter()).unwrap();
        if n % 1_000 == 0 {
            file.write_all(&book.take()).unwrap();
        }
    }
    file.write_all(&book.finish().unwrap()).unwrap();
}

/// Asks for pages all the time, and looks at what the server holds.
struct Watch {
    told: Arc<Mutex<(Vec<Duration>, u64)>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    began: Instant,
}

impl Watch {
    fn start(client: Client, process: u32) -> Self {
        let (told, over) = (Arc::new(Mutex::new((vec![], 0))), Arc::new(AtomicBool::new(false)));
        let (sink, end) = (told.clone(), over.clone());
        let thread = std::thread::spawn(move || {
            while !end.load(Ordering::Relaxed) {
                for path in ["/people", "/people?q=hopper", "/people?sort=name", "/people/1"] {
                    let asked = Instant::now();
                    assert_eq!(client.get(path).status, 200);
                    let mut told = sink.lock().unwrap();
                    told.0.push(asked.elapsed());
                    told.1 = told.1.max(held(process));
                }
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        Self { told, over, thread: Some(thread), began: Instant::now() }
    }

    /// What it saw since it was asked last: prints it, and answers the median.
    fn tell(&mut self, what: &str) -> Duration {
        let (mut times, most) = std::mem::take(&mut *self.told.lock().unwrap());
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        let (median, late) = (at(0.5), at(0.99));
        let seconds = self.began.elapsed().as_secs_f64();
        println!(
            "{what}: {seconds:.0} s, {:.0} rows a second; pages {:.1} ms, 99 of 100 within {:.1} ms; {most} MiB held",
            rows() as f64 / seconds,
            median.as_secs_f64() * 1e3,
            late.as_secs_f64() * 1e3
        );
        assert!(most <= MOST_HELD, "{what}: {most} MiB held");
        self.began = Instant::now();
        median
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        drop(self.thread.take().map(JoinHandle::join));
    }
}

/// Anonymous memory in MiB.
fn held(process: u32) -> u64 {
    let Ok(text) = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")) else { return 0 };
    let line = text.lines().find_map(|line| line.strip_prefix("Anonymous:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) >> 10
}

/// A program that ends with the test, however that ends.
struct Server(std::process::Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// From the file to the end of the run.
async fn bring_in(browser: &Browser, watch: &mut Watch, file: &Path, what: &str) {
    browser.go("/imports").await;
    browser.fill("#f-file", file.to_str().unwrap()).await;
    browser.click("main form .primary").await;
    browser.see_within("Say what each column means", PATIENCE).await;
    watch.tell(&format!("{what}, taken in"));
    browser.click("main form .primary").await;
    browser.see_within("Nothing is written yet.", PATIENCE).await;
    watch.tell(&format!("{what}, tried"));
    browser.click("main form .primary").await;
    browser.see_within("See the people", PATIENCE).await;
    watch.tell(&format!("{what}, done"));
}

/// Follows a link to a file: where it lies once it is whole.
async fn fetch(browser: &Browser, watch: &mut Watch, ending: &str) -> std::path::PathBuf {
    browser.click(&format!("a[href$='.{ending}']")).await;
    let began = Instant::now();
    loop {
        let done = browser.downloads().into_iter().find(|path| path.extension().is_some_and(|one| one == ending));
        if let Some(path) = done {
            watch.tell(&format!("{ending}, fetched"));
            return path;
        }
        assert!(began.elapsed() < PATIENCE);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[test]
#[ignore = "slow: tests/million runs it"]
fn a_million_rows_come_in_and_leave_through_the_panel() {
    open(Database::Sqlite, Script::On, async |house, browser| {
        let ada = house.join("Ada", Role::Admin);
        let folder = tempfile::tempdir().unwrap();
        let (csv, book) = (folder.path().join("people.csv"), folder.path().join("people.xlsx"));
        write_csv(&csv);
        write_workbook(&book);
        let (server, base) = serve(&house);
        let server = Server(server);
        let browser = browser.at_base(&base);
        browser.sign_in("ada@example.org", PASSWORD).await;
        let mut watch = Watch::start(house.sign_in(&ada).at(&base), server.0.id());
        bring_in(&browser, &mut watch, &csv, "csv").await;
        bring_in(&browser, &mut watch, &book, "xlsx").await;
        tokio::time::sleep(Duration::from_secs(20)).await;
        let usual = watch.tell("at rest, or nearly so");
        browser.go("/exports/new?filter=").await;
        browser.click("main form .primary").await;
        browser.see_within("The file is ready", PATIENCE).await;
        let meanwhile = watch.tell("export, written");
        println!("pages meanwhile: {:.1} times their usual time", meanwhile.as_secs_f64() / usual.as_secs_f64());
        let lines = BufReader::new(File::open(fetch(&browser, &mut watch, "csv").await).unwrap()).lines();
        let (mut count, mut titled) = (0, 0);
        for line in lines {
            count += 1;
            titled += usize::from(line.unwrap().contains("Buyer "));
        }
        assert_eq!((count, titled), (rows() + 2, rows()), "its titles, and Ada");
        let book = fetch(&browser, &mut watch, "xlsx").await;
        browser.go("/imports").await;
        browser.fill("#f-file", book.to_str().unwrap()).await;
        browser.click("main form .primary").await;
        browser.see_within("Say what each column means", PATIENCE).await;
        browser.click("main form .primary").await;
        browser.see_within("Nothing is written yet.", PATIENCE).await;
        watch.tell("the workbook that left, tried again");
        let unchanged = (rows() + 1).to_string();
        assert!(browser.text().await.replace(',', "").contains(&unchanged), "{}", browser.text().await);
    });
}
