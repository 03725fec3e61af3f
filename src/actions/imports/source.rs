//! Reading a table of people from a file, whatever its headers.
use super::row::{Cells, Column, RawRow};
use super::table::Table;
use crate::domain::Catalogue;
use anyhow::{Result, bail};
use std::path::Path;

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
        let mut table = Table::open(path, &std::env::temp_dir())?;
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
