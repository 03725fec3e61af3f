//! What the house keeps to itself: sealing under the master key, and proving with it.
use super::{Error, Result};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hmac::{Hmac, Mac};
use sha2::Sha256;

const NONCE: usize = 12;

/// A key that seals and opens: AES-256-GCM.
#[derive(Clone)]
pub struct Lock(Aes256Gcm);

impl Lock {
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

/// The master key, ready to use: for sealing, and through two keys that follow from it, for proving.
#[derive(Clone)]
pub struct Vault {
    lock: Lock,
    marks: Hmac<Sha256>,
    signer: SigningKey,
}

impl Vault {
    pub fn new(key: &[u8; 32]) -> Self {
        let derived = |purpose: &str| keyed(key).chain_update(purpose).finalize().into_bytes().into();
        let marks: [u8; 32] = derived("rollcall audit entries");
        let signer: [u8; 32] = derived("rollcall signatures");
        Self { lock: Lock::new(key), marks: keyed(&marks), signer: SigningKey::from_bytes(&signer) }
    }

    /// As [`Lock::seal`], under the master key.
    pub fn seal(&self, label: &str, plain: &[u8]) -> Result<Vec<u8>> {
        self.lock.seal(label, plain)
    }

    /// As [`Lock::open`], under the master key.
    pub fn open(&self, label: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        self.lock.open(label, sealed)
    }

    /// A mark that only this house makes.
    pub fn mark(&self, what: &[u8]) -> Vec<u8> {
        self.marks.clone().chain_update(what).finalize().into_bytes().to_vec()
    }

    /// Whether the house made this mark; in constant time.
    pub fn made(&self, what: &[u8], mark: &[u8]) -> bool {
        self.marks.clone().chain_update(what).verify_slice(mark).is_ok()
    }

    /// An Ed25519 signature that anybody can check with [`Vault::public_key`].
    pub fn sign(&self, what: &[u8]) -> Vec<u8> {
        self.signer.sign(what).to_bytes().to_vec()
    }

    /// 32 bytes, Ed25519.
    pub fn public_key(&self) -> [u8; 32] {
        self.signer.verifying_key().to_bytes()
    }

    /// Whether this house signed it.
    pub fn signed(&self, what: &[u8], signature: &[u8]) -> bool {
        let key: VerifyingKey = self.signer.verifying_key();
        Signature::from_slice(signature).is_ok_and(|signature| key.verify_strict(what, &signature).is_ok())
    }
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length")
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

    #[test]
    fn marks_and_signatures_are_of_one_house_and_one_text() {
        let (vault, other) = (Vault::new(&[7; 32]), Vault::new(&[8; 32]));
        let (mark, signature) = (vault.mark(b"one"), vault.sign(b"one"));
        assert!(vault.made(b"one", &mark) && vault.signed(b"one", &signature));
        assert!(!vault.made(b"two", &mark) && !vault.signed(b"two", &signature));
        assert!(!other.made(b"one", &mark) && !other.signed(b"one", &signature));
        assert!(!vault.made(b"one", b"") && !vault.signed(b"one", b""));
    }
}
