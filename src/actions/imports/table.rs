//! A table in a file, whatever its format, its encoding and its separator.
use crate::actions::bounded::{Bounded, Length};
use crate::actions::workbook::Book;
use anyhow::{Context, Result, bail};
use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Read row by row; holds one row in memory.
pub struct Table {
    rows: Rows,
    /// Rows read so far; the header is the first.
    pub number: i64,
}

enum Rows {
    Text(csv::Reader<Bounded<Box<dyn Read>>>, Length),
    Book(Box<Book>),
}

impl Table {
    /// Finds out the format; what does not fit into memory is noted in files in this folder, gone when the table is.
    pub fn open(path: &Path, folder: &Path) -> Result<Self> {
        let rows = match start(path)?.as_slice() {
            b"PK\x03\x04" => Rows::Book(Box::new(Book::open(path, folder)?)),
            b"\xd0\xcf\x11\xe0" => {
                bail!("it is an old .xls file, or protected by a password; save it as .xlsx or as CSV, without one")
            }
            _ => Rows::text(path)?,
        };
        Ok(Self { rows, number: 0 })
    }

    /// The next row; false at the end.
    pub fn read(&mut self, record: &mut csv::StringRecord) -> Result<bool> {
        let is_read = match &mut self.rows {
            Rows::Text(csv, length) => {
                length.reset();
                csv.read_record(record).map_err(Into::into)
            }
            Rows::Book(book) => book.read().map(|cells| cells.map(|cells| *record = cells.into()).is_some()),
        };
        let is_read = is_read.with_context(|| format!("after row {}", self.number))?;
        self.number += i64::from(is_read);
        Ok(is_read)
    }
}

impl Rows {
    /// Finds out encoding and separator.
    fn text(path: &Path) -> Result<Self> {
        let encoding = encoding_of(path)?;
        let delimiter = delimiter_of(decoded(path, encoding)?)?;
        let (bounded, length) = Bounded::new(decoded(path, encoding)?);
        let csv = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(bounded);
        Ok(Self::Text(csv, length))
    }
}

/// The first four bytes.
fn start(path: &Path) -> Result<Vec<u8>> {
    let mut start = vec![];
    File::open(path)?.take(4).read_to_end(&mut start)?;
    Ok(start)
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
