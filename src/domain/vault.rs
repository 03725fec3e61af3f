//! Seals what must not be read outside the house: AES-256-GCM under the master key.
use super::{Error, Result};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};

const NONCE: usize = 12;

/// The master key, ready to use.
#[derive(Clone)]
pub struct Vault(Aes256Gcm);

impl Vault {
    pub fn new(key: &[u8; 32]) -> Self {
        Self(Aes256Gcm::new(key.into()))
    }

    /// The nonce and what was sealed with it. `label` says what it is, and must be said again to open it.
    pub fn seal(&self, label: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0u8; NONCE];
        getrandom::fill(&mut nonce).map_err(|e| Error::broken(format!("no random bytes: {e}")))?;
        let payload = Payload { msg: plain, aad: label.as_bytes() };
        let sealed = self.0.encrypt(Nonce::from_slice(&nonce), payload);
        let sealed = sealed.map_err(|_| Error::broken("sealing failed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Refuses what was sealed with another key or label, or was tampered with.
    pub fn open(&self, label: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let wrong = || Error::broken(format!("{label} cannot be opened: another master key, or damaged"));
        let (nonce, rest) = sealed.split_at_checked(NONCE).ok_or_else(wrong)?;
        let payload = Payload { msg: rest, aad: label.as_bytes() };
        self.0.decrypt(Nonce::from_slice(nonce), payload).map_err(|_| wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::Vault;

    #[test]
    fn only_the_same_key_and_label_open_what_was_sealed() {
        let (vault, other) = (Vault::new(&[7; 32]), Vault::new(&[8; 32]));
        let sealed = vault.seal("trash 1", b"Ada Marsh").unwrap();
        assert!(!sealed.windows(3).any(|part| part == b"Ada"));
        assert_eq!(vault.open("trash 1", &sealed).unwrap(), b"Ada Marsh");
        assert!(vault.open("trash 2", &sealed).is_err());
        assert!(other.open("trash 1", &sealed).is_err());
        let mut bent = sealed.clone();
        bent[20] ^= 1;
        assert!(vault.open("trash 1", &bent).is_err());
        assert!(vault.open("trash 1", b"short").is_err());
    }
}
