//! Writing a workbook piece by piece: nothing but the next bytes is held.
use super::{MOST_ROWS, escaped, letters};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

/// A sheet ends before it has so many bytes: ZIP has other headers beyond 4 GiB, which not every program reads.
const LONGEST_SHEET: u64 = 3 << 30;
const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KINDS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// A workbook that is being written: one sheet after another, each with the same titles.
pub struct Writer {
    zip: ZipWriter<StreamWriter<Pieces>>,
    pieces: Pieces,
    name: String,
    titles: Vec<String>,
    /// The letters of each column.
    letters: Vec<String>,
    sheets: usize,
    /// Of the last sheet.
    rows: u32,
    bytes: u64,
}

/// What was written and not taken yet.
#[derive(Clone, Default)]
struct Pieces(Arc<Mutex<Vec<u8>>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Pieces {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Writer {
    /// With sheets of this name.
    pub fn new<'t>(name: &str, titles: impl Iterator<Item = &'t str>) -> zip::result::ZipResult<Self> {
        let pieces = Pieces::default();
        let titles: Vec<String> = titles.map(str::to_owned).collect();
        let mut writer = Self {
            zip: ZipWriter::new_stream(pieces.clone()),
            pieces,
            name: escaped(name),
            letters: (0..titles.len()).map(letters).collect(),
            titles,
            sheets: 0,
            rows: 0,
            bytes: 0,
        };
        writer.begin()?;
        Ok(writer)
    }

    /// One more row; cells beyond the titles are left out.
    pub fn row<'c>(&mut self, cells: impl Iterator<Item = &'c str>) -> zip::result::ZipResult<()> {
        if self.rows >= MOST_ROWS || self.bytes >= LONGEST_SHEET {
            self.end()?;
            self.begin()?;
        }
        self.rows += 1;
        let row = line(self.rows, &self.letters, cells);
        self.write(&row)
    }

    /// What was written since this was asked last.
    pub fn take(&mut self) -> Vec<u8> {
        self.pieces.take()
    }

    /// The rest of the workbook.
    pub fn finish(mut self) -> zip::result::ZipResult<Vec<u8>> {
        self.end()?;
        let sheets = 1..=self.sheets;
        let listed: String = sheets
            .clone()
            .map(|n| format!(r#"<sheet name="{}{}" sheetId="{n}" r:id="rId{n}"/>"#, self.name, suffix(n)))
            .collect();
        let related: String = sheets
            .clone()
            .map(|n| {
                format!(r#"<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>"#)
            })
            .collect();
        let kinds: String = sheets
            .map(|n| {
                format!(r#"<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KINDS}.worksheet+xml"/>"#)
            })
            .collect();
        for (part, text) in [
            (
                "xl/workbook.xml",
                format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>"#),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>"#),
            ),
            (
                "_rels/.rels",
                format!(
                    r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
                ),
            ),
            (
                "[Content_Types].xml",
                format!(
                    r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/>{kinds}</Types>"#
                ),
            ),
        ] {
            self.zip.start_file(part, SimpleFileOptions::default())?;
            self.zip.write_all(format!("{XML}{text}").as_bytes())?;
        }
        self.zip.finish()?;
        Ok(self.pieces.take())
    }

    /// The next sheet, with the titles in sight however far one scrolls.
    fn begin(&mut self) -> zip::result::ZipResult<()> {
        (self.sheets, self.rows, self.bytes) = (self.sheets + 1, 1, 0);
        let options = SimpleFileOptions::default().compression_level(Some(3));
        self.zip.start_file(format!("xl/worksheets/sheet{}.xml", self.sheets), options)?;
        let view = r#"<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>"#;
        let wide =
            format!(r#"<cols><col min="1" max="{}" width="20" customWidth="1"/></cols>"#, self.titles.len().max(1));
        self.write(&format!(r#"{XML}<worksheet xmlns="{MAIN}">{view}{wide}<sheetData>"#))?;
        let titles = line(1, &self.letters, self.titles.iter().map(String::as_str));
        self.write(&titles)
    }

    fn end(&mut self) -> zip::result::ZipResult<()> {
        self.write("</sheetData></worksheet>")
    }

    fn write(&mut self, text: &str) -> zip::result::ZipResult<()> {
        self.bytes += text.len() as u64;
        Ok(self.zip.write_all(text.as_bytes())?)
    }
}

fn suffix(sheet: usize) -> String {
    if sheet == 1 { String::new() } else { format!(" {sheet}") }
}

/// All cells are text, so none is a formula.
fn line<'c>(number: u32, letters: &[String], cells: impl Iterator<Item = &'c str>) -> String {
    let mut row = format!(r#"<row r="{number}">"#);
    for (letters, text) in letters.iter().zip(cells).filter(|(_, text)| !text.is_empty()) {
        let kept =
            if text.trim().len() == text.len() && !text.contains('\n') { "" } else { r#" xml:space="preserve""# };
        row.push_str(&format!(r#"<c r="{letters}{number}" t="inlineStr"><is><t{kept}>{}</t></is></c>"#, escaped(text)));
    }
    row.push_str("</row>");
    row
}
