//! Reading a table of people from a file, whatever its encoding, its separator and its headers.
use super::row::{Cells, Column, RawRow};
use crate::domain::Catalogue;
use anyhow::{Context, Result, bail};
use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;

/// No row of people is longer; a quote that is never closed would swallow the whole file.
const LONGEST_ROW: u64 = 4 << 20;

/// A table in a file, row by row; holds one row in memory.
pub struct Table {
    csv: csv::Reader<Bounded<Box<dyn Read>>>,
    since_row: Rc<Cell<u64>>,
    /// Rows read so far; the header is the first.
    number: i64,
}

impl Table {
    /// Finds out encoding and separator.
    pub fn open(path: &Path) -> Result<Self> {
        let encoding = encoding_of(path)?;
        let delimiter = delimiter_of(decoded(path, encoding)?)?;
        let since_row = Rc::new(Cell::new(0));
        let bounded = Bounded { inner: decoded(path, encoding)?, since_row: since_row.clone() };
        let csv = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(bounded);
        Ok(Self { csv, since_row, number: 0 })
    }

    /// The next row; false at the end.
    pub fn read(&mut self, record: &mut csv::StringRecord) -> Result<bool> {
        self.since_row.set(0);
        let is_read = self.csv.read_record(record).with_context(|| format!("after row {}", self.number))?;
        self.number += i64::from(is_read);
        Ok(is_read)
    }
}

/// A file opened for importing as it is.
pub struct Source {
    table: Table,
    columns: Vec<Option<Column>>,
    /// Headers nobody knows; their cells are ignored.
    pub unknown: Vec<String>,
}

impl Source {
    /// A file without a known column is refused.
    pub fn open(path: &Path, catalogue: &Catalogue) -> Result<Self> {
        let mut table = Table::open(path)?;
        let mut header = csv::StringRecord::new();
        table.read(&mut header)?;
        let (columns, unknown) = columns_of(&header, catalogue);
        if columns.iter().all(Option::is_none) {
            bail!("its first row names no known column; name at least one of: email, phone, username, uid");
        }
        Ok(Self { table, columns, unknown })
    }

    /// The next rows, `most` of them or what is left.
    pub fn take(&mut self, most: usize) -> Result<Vec<RawRow>> {
        let mut rows = vec![];
        let mut record = csv::StringRecord::new();
        while rows.len() < most && self.table.read(&mut record)? {
            rows.push(RawRow { number: self.table.number, cells: cells(&record, &self.columns) });
        }
        Ok(rows)
    }
}

/// The filled cells of a row; nothing when it has more or fewer than there are columns.
pub fn cells(record: &csv::StringRecord, columns: &[Option<Column>]) -> Option<Cells> {
    if record.len() != columns.len() {
        return None;
    }
    let filled = columns.iter().zip(record).filter(|(_, text)| !text.trim().is_empty());
    Some(filled.filter_map(|(column, text)| Some((column.clone()?, text.to_owned()))).collect())
}

/// A second column of the same meaning counts as unknown.
pub fn columns_of(header: &csv::StringRecord, catalogue: &Catalogue) -> (Vec<Option<Column>>, Vec<String>) {
    let (mut columns, mut unknown) = (vec![], vec![]);
    for title in header {
        let column = Column::titled(title, catalogue).filter(|column| !columns.contains(&Some(column.clone())));
        if column.is_none() {
            unknown.push(title.trim().to_owned());
        }
        columns.push(column);
    }
    (columns, unknown)
}

fn encoding_of(path: &Path) -> Result<&'static Encoding> {
    let mut start = [0; 3];
    let length = File::open(path)?.take(3).read(&mut start)?;
    if let Some((encoding, _)) = Encoding::for_bom(&start[..length]) {
        return Ok(encoding);
    }
    for encoding in [UTF_8, GB18030] {
        if is_readable(path, encoding)? {
            return Ok(encoding);
        }
    }
    bail!("it is neither UTF-8, UTF-16 with a byte order mark, nor GB18030; save it as UTF-8")
}

/// Decodes the whole file, keeping nothing.
fn is_readable(path: &Path, encoding: &'static Encoding) -> Result<bool> {
    let (mut file, mut decoder) = (File::open(path)?, encoding.new_decoder());
    let (mut bytes, mut text) = (vec![0; 1 << 16], vec![0; 1 << 18]);
    loop {
        let length = file.read(&mut bytes)?;
        let (outcome, ..) = decoder.decode_to_utf8_without_replacement(&bytes[..length], &mut text, length == 0);
        match (outcome, length) {
            (DecoderResult::Malformed(..), _) => return Ok(false),
            (_, 0) => return Ok(true),
            _ => {}
        }
    }
}

fn decoded(path: &Path, encoding: &'static Encoding) -> Result<Box<dyn Read>> {
    let file = File::open(path)?;
    let mut builder = encoding_rs_io::DecodeReaderBytesBuilder::new();
    Ok(Box::new(builder.encoding(Some(encoding)).bom_override(true).strip_bom(true).build(file)))
}

/// Whichever of comma, semicolon and tab the first line has most of, outside quotes.
fn delimiter_of(text: Box<dyn Read>) -> Result<u8> {
    let (mut counts, mut quoted) = ([(b',', 0), (b';', 0), (b'\t', 0)], false);
    for byte in io::BufReader::new(text).take(1 << 16).bytes() {
        match byte? {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => counts.iter_mut().filter(|(mark, _)| *mark == byte).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    // Of equals the earlier wins.
    Ok(counts.into_iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(mark, _)| mark))
}

/// Fails when too much is read without a row coming to its end.
struct Bounded<R> {
    inner: R,
    since_row: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.since_row.get() > LONGEST_ROW {
            return Err(io::Error::other("a row longer than 4 MiB; is there a quote that is never closed?"));
        }
        let length = self.inner.read(buffer)?;
        self.since_row.set(self.since_row.get() + length as u64);
        Ok(length)
    }
}
