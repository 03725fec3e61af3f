//! The four settings, from the environment or from `rollcall.toml`; the environment wins.
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

const FILE: &str = "rollcall.toml";
const NAMES: [&str; 4] = ["ROLLCALL_LISTEN", "ROLLCALL_DATABASE_URL", "ROLLCALL_DATA_DIR", "ROLLCALL_PUBLIC_URL"];

/// Where the house listens and keeps its things.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub listen: SocketAddr,
    pub database_url: String,
    pub data_dir: PathBuf,
    /// As browsers see it; without a path.
    pub public_url: url::Url,
}

impl Settings {
    /// Reads both places. An unknown name or a bad value is an error that says which and why.
    pub fn read() -> Result<Self> {
        let mut given = match std::fs::read_to_string(FILE) {
            Ok(text) => from_toml(&text).with_context(|| format!("in {FILE}"))?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(e) => return Err(e).context(format!("cannot read {FILE}")),
        };
        for (name, value) in std::env::vars().filter(|(name, _)| name.starts_with("ROLLCALL_")) {
            given.insert(name, value);
        }
        Self::from_given(&given)
    }

    /// A throwaway house in `folder`, listening where the settings say.
    pub fn in_folder(self, folder: &Path) -> Self {
        Self { database_url: sqlite_in(folder), data_dir: folder.to_owned(), ..self }
    }

    fn from_given(given: &BTreeMap<String, String>) -> Result<Self> {
        if let Some(unknown) = given.keys().find(|name| !NAMES.contains(&name.as_str())) {
            bail!("{unknown} is no setting; there are {}", NAMES.join(", "));
        }
        let get = |name: &str| given.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
        let listen: SocketAddr = match get("ROLLCALL_LISTEN") {
            Some(raw) => raw.parse().with_context(|| {
                format!("ROLLCALL_LISTEN is {raw:?}; write an address and a port, like 127.0.0.1:8080")
            })?,
            None => SocketAddr::from(([127, 0, 0, 1], 8080)),
        };
        let data_dir = PathBuf::from(get("ROLLCALL_DATA_DIR").unwrap_or("rollcall-data"));
        let database_url = match get("ROLLCALL_DATABASE_URL") {
            Some(raw) if ["sqlite://", "postgres://", "postgresql://"].iter().any(|scheme| raw.starts_with(scheme)) => {
                raw.into()
            }
            Some(_) => bail!("ROLLCALL_DATABASE_URL must begin with sqlite:// or postgres://"),
            None => sqlite_in(&data_dir),
        };
        let public_url = public_url(get("ROLLCALL_PUBLIC_URL"), listen)?;
        Ok(Self { listen, database_url, data_dir, public_url })
    }
}

fn sqlite_in(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("rollcall.db").display())
}

fn public_url(raw: Option<&str>, listen: SocketAddr) -> Result<url::Url> {
    let Some(raw) = raw else { return Ok(url::Url::parse(&format!("http://{listen}"))?) };
    let why = || format!("ROLLCALL_PUBLIC_URL is {raw:?}; write it like https://people.example.org");
    let url = url::Url::parse(raw).with_context(why)?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if !bare || url.host_str().is_none() || !["http", "https"].contains(&url.scheme()) {
        bail!("{}", why());
    }
    Ok(url)
}

fn from_toml(text: &str) -> Result<BTreeMap<String, String>> {
    let table: toml::Table = text.parse()?;
    let as_text = |(name, value): (String, toml::Value)| match value {
        toml::Value::String(text) => Ok((name, text)),
        other => bail!("{name} must be text in quotes, not {}", other.type_str()),
    };
    table.into_iter().map(as_text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(pairs: &[(&str, &str)]) -> Result<Settings> {
        Settings::from_given(&pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect())
    }

    #[test]
    fn nothing_given_means_sqlite_on_loopback() {
        let settings = given(&[]).unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(settings.database_url, "sqlite://rollcall-data/rollcall.db");
        assert_eq!(settings.public_url.as_str(), "http://127.0.0.1:8080/");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let why = |pairs: &[(&str, &str)]| given(pairs).unwrap_err().to_string();
        assert!(why(&[("ROLLCALL_LISTN", "x")]).starts_with("ROLLCALL_LISTN is no setting"));
        assert!(why(&[("ROLLCALL_LISTEN", "8080")]).contains("127.0.0.1:8080"));
        assert!(why(&[("ROLLCALL_DATABASE_URL", "prod_db")]).contains("postgres://"));
        assert!(why(&[("ROLLCALL_PUBLIC_URL", "people.example.org")]).contains("https://"));
        assert!(why(&[("ROLLCALL_PUBLIC_URL", "https://example.org/rollcall")]).contains("https://"));
        assert!(from_toml("ROLLCALL_LISTEN = 8080").unwrap_err().to_string().contains("must be text"));
    }
}
