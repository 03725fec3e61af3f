//! The five settings, from the environment or from `rollcall.toml`; the environment wins.
use crate::domain::vault::Vault;
use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

const FILE: &str = "rollcall.toml";
const NAMES: [&str; 5] =
    ["ROLLCALL_LISTEN", "ROLLCALL_DATABASE_URL", "ROLLCALL_DATA_DIR", "ROLLCALL_PUBLIC_URL", "ROLLCALL_MASTER_KEY"];
/// In the data folder, when no setting gives the key.
const KEY_FILE: &str = "master.key";

/// Where the house listens and keeps its things.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub listen: SocketAddr,
    pub database_url: String,
    pub data_dir: PathBuf,
    /// As browsers see it; without a path.
    pub public_url: url::Url,
    master_key: Option<MasterKey>,
}

/// 32 bytes that seal the trash; never shown.
#[derive(Clone, PartialEq)]
struct MasterKey([u8; 32]);

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("MasterKey")
    }
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

    /// The master key as a vault: given, else from the data folder, where it is made the first time.
    pub fn vault(&self) -> Result<Vault> {
        if let Some(MasterKey(key)) = &self.master_key {
            return Ok(Vault::new(key));
        }
        let path = self.data_dir.join(KEY_FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => make_key(&path)?,
            Err(e) => return Err(e).with_context(|| format!("cannot read {}", path.display())),
        };
        let MasterKey(key) = master_key(text.trim()).with_context(|| format!("in {}", path.display()))?;
        Ok(Vault::new(&key))
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
        let master_key = get("ROLLCALL_MASTER_KEY").map(master_key).transpose()?;
        Ok(Self { listen, database_url, data_dir, public_url, master_key })
    }
}

fn master_key(raw: &str) -> Result<MasterKey> {
    let bytes = URL_SAFE_NO_PAD.decode(raw.trim_end_matches('=').replace('+', "-").replace('/', "_"));
    let key = bytes.ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    key.map(MasterKey).context("the master key is not 32 bytes in base64; make one with: openssl rand -base64 32")
}

/// Readable by its owner alone. Of two programs that make it at once, one wins and both use that.
fn make_key(path: &Path) -> Result<String> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let why = || format!("cannot make {}", path.display());
    let mut key = [0u8; 32];
    getrandom::fill(&mut key).map_err(|e| anyhow::anyhow!("no random bytes: {e}"))?;
    let fresh = path.with_extension(format!("{}", std::process::id()));
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh).with_context(why)?;
    file.write_all(URL_SAFE_NO_PAD.encode(key).as_bytes()).and_then(|()| file.sync_all()).with_context(why)?;
    let linked = std::fs::hard_link(&fresh, path);
    std::fs::remove_file(&fresh).with_context(why)?;
    match linked {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => Err(e).with_context(why),
        _ => std::fs::read_to_string(path).with_context(why),
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
    fn the_master_key_is_made_once_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let settings = given(&[("ROLLCALL_DATA_DIR", folder.path().to_str().unwrap())]).unwrap();
        let sealed = settings.vault().unwrap().seal("x", b"plain").unwrap();
        assert_eq!(settings.vault().unwrap().open("x", &sealed).unwrap(), b"plain");
        let file = folder.path().join("master.key");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let key = std::fs::read_to_string(&file).unwrap();
        let other = given(&[("ROLLCALL_MASTER_KEY", &key)]).unwrap();
        assert_eq!(other.vault().unwrap().open("x", &sealed).unwrap(), b"plain");
        assert!(!format!("{other:?}").contains(&key));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let why = |pairs: &[(&str, &str)]| given(pairs).unwrap_err().to_string();
        assert!(why(&[("ROLLCALL_LISTN", "x")]).starts_with("ROLLCALL_LISTN is no setting"));
        assert!(why(&[("ROLLCALL_LISTEN", "8080")]).contains("127.0.0.1:8080"));
        assert!(why(&[("ROLLCALL_DATABASE_URL", "prod_db")]).contains("postgres://"));
        assert!(why(&[("ROLLCALL_PUBLIC_URL", "people.example.org")]).contains("https://"));
        assert!(why(&[("ROLLCALL_MASTER_KEY", "c2hvcnQ")]).contains("openssl rand -base64 32"));
        assert!(why(&[("ROLLCALL_PUBLIC_URL", "https://example.org/rollcall")]).contains("https://"));
        assert!(from_toml("ROLLCALL_LISTEN = 8080").unwrap_err().to_string().contains("must be text"));
    }
}
