//! A workbook as one table: the first sheet that is shown, and those after it that go on with the same titles.
use super::parts::{Part, Parts, attribute};
use super::sheet::{Shared, Sheet};
use super::strings::Strings;
use super::styles;
use anyhow::{Context, Result};
use quick_xml::events::Event;
use std::collections::{HashMap, HashSet, VecDeque};
use std::path::Path;

/// Read row by row; holds one row in memory.
pub struct Book {
    parts: Parts,
    shared: Shared,
    /// Those not begun yet.
    names: VecDeque<String>,
    sheet: Option<Sheet>,
    titles: Option<Vec<String>>,
}

impl Book {
    /// Notes on disk, in this folder, what the sheets share.
    pub fn open(path: &Path, folder: &Path) -> Result<Self> {
        let mut parts = Parts::open(path)?;
        let (sheets, since_1904) = sheets(parts.part("xl/workbook.xml")?.context("it holds no workbook")?)?;
        let places = places(parts.part("xl/_rels/workbook.xml.rels")?.context("it holds no sheets")?)?;
        let mut known = HashSet::new();
        let names = sheets.iter().filter_map(|id| places.get(id)).filter(|name| known.insert(*name)).cloned().collect();
        let strings = Strings::read(parts.part("xl/sharedStrings.xml")?, folder)?;
        let moments = styles::moments(parts.part("xl/styles.xml")?)?;
        let shared = Shared { strings, moments, since_1904 };
        Ok(Self { parts, shared, names, sheet: None, titles: None })
    }

    /// The next row, the titles first, each as long as the titles if it is not longer; nothing after the last.
    pub fn read(&mut self) -> Result<Option<Vec<String>>> {
        loop {
            let Some(sheet) = &mut self.sheet else {
                let Some(name) = self.names.pop_front() else { return Ok(None) };
                let mut sheet = Sheet::new(self.parts.part(&name)?.with_context(|| format!("it lacks {name}"))?);
                let first = sheet.read(&self.shared)?;
                match (&self.titles, first) {
                    (None, Some(first)) => {
                        (self.sheet, self.titles) = (Some(sheet), Some(first.clone()));
                        return Ok(Some(first));
                    }
                    (Some(titles), Some(first)) if *titles == first => self.sheet = Some(sheet),
                    (_, None) => {}
                    // Another table.
                    _ => self.names.clear(),
                }
                continue;
            };
            match sheet.read(&self.shared)? {
                None => self.sheet = None,
                Some(mut row) => {
                    let wide = self.titles.as_ref().map_or(0, Vec::len);
                    row.resize(row.len().max(wide), String::new());
                    return Ok(Some(row));
                }
            }
        }
    }
}

/// The relations of all sheets that are shown, in their order, and whether time begins in 1904.
fn sheets(mut part: Part) -> Result<(Vec<String>, bool)> {
    let (mut sheets, mut since_1904) = (vec![], false);
    loop {
        match part.next()? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                b"sheet" if attribute(&element, "state").is_none_or(|state| state == "visible") => {
                    // Its own number is `sheetId`; this one has a prefix.
                    sheets.extend(attribute(&element, "id"));
                }
                b"workbookPr" => {
                    since_1904 = attribute(&element, "date1904").is_some_and(|said| matches!(&*said, "1" | "true"));
                }
                _ => {}
            },
            Event::Eof => return Ok((sheets, since_1904)),
            _ => {}
        }
    }
}

/// Where in the archive each relation leads.
fn places(mut part: Part) -> Result<HashMap<String, String>> {
    let mut places = HashMap::new();
    loop {
        match part.next()? {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == b"Relationship" => {
                if let (Some(id), Some(target)) = (attribute(&element, "Id"), attribute(&element, "Target")) {
                    let place = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                    places.insert(id, place);
                }
            }
            Event::Eof => return Ok(places),
            _ => {}
        }
    }
}
