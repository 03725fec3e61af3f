//! A file that a job writes and that its starter may fetch for a day: comma separated UTF-8 with every value as it is.
use super::{page, permit, record};
use crate::actions::{Act, files};
use crate::domain::export::{Export, Reached};
use crate::domain::job::{Job, State, Tally, Work};
use crate::domain::time::days;
use crate::domain::{Error, PeopleFilter, Result, Sort};
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

/// Starts the job that writes everybody who matches; answers its number. Stale when those are not as many as were shown.
pub fn start(act: &mut Act, whom: (PeopleFilter, Sort), asked: &str, (count, once): (i64, &str)) -> Result<i64> {
    let (export, now) = super::show(act, vec![], whom, asked)?;
    let me = act.actor.id().ok_or(Error::NotFound)?;
    if let Some(started) = store::jobs::started_by(act.conn, me, once)? {
        return Ok(started);
    }
    if now != count {
        return Err(Error::Stale);
    }
    let work = Work::Export(Box::new(export.clone()));
    let asked = Asked { actor: Some(me), once, place: &files::place(act.folder)? };
    let job = store::jobs::insert(act.conn, &work, asked, act.now)?;
    store::jobs::expect(act.conn, job, count)?;
    record(act, &export, count, Some(job))?;
    Ok(job)
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
    store::jobs::remember(act.conn, job.id, &Reached { turn: next, bytes })?;
    Ok(true)
}

fn reached(job: &Job) -> Result<Reached> {
    if job.kept.is_empty() { Ok(Reached::default()) } else { serde_json::from_str(&job.kept).map_err(Error::broken) }
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
    if job.actor.is_none() || job.actor != act.actor.id() || permit(act, export).is_err() {
        return Ok(None);
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

/// Removes one that is kept no longer, or that no job writes; false when there is none.
pub fn forget(act: &mut Act) -> Result<bool> {
    for name in files::names(act.folder, FOLDER)? {
        let job = name.strip_suffix(".csv").and_then(|id| id.parse().ok()).map(|id| store::jobs::find(act.conn, id));
        let is_wanted = match job {
            None | Some(Err(Error::NotFound)) => false,
            Some(Err(e)) => return Err(e),
            Some(Ok(job)) => job.ended_at.is_none_or(|ended| act.now.since(ended) < KEPT),
        };
        if !is_wanted && files::remove(&act.folder.join(FOLDER).join(name))? {
            return Ok(true);
        }
    }
    Ok(false)
}
