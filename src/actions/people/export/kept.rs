//! A file that a job writes and that its starter may fetch for a day: comma separated UTF-8 with every value as it is.
use super::{page, permit, record};
use crate::actions::{Act, files};
use crate::domain::export::{Export, Reached, Whom};
use crate::domain::job::{Job, State, Tally, Work};
use crate::domain::time::days;
use crate::domain::{Error, PersonId, Result};
use crate::store;
use crate::store::jobs::Asked;
use csv::StringRecord;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where such files lie.
const FOLDER: &str = "exports";
/// One is kept for so long after it was done.
pub const KEPT: Duration = days(1);

/// Of one person so many are written at once, and so many kept.
const AT_ONCE: usize = 3;
const MOST: usize = 10;

/// Starts the job that writes them; answers its number. Stale when those are not as many as were shown.
pub fn start(act: &mut Act, whom: Whom, asked: &str, (count, once): (i64, &str)) -> Result<i64> {
    let (export, now) = super::show(act, whom, asked)?;
    let me = act.actor.id().ok_or(Error::NotFound)?;
    if let Some(started) = store::jobs::started_by(act.conn, me, once)? {
        return Ok(started);
    }
    if now != count {
        return Err(Error::Stale);
    }
    make_room(act, me)?;
    let work = Work::Export(Box::new(export.clone()));
    let asked = Asked { actor: Some(me), once, place: &files::place(act.folder)? };
    let job = store::jobs::insert(act.conn, &work, asked, act.now)?;
    store::jobs::expect(act.conn, job, count)?;
    record(act, &export, count, Some(job))?;
    Ok(job)
}

/// Whoever writes many files loses the oldest.
fn make_room(act: &mut Act, me: PersonId) -> Result<()> {
    let mine = store::jobs::of_kind(act.conn, me, "export")?;
    if mine.iter().filter(|(_, state)| State::OPEN.contains(state)).count() >= AT_ONCE {
        return Err(Error::Forbidden("export.too_many"));
    }
    for (job, _) in mine.iter().filter(|(_, state)| *state == State::Done).skip(MOST - 1) {
        remove(act.folder, *job)?;
    }
    Ok(())
}

/// Writes the next rows; false when there are none left. What was written without being noted is written again.
pub(in crate::actions) fn step(act: &mut Act, job: &Job, export: &Export) -> Result<bool> {
    let now = store::jobs::find(act.conn, job.id)?;
    let (mut reached, mut tally) = (reached(&now)?, now.tally);
    files::folder(act.folder, FOLDER)?;
    let path = path(act.folder, job.id);
    if fs::metadata(&path).map_or(0, |file| file.len()) < reached.bytes {
        // It is not here, or not as it was left.
        (reached, tally) = (Reached::default(), Tally::default());
    }
    let Some(turn) = reached.turn else { return Ok(false) };
    let (rows, next) = page(act, export, &turn)?;
    let head = (reached.bytes == 0).then(|| export.columns.iter().collect());
    tally.done += rows.len() as i64;
    let bytes = append(&path, reached.bytes, head.iter().chain(&rows), next.is_none())?;
    store::jobs::tell(act.conn, job.id, tally)?;
    store::jobs::reach(act.conn, job.id, &Reached { turn: next, bytes })?;
    Ok(true)
}

fn reached(job: &Job) -> Result<Reached> {
    match job.checkpoint.as_str() {
        "" => Ok(Reached::default()),
        text => serde_json::from_str(text).map_err(Error::broken),
    }
}

