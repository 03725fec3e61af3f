//! The strings that the cells of a workbook share, on disk: a large one has millions.
use super::parts::Part;
use super::unescaped;
use anyhow::{Context, Result};
use quick_xml::events::Event;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

const NOWHERE: &str = "a cell has a string that is not there";
/// So many bytes tell where a string ends.
const STEP: u64 = 8;

/// Where they are, one after another, and where each ends.
pub struct Strings {
    text: File,
    ends: File,
}

impl Strings {
    /// Reads all of them into files in this folder, which nobody else sees and which go when this does.
    pub fn read(part: Option<Part>, folder: &Path) -> Result<Self> {
        let (text, ends) = (unnamed(folder)?, unnamed(folder)?);
        let strings = Self { text: text.try_clone()?, ends: ends.try_clone()? };
        let (mut text, mut ends) = (BufWriter::new(text), BufWriter::new(ends));
        let (Some(mut part), mut end) = (part, 0u64) else { return Ok(strings) };
        loop {
            match part.next()? {
                Event::Start(element) if element.local_name().as_ref() == b"si" => {
                    let string = rich(&mut part, b"si")?;
                    part.ended();
                    text.write_all(string.as_bytes())?;
                    end += string.len() as u64;
                    ends.write_all(&end.to_le_bytes())?;
                }
                Event::Empty(element) if element.local_name().as_ref() == b"si" => {
                    ends.write_all(&end.to_le_bytes())?
                }
                Event::Eof => break,
                _ => {}
            }
        }
        text.flush()?;
        ends.flush()?;
        Ok(strings)
    }

    /// The one of this number, from 0.
    pub fn get(&self, number: u64) -> Result<String> {
        let end = |number: u64| -> Result<u64> {
            let mut bytes = [0; STEP as usize];
            let at = number.checked_mul(STEP).context(NOWHERE)?;
            self.ends.read_exact_at(&mut bytes, at).context(NOWHERE)?;
            Ok(u64::from_le_bytes(bytes))
        };
        let from = if number == 0 { 0 } else { end(number - 1)? };
        let mut bytes = vec![0; (end(number)? - from) as usize];
        self.text.read_exact_at(&mut bytes, from)?;
        Ok(String::from_utf8(bytes)?)
    }
}

/// A file that is gone when it is closed.
fn unnamed(folder: &Path) -> Result<File> {
    let path = folder.join(format!("{}.strings", crate::actions::random_code()));
    let file = File::options().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    fs::remove_file(&path)?;
    Ok(file)
}

/// The text of an element up to its end, without how it is to be pronounced.
pub fn rich(part: &mut Part, name: &[u8]) -> Result<String> {
    let (mut text, mut is_text, mut spoken) = (String::new(), false, 0u32);
    loop {
        match part.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                b"t" => is_text = spoken == 0,
                b"rPh" => spoken += 1,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                b"t" => is_text = false,
                b"rPh" => spoken = spoken.saturating_sub(1),
                other if other == name => return Ok(unescaped(&text)),
                _ => {}
            },
            Event::Eof => anyhow::bail!("the workbook breaks off"),
            event if is_text => add(&mut text, event)?,
            _ => {}
        }
    }
}

/// What an event says, if it is text.
pub fn add(text: &mut String, event: Event) -> Result<()> {
    match event {
        Event::Text(piece) => text.push_str(&piece.xml10_content()?),
        Event::CData(piece) => text.push_str(&piece.xml10_content()?),
        Event::GeneralRef(mark) => match mark.resolve_char_ref()? {
            Some(c) => text.push(c),
            None => {
                let name = mark.decode()?;
                let known = quick_xml::escape::resolve_predefined_entity(&name);
                text.push_str(known.with_context(|| format!("nobody knows &{name};"))?);
            }
        },
        _ => {}
    }
    Ok(())
}
