//! Rows of people as the bytes of a file, piece by piece.
use crate::actions::workbook;
use crate::domain::export::Format;
use crate::domain::{Error, Field, Result};
use csv::StringRecord;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A file that is being written.
pub struct Writer {
    columns: Vec<Column>,
    form: Form,
}

struct Column {
    name: String,
    /// Never a formula, whatever it begins with.
    is_plain: bool,
    /// Several values with a semicolon between.
    is_list: bool,
}

enum Form {
    Csv,
    Xlsx(Box<workbook::Writer>),
    Jsonl,
}

impl Writer {
    /// And the first bytes. Excel takes a CSV file for UTF-8 only with its mark.
    pub fn begin(format: Format, names: &[String]) -> Result<(Self, Vec<u8>)> {
        let plain = ["uid", "role", "status", "created_at", "last_login_at"];
        let lists = [Field::Tags.name(), Field::Groups.name()];
        let column = |name: &String| Column {
            name: name.clone(),
            is_plain: plain.contains(&name.as_str()),
            is_list: lists.contains(&name.as_str()),
        };
        let columns = names.iter().map(column).collect();
        let (form, start) = match format {
            Format::Csv => {
                let mut head = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
                head.write_record(names).map_err(Error::broken)?;
                (Form::Csv, head.into_inner().map_err(Error::broken)?)
            }
            Format::Xlsx => {
                let mut book =
                    workbook::Writer::new("People", names.iter().map(String::as_str)).map_err(Error::broken)?;
                let start = book.take();
                (Form::Xlsx(Box::new(book)), start)
            }
            Format::Jsonl => (Form::Jsonl, vec![]),
        };
        Ok((Self { columns, form }, start))
    }

    /// The bytes of these rows, as far as they are known yet.
    pub fn rows(&mut self, rows: &[StringRecord]) -> Result<Vec<u8>> {
        match &mut self.form {
            Form::Csv => {
                let mut out = csv::Writer::from_writer(vec![]);
                for row in rows {
                    for (column, text) in self.columns.iter().zip(row) {
                        let cell = if column.is_plain { Cow::Borrowed(text) } else { defused(text) };
                        out.write_field(cell.as_bytes()).map_err(Error::broken)?;
                    }
                    out.write_record(None::<&[u8]>).map_err(Error::broken)?;
                }
                out.into_inner().map_err(Error::broken)
            }
            Form::Xlsx(book) => {
                for row in rows {
                    book.row(row.iter()).map_err(Error::broken)?;
                }
                Ok(book.take())
            }
            Form::Jsonl => {
                let mut out = vec![];
                for row in rows {
                    let object: Map<String, Value> = self
                        .columns
                        .iter()
                        .zip(row)
                        .map(|(column, text)| (column.name.clone(), column.value(text)))
                        .collect();
                    serde_json::to_writer(&mut out, &object).map_err(Error::broken)?;
                    out.push(b'\n');
                }
                Ok(out)
            }
        }
    }

    /// The last bytes.
    pub fn finish(self) -> Result<Vec<u8>> {
        match self.form {
            Form::Csv | Form::Jsonl => Ok(vec![]),
            Form::Xlsx(book) => book.finish().map_err(Error::broken),
        }
    }
}

impl Column {
    /// Nothing is null, and a list a list.
    fn value(&self, text: &str) -> Value {
        if self.is_list {
            return text.split(';').filter(|one| !one.is_empty()).map(Value::from).collect();
        }
        if text.is_empty() { Value::Null } else { text.into() }
    }
}

/// A cell that a spreadsheet would take for a formula is made text.
pub fn defused(text: &str) -> Cow<'_, str> {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if is_formula { format!("'{text}").into() } else { text.into() }
}
