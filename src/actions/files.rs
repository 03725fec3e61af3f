//! Files beside the database.
use super::random_code;
use crate::domain::{Error, Result};
use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// A folder in the data folder that nobody else on this machine may read; made if need be.
pub fn folder(data: &Path, name: &str) -> Result<PathBuf> {
    let folder = data.join(name);
    DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(Error::broken)?;
    Ok(folder)
}

/// True when there was one.
pub fn remove(path: &Path) -> Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
        Err(e) => Err(Error::broken(e)),
    }
}

/// The names of the files in a folder of the data folder; none where there is no such folder.
pub fn names(data: &Path, name: &str) -> Result<Vec<String>> {
    let entries = match fs::read_dir(data.join(name)) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(vec![]),
        entries => entries.map_err(Error::broken)?,
    };
    let mut names = vec![];
    for entry in entries {
        let entry = entry.map_err(Error::broken)?;
        if entry.file_type().map_err(Error::broken)?.is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

/// The word of this data folder: whatever lies in it is found only by programs that know the same.
pub fn place(data: &Path) -> Result<String> {
    let path = data.join("place");
    match fs::read_to_string(&path) {
        Err(e) if e.kind() == ErrorKind::NotFound => {}
        word => return word.map_err(Error::broken),
    }
    // Written as a whole before it has its name: whoever is quicker is right.
    let draft = data.join(format!("place.{}", random_code()));
    let mut file = File::options().write(true).create_new(true).mode(0o600).open(&draft).map_err(Error::broken)?;
    file.write_all(random_code().as_bytes()).map_err(Error::broken)?;
    file.sync_all().map_err(Error::broken)?;
    match fs::hard_link(&draft, &path) {
        Err(e) if e.kind() != ErrorKind::AlreadyExists => fs::rename(&draft, &path).map_err(Error::broken)?,
        _ => drop(remove(&draft)?),
    }
    fs::read_to_string(&path).map_err(Error::broken)
}
