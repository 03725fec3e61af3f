//! The parts of a workbook: files in a ZIP archive, each read from its beginning to its end.
use crate::actions::bounded::{Bounded, Length};
use anyhow::{Context, Result, bail, ensure};
use flate2::bufread::DeflateDecoder;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use zip::{CompressionMethod, ZipArchive};

/// All that is read of a workbook is no longer, unpacked.
const LONGEST: u64 = 8 << 30;
/// Elements lie in each other so deep, and have names so long.
const DEEPEST: usize = 64;
const LONGEST_NAME: usize = 200;
/// No workbook has so many parts, nor so long a directory of them.
const MOST: u64 = 10_000;
const LONGEST_DIRECTORY: u64 = 4 << 20;

/// A part that is being read. Nothing in it may be long, unless it is taken in records.
pub struct Part {
    xml: Reader<BufReader<Bounded<Box<dyn Read>>>>,
    length: Length,
    buffer: Vec<u8>,
    depth: usize,
}

impl Part {
    pub fn next(&mut self) -> Result<Event<'_>> {
        self.buffer.clear();
        let event = self.xml.read_event_into(&mut self.buffer)?;
        match &event {
            Event::Start(element) => {
                self.depth += 1;
                let is_long = element.name().as_ref().len() > LONGEST_NAME;
                ensure!(self.depth <= DEEPEST && !is_long, "no workbook has such elements");
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        Ok(event)
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
    /// So many bytes may still be unpacked.
    left: Rc<Cell<u64>>,
}

impl Parts {
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = File::open(path)?;
        check_directory(&mut file)?;
        let archive = ZipArchive::new(BufReader::new(file))?;
        Ok(Self { path: path.to_owned(), archive, left: Rc::new(Cell::new(LONGEST)) })
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
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(packed)),
            other => bail!("a part is packed as {other}"),
        };
        let bytes: Box<dyn Read> = Box::new(Counted { inner: bytes, left: self.left.clone() });
        let (bounded, length) = Bounded::new(bytes);
        Ok(Some(Part { xml: Reader::from_reader(BufReader::new(bounded)), length, buffer: vec![], depth: 0 }))
    }
}

/// Fails when all parts together are longer than a workbook may be.
struct Counted<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.left.get().checked_sub(read as u64);
        self.left.set(left.ok_or_else(|| io::Error::other("a workbook longer than 8 GiB, unpacked"))?);
        Ok(read)
    }
}

/// The value of an attribute, whatever the prefix of its name.
pub fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|one| one.key.local_name().as_ref() == name.as_bytes())?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// What the end of an archive says of the directory of its parts.
struct Directory {
    parts: u64,
    offset: u64,
    length: u64,
}

/// Refuses an archive whose directory alone would fill the memory, before anything reads that: as it is said for small
/// archives, and as it is said for large ones (APPNOTE.TXT 4.3.14 and 4.3.16). It ends where its end begins, so nobody
/// looks for another.
fn check_directory(file: &mut File) -> Result<()> {
    const TAIL: u64 = (1 << 16) + 22 + 20;
    let from = file.metadata()?.len().saturating_sub(TAIL);
    let tail = piece(file, from, TAIL)?;
    let at = tail.windows(4).rposition(|four| four == b"PK\x05\x06").context("no archive")?;
    let said = |at| number(&tail, at, 4).context("no archive");
    let parts = number(&tail, at + 10, 2).context("no archive")?;
    let small = Directory { parts, length: said(at + 12)?, offset: said(at + 16)? };
    let is_large = small.parts == 0xffff || [small.length, small.offset].contains(&0xffff_ffff);
    let (mut end, mut said) = (from + at as u64, if is_large { vec![] } else { vec![small] });
    if let Some(locator) = at.checked_sub(20).filter(|at| tail[*at..].starts_with(b"PK\x06\x07")) {
        end = number(&tail, locator + 8, 8).context("no archive")?;
        let record = piece(file, end, 56)?;
        let said_at = |at| number(&record, at, 8).context("no archive");
        said.push(Directory { parts: said_at(32)?, length: said_at(40)?, offset: said_at(48)? });
    }
    ensure!(!said.is_empty(), "no archive");
    for directory in said {
        let is_small = directory.parts <= MOST && directory.length <= LONGEST_DIRECTORY;
        ensure!(is_small, "the archive has too many parts for a workbook");
        ensure!(directory.offset.checked_add(directory.length) == Some(end), "no archive");
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(())
}

fn piece(file: &mut File, at: u64, length: u64) -> Result<Vec<u8>> {
    let mut piece = vec![];
    file.seek(SeekFrom::Start(at))?;
    file.take(length).read_to_end(&mut piece)?;
    Ok(piece)
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + size)?;
    Some(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}