/// Behind so many bytes, and nothing after it; answers how many those are then.
fn append<'r>(path: &Path, at: u64, rows: impl Iterator<Item = &'r StringRecord>, is_last: bool) -> Result<u64> {
    use std::io::{Seek, SeekFrom};
    use std::os::unix::fs::OpenOptionsExt;
    let mut file =
        File::options().create(true).write(true).truncate(false).mode(0o600).open(path).map_err(Error::broken)?;
    file.set_len(at).map_err(Error::broken)?;
    file.seek(SeekFrom::Start(at)).map_err(Error::broken)?;
    let mut out = csv::Writer::from_writer(BufWriter::new(file));
    for row in rows {
        out.write_record(row).map_err(Error::broken)?;
    }
    let out = out.into_inner().map_err(|e| Error::broken(e.to_string()))?;
    let mut file = out.into_inner().map_err(|e| Error::broken(e.to_string()))?;
    file.flush().map_err(Error::broken)?;
    if is_last {
        file.sync_all().map_err(Error::broken)?;
    }
    Ok(file.metadata().map_err(Error::broken)?.len())
}

/// A file that can be fetched.
#[derive(Debug, Clone)]
pub struct Kept {
    pub path: PathBuf,
    pub bytes: u64,
}

/// The file of a job that is done, for whoever started it and may see all of it still.
pub fn find(act: &mut Act, job: &Job) -> Result<Option<Kept>> {
    let (Work::Export(export), State::Done) = (&job.work, job.state) else { return Ok(None) };
    if job.actor.is_none() || job.actor != act.actor.id() {
        return Ok(None);
    }
    match permit(act, export) {
        Err(Error::Forbidden(_)) => return Ok(None),
        permitted => permitted?,
    }
    let (path, bytes) = (path(act.folder, job.id), reached(job)?.bytes);
    let is_kept = job.ended_at.is_some_and(|ended| act.now.since(ended) < KEPT);
    let is_here = fs::metadata(&path).is_ok_and(|file| file.len() == bytes);
    Ok((is_kept && is_here).then_some(Kept { path, bytes }))
}

/// The same for whoever fetches it now: how many leave stands in the history.
pub fn fetch(act: &mut Act, id: i64) -> Result<Kept> {
    let job = crate::actions::jobs::find(act, id)?;
    let kept = find(act, &job)?.ok_or(Error::NotFound)?;
    if let Work::Export(export) = &job.work {
        record(act, export, job.tally.done, Some(id))?;
    }
    Ok(kept)
}

/// Reads the rows of a file again, the titles first.
pub struct Rows(csv::Reader<BufReader<File>>);

impl Rows {
    pub fn open(path: &Path) -> Result<Self> {
        let file = BufReader::new(File::open(path).map_err(Error::broken)?);
        Ok(Self(csv::ReaderBuilder::new().has_headers(false).from_reader(file)))
    }

    /// The next ones, as many as there are; none at the end.
    pub fn next(&mut self, most: usize) -> Result<Vec<StringRecord>> {
        self.0.records().take(most).collect::<Result<_, _>>().map_err(Error::broken)
    }
}

fn path(data: &Path, job: i64) -> PathBuf {
    data.join(FOLDER).join(format!("{job}.csv"))
}

/// Of a job that is not wanted any more.
pub(in crate::actions) fn remove(data: &Path, job: i64) -> Result<()> {
    files::remove(&path(data, job)).map(drop)
}

/// All that lie here: somebody was erased who may be in them. Those that are being written begin anew.
pub(in crate::actions) fn remove_all(act: &mut Act) -> Result<()> {
    for name in files::names(act.folder, FOLDER)? {
        files::remove(&act.folder.join(FOLDER).join(name))?;
    }
    Ok(())
}

/// Removes one that is kept no longer, or that no job writes; false when there is none.
pub fn forget(act: &mut Act) -> Result<bool> {
    for name in files::names(act.folder, FOLDER)? {
        let job = name.strip_suffix(".csv").and_then(|id| id.parse().ok()).map(|id| store::jobs::find(act.conn, id));
        let is_wanted = match job {
            None | Some(Err(Error::NotFound)) => false,
            Some(Err(e)) => return Err(e),
            Some(Ok(job)) => {
                State::OPEN.contains(&job.state) || job.ended_at.is_some_and(|ended| act.now.since(ended) < KEPT)
            }
        };
        if !is_wanted && files::remove(&act.folder.join(FOLDER).join(name))? {
            return Ok(true);
        }
    }
    Ok(false)
}
