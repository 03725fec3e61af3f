//! A workbook as Excel writes it.
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Instead of rows: a sheet with nothing but a drawing.
pub const DRAWING: &str = "drawing";

/// Sheets by name, whether they are shown, and what their rows are; with strings that they share, and a style (1) for
/// moments.
pub fn packed(sheets: &[(&str, bool, &str)], strings: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let listed: String = (sheets.iter().enumerate())
        .map(|(at, (name, shown, _))| {
            let state = if *shown { "" } else { r#" state="hidden""# };
            format!(r#"<sheet name="{name}" sheetId="{0}"{state} r:id="rId{0}"/>"#, at + 1)
        })
        .collect();
    part(
        "xl/workbook.xml",
        &format!(
            r#"<?xml version="1.0"?><workbook xmlns:r="{RELATIONS}"><workbookPr/><sheets>{listed}</sheets></workbook>"#
        ),
    );
    let related: String = (1..=sheets.len())
        .map(|n| {
            format!(r#"<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>"#)
        })
        .collect();
    part("xl/_rels/workbook.xml.rels", &format!("<Relationships>{related}</Relationships>"));
    part(
        "xl/styles.xml",
        r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy&quot; at &quot;hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#,
    );
    part("xl/sharedStrings.xml", &format!("<sst>{strings}</sst>"));
    for (at, (.., rows)) in sheets.iter().enumerate() {
        part(
            &format!("xl/worksheets/sheet{}.xml", at + 1),
            &match *rows {
                "" => "<worksheet><sheetData/></worksheet>".to_owned(),
                DRAWING => "<chartsheet><drawing/></chartsheet>".to_owned(),
                rows => format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
            },
        );
    }
    zip.finish().unwrap().into_inner()
}
