//! The rows that an import left out, with why.
use super::{file, show};
use crate::actions::Act;
use crate::actions::people::export::defused;
use crate::domain::import::Import;
use crate::domain::{Error, Result};
use crate::store;

/// So many rows are held in memory.
const PART: i64 = 1_000;

/// The titles of the file and one more. Excel takes a file for UTF-8 only with its mark.
pub fn head(import: &Import, reason: &str) -> Result<Vec<u8>> {
    let mut file = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let titles = import.header.iter().map(String::as_str).chain([reason]);
    file.write_record(titles).map_err(Error::broken)?;
    file.into_inner().map_err(|e| Error::broken(e.to_string()))
}

/// The next rows after the one of this number, and the number of the last; nothing after the last. Each as it was, for
/// it to be mended and brought in again.
pub fn rows(act: &mut Act, id: i64, after: i64, say: impl Fn(&str) -> String) -> Result<(Vec<u8>, Option<i64>)> {
    let (import, _) = show(act, id)?;
    let failed = store::imports::failed(act.conn, id, after, PART)?;
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(vec![]);
    for (_, at_byte, column, key) in &failed {
        let cells = file::samples(act.folder, &import, *at_byte, 1)?.pop().unwrap_or_default();
        let why = if column.is_empty() { say(key) } else { format!("{column}: {}", say(key)) };
        let cells = cells.iter().map(|cell| defused(cell).into_owned()).chain([why]);
        out.write_record(cells).map_err(Error::broken)?;
    }
    let last = failed.last().map(|(number, ..)| *number);
    Ok((out.into_inner().map_err(|e| Error::broken(e.to_string()))?, last))
}
