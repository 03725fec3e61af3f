//! The rows of one sheet.
use super::parts::{Part, attribute};
use super::strings::{Strings, add, rich};
use super::{column, styles, unescaped};
use crate::actions::bounded::LONGEST;
use anyhow::{Result, bail, ensure};
use quick_xml::events::{BytesStart, Event};

/// A sheet may have so many columns, as in Excel.
const MOST_COLUMNS: usize = 1 << 14;

/// What the cells of all sheets refer to.
pub struct Shared {
    pub strings: Strings,
    /// Which styles are those of moments.
    pub moments: Vec<bool>,
    pub since_1904: bool,
}

/// A sheet that is being read.
pub struct Sheet {
    part: Part,
    /// In its rows.
    begun: bool,
}

impl Sheet {
    pub fn new(part: Part) -> Self {
        Self { part, begun: false }
    }

    /// The cells of the next row that has any, without those at its end that are empty; nothing after the last.
    pub fn read(&mut self, shared: &Shared) -> Result<Option<Vec<String>>> {
        let (mut cells, mut next, mut length): (Vec<String>, usize, u64) = (vec![], 0, 0);
        loop {
            match self.part.next()? {
                Event::Empty(element) if element.local_name().as_ref() == b"c" => {
                    next = Cell::of(&element, next)?.column + 1;
                }
                Event::Start(element) if element.local_name().as_ref() == b"c" => {
                    let cell = Cell::of(&element, next)?;
                    next = cell.column + 1;
                    let value = cell.value(&mut self.part, shared)?;
                    // A string that many cells share is short in the file.
                    length += value.len() as u64;
                    ensure!(length <= LONGEST, "a row longer than 4 MiB");
                    if !value.is_empty() {
                        cells.resize(cell.column.max(cells.len()), String::new());
                        cells.truncate(cell.column);
                        cells.push(value);
                    }
                }
                Event::End(element) if element.local_name().as_ref() == b"row" => {
                    self.part.ended();
                    if !cells.is_empty() {
                        return Ok(Some(cells));
                    }
                    next = 0;
                }
                Event::Start(element) if element.local_name().as_ref() == b"sheetData" => self.begun = true,
                Event::End(element) if element.local_name().as_ref() == b"sheetData" => return Ok(None),
                Event::Empty(element) if element.local_name().as_ref() == b"sheetData" => return Ok(None),
                Event::Eof if self.begun => bail!("the workbook breaks off"),
                // It has no rows, but a drawing.
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }
}

/// What a cell says of itself.
struct Cell {
    column: usize,
    kind: String,
    style: usize,
}

impl Cell {
    /// One that does not say where it is comes after those before.
    fn of(element: &BytesStart, next: usize) -> Result<Self> {
        let place = attribute(element, "r").and_then(|place| column(place.as_bytes())).unwrap_or(next);
        ensure!(place < MOST_COLUMNS, "a row has more than {MOST_COLUMNS} cells");
        let style = attribute(element, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
        Ok(Self { column: place, kind: attribute(element, "t").unwrap_or_default(), style })
    }

    /// Reads on to its end.
    fn value(&self, part: &mut Part, shared: &Shared) -> Result<String> {
        let (mut text, mut is_value) = (String::new(), false);
        loop {
            match part.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    b"v" => is_value = true,
                    b"is" => text = rich(part, b"is")?,
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    b"v" => is_value = false,
                    b"c" => return self.meaning(text, shared),
                    _ => {}
                },
                Event::Eof => bail!("the workbook breaks off"),
                event if is_value => add(&mut text, event)?,
                _ => {}
            }
        }
    }

    /// As people would write what they see; nothing for the error of a formula.
    fn meaning(&self, text: String, shared: &Shared) -> Result<String> {
        Ok(match self.kind.as_str() {
            _ if text.is_empty() => text,
            "s" => shared.strings.get(text.trim().parse()?)?,
            "str" => unescaped(&text),
            "inlineStr" | "d" => text,
            "b" => if text.trim() == "1" { "true" } else { "false" }.into(),
            "e" => String::new(),
            _ => {
                let Ok(number) = text.trim().parse::<f64>() else { return Ok(text) };
                let is_moment = shared.moments.get(self.style).copied().unwrap_or(false);
                let moment = if is_moment { styles::moment(number, shared.since_1904) } else { None };
                // Longer numbers are not exact; phones are shorter.
                let exact = number.fract() == 0.0 && number.abs() < 1e15;
                moment.unwrap_or_else(|| if exact { format!("{number:.0}") } else { number.to_string() })
            }
        })
    }
}
