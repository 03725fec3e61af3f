//! The file of an import as it lies in the data folder: comma separated UTF-8, without its header.
use super::source::cells;
use super::table::Table;
use super::{Column, RawRow};
use crate::actions::{Act, files, random_code};
use crate::domain::import::Import;
use crate::domain::{Error, Result, Time};
use crate::store;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// A table may have so many columns.
const MOST_COLUMNS: usize = 200;

/// Unpacked, a table may have so many bytes.
const MOST_BYTES: u64 = 4 << 30;

/// A file is kept for so long after it was brought in, and for as long as a job may read it.
pub const KEPT: std::time::Duration = crate::domain::time::days(1);

/// Removes a file and what lies beside it.
pub fn forget(data: &Path, file: &str) -> Result<()> {
    crate::store::scratch::forget(&data.join(FOLDER).join(format!("{file}.claims")))?;
    files::remove(&path(data, file)).map(drop)
}

/// Removes a file that no import knows, once it is old enough to be of no upload that goes on; false when there is none.
pub fn forget_strays(act: &mut Act) -> Result<bool> {
    for name in files::names(act.folder, FOLDER)? {
        let path = act.folder.join(FOLDER).join(&name);
        let changed = fs::metadata(&path).and_then(|file| file.modified());
        let changed = changed.ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let is_old = changed.is_some_and(|at| act.now.since(Time::from_seconds(at.as_secs() as i64)) >= KEPT);
        let file = name.split('.').next().unwrap_or_default();
        if is_old && !store::imports::knows(act.conn, file)? && files::remove(&path)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A file as it was brought in.
pub struct Brought {
    /// What it is called in the data folder.
    pub file: String,
    pub header: csv::StringRecord,
    pub rows: i64,
    pub bytes: i64,
}

/// Where files of imports lie.
const FOLDER: &str = "imports";

/// The same, made if need be.
pub fn folder(data: &Path) -> Result<PathBuf> {
    files::folder(data, FOLDER)
}

pub fn path(data: &Path, file: &str) -> PathBuf {
    data.join(FOLDER).join(format!("{file}.csv"))
}

/// Beside it, what a trial notes of earlier rows.
pub fn claims(data: &Path, import: &Import) -> PathBuf {
    data.join(FOLDER).join(format!("{}.claims", import.file))
}

/// Writes a table anew as all imports are read; the key of what is wrong where it is none.
pub fn take_in(from: &Path, data: &Path) -> Result<Brought> {
    let wrong = |key: &'static str| Error::invalid("file", key);
    let mut table = Table::open(from, &folder(data)?).map_err(|e| {
        tracing::info!(cause = %e, "a file was not taken in");
        wrong("imports.unreadable")
    })?;
    let mut header = csv::StringRecord::new();
    if !table.read(&mut header).map_err(broken_off)? || header.iter().all(|title| title.trim().is_empty()) {
        return Err(wrong("imports.empty"));
    }
    if header.len() > MOST_COLUMNS {
        return Err(wrong("imports.too_wide"));
    }
    let file = random_code();
    let kept = path(data, &file);
    let written = write(&mut table, &kept);
    match written {
        Ok((rows, bytes)) if rows > 0 => Ok(Brought { file, header, rows, bytes }),
        other => {
            fs::remove_file(&kept).map_err(Error::broken)?;
            other.and(Err(wrong("imports.no_rows")))
        }
    }
}

/// Row by row; answers how many rows and bytes that were.
fn write(table: &mut Table, to: &Path) -> Result<(i64, i64)> {
    let out = File::create(to).map_err(Error::broken)?;
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(BufWriter::new(out));
    let (mut rows, mut bytes, mut record) = (0, 0, csv::StringRecord::new());
    while table.read(&mut record).map_err(broken_off)? {
        out.write_record(&record).map_err(Error::broken)?;
        (rows, bytes) = (rows + 1, bytes + record.as_slice().len() as u64);
        if bytes > MOST_BYTES {
            return Err(Error::invalid("file", "imports.too_much"));
        }
    }
    let out = out.into_inner().map_err(|e| Error::broken(e.to_string()))?;
    let out = out.into_inner().map_err(|e| Error::broken(e.to_string()))?;
    out.sync_all().map_err(Error::broken)?;
    Ok((rows, out.metadata().map_err(Error::broken)?.len() as i64))
}

fn broken_off(cause: anyhow::Error) -> Error {
    tracing::info!(%cause, "a file was not taken in");
    Error::invalid("file", "imports.broken_off")
}

/// A row, and where in the file it begins.
pub struct Read {
    pub at_byte: i64,
    pub row: RawRow,
}

/// Rows from where the import stands, and where the one after them begins.
pub fn rows(data: &Path, import: &Import, columns: &[Option<Column>], most: usize) -> Result<(Vec<Read>, i64)> {
    let (mut reader, mut record) = (open(data, import, import.at_byte)?, csv::StringRecord::new());
    let (mut read, mut next) = (vec![], import.at_byte);
    while read.len() < most && reader.read_record(&mut record).map_err(Error::broken)? {
        // The header, which is row 1, is not in the file.
        let number = import.at_row + read.len() as i64 + 2;
        read.push(Read { at_byte: next, row: RawRow { number, cells: cells(&record, columns) } });
        next = import.at_byte + reader.position().byte() as i64;
    }
    Ok((read, next))
}

/// A few rows as they are, from this byte on.
pub fn samples(data: &Path, import: &Import, at_byte: i64, most: usize) -> Result<Vec<csv::StringRecord>> {
    open(data, import, at_byte)?.into_records().take(most).collect::<Result<_, _>>().map_err(Error::broken)
}

fn open(data: &Path, import: &Import, at_byte: i64) -> Result<csv::Reader<BufReader<File>>> {
    if import.file.is_empty() {
        return Err(Error::Forbidden("imports.forgotten"));
    }
    let mut file = File::open(path(data, &import.file)).map_err(Error::broken)?;
    file.seek(SeekFrom::Start(at_byte.unsigned_abs())).map_err(Error::broken)?;
    Ok(csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(BufReader::new(file)))
}
