//! The parts of a workbook: files in a ZIP archive, each read from its beginning to its end.
use crate::actions::bounded::{Bounded, Length};
use anyhow::{Context, Result, bail, ensure};
use flate2::bufread::DeflateDecoder;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zip::{CompressionMethod, ZipArchive};

/// No part is longer, unpacked.
const LONGEST: u64 = 8 << 30;
/// No workbook has so many parts, nor so long a directory of them.
const MOST: u64 = 10_000;
const LONGEST_DIRECTORY: u64 = 4 << 20;

/// A part that is being read. Nothing in it may be long, unless it is taken in records.
pub struct Part {
    xml: Reader<BufReader<Bounded<Box<dyn Read>>>>,
    length: Length,
    buffer: Vec<u8>,
}

impl Part {
    pub fn next(&mut self) -> Result<Event<'_>> {
        self.buffer.clear();
        Ok(self.xml.read_event_into(&mut self.buffer)?)
    }

    /// A record of it came to its end.
    pub fn ended(&self) {
        self.length.reset();
    }
}

/// The archive.
pub struct Parts {
    path: PathBuf,
    archive: ZipArchive<BufReader<File>>,
}

impl Parts {
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = File::open(path)?;
        check_directory(&mut file)?;
        Ok(Self { path: path.to_owned(), archive: ZipArchive::new(BufReader::new(file))? })
    }

    /// Nothing when there is none of this name.
    pub fn part(&mut self, name: &str) -> Result<Option<Part>> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let entry = self.archive.by_index_raw(index)?;
        if entry.encrypted() {
            bail!("the workbook is protected by a password");
        }
        let start = entry.data_start().context("a part without a beginning")?;
        let (packed, method) = (entry.compressed_size(), entry.compression());
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(start))?;
        let packed = BufReader::new(file.take(packed));
        let bytes: Box<dyn Read> = match method {
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(packed).take(LONGEST)),
            other => bail!("a part is packed as {other}"),
        };
        let (bounded, length) = Bounded::new(bytes);
        Ok(Some(Part { xml: Reader::from_reader(BufReader::new(bounded)), length, buffer: vec![] }))
    }
}

/// The value of an attribute, whatever the prefix of its name.
pub fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|one| one.key.local_name().as_ref() == name.as_bytes())?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// Refuses an archive whose directory alone would fill the memory, before anything reads that.
fn check_directory(file: &mut File) -> Result<()> {
    const TAIL: u64 = (1 << 16) + 22 + 20;
    let length = file.metadata()?.len();
    let from = length.saturating_sub(TAIL);
    let mut tail = vec![];
    file.seek(SeekFrom::Start(from))?;
    file.take(TAIL).read_to_end(&mut tail)?;
    let end = tail.windows(4).rposition(|four| four == b"PK\x05\x06").context("no archive")?;
    let number = |bytes: &[u8], at: usize, size: usize| {
        bytes.get(at..at + size).map(|bytes| bytes.iter().rev().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte)))
    };
    let told = number(&tail, end + 10, 2).zip(number(&tail, end + 12, 4)).context("no archive")?;
    let locator = end.checked_sub(20).filter(|at| tail[*at..].starts_with(b"PK\x06\x07"));
    let told = match locator.and_then(|at| number(&tail, at + 8, 8)) {
        None => told,
        Some(at) => {
            let mut record = vec![];
            file.seek(SeekFrom::Start(at))?;
            file.take(56).read_to_end(&mut record)?;
            number(&record, 32, 8).zip(number(&record, 40, 8)).context("no archive")?
        }
    };
    ensure!(told.0 <= MOST && told.1 <= LONGEST_DIRECTORY, "the archive has too many parts for a workbook");
    file.seek(SeekFrom::Start(0))?;
    Ok(())
}
