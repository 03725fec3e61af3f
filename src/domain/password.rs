//! Passwords: what is strong enough, and the hash that is kept of one.
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

/// OWASP's argon2id: 19 MiB, two passes, one lane.
const PARAMS: (u32, u32, u32) = (19_456, 2, 1);
const LENGTH: std::ops::RangeInclusive<usize> = 10..=128;

/// A password somebody chose, found strong enough. Never shown, never logged.
#[derive(Clone)]
pub struct NewPassword(String);

const CAPITALS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const SMALL: &[u8] = b"abcdefghjkmnpqrstuvwxyz";
const DIGITS: &[u8] = b"23456789";

impl NewPassword {
    /// `known` are words an attacker would try first: the name, the address.
    pub fn parse(raw: &str, known: &[&str]) -> Result<Self, &'static str> {
        match raw.chars().count() {
            n if n < *LENGTH.start() => return Err("password.too_short"),
            n if n > *LENGTH.end() => return Err("password.too_long"),
            _ => {}
        }
        let known: Vec<String> = known.iter().flat_map(|text| words(text)).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let guessable = zxcvbn::zxcvbn(raw, &known).score() < zxcvbn::Score::Three;
        if guessable { Err("password.guessable") } else { Ok(Self(raw.into())) }
    }

    /// Hashes anew what was just proven right, whatever today's rules for choosing one.
    pub fn rehash(proven: &str) -> super::Result<Hash> {
        Self(proven.into()).hash()
    }

    /// One that the house makes up: four times a capital, a small letter, a digit and a small letter, none of which
    /// looks like another; some 64 bits.
    pub fn made_up() -> super::Result<Self> {
        const KINDS: [&[u8]; 4] = [CAPITALS, SMALL, DIGITS, SMALL];
        let mut bytes = [0u8; 16];
        getrandom::fill(&mut bytes).map_err(|e| super::Error::broken(format!("no random bytes: {e}")))?;
        let letter = |(place, byte): (usize, &u8)| {
            let kind = KINDS[place % 4];
            char::from(kind[usize::from(*byte) % kind.len()])
        };
        let letters: Vec<char> = bytes.iter().enumerate().map(letter).collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Ok(Self(groups.join("-")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As a program of somebody who may set passwords gives it: bounded, but not judged.
    pub fn given(raw: &str) -> Result<Self, &'static str> {
        if raw.chars().count() > *LENGTH.end() { Err("password.too_long") } else { Ok(Self(raw.into())) }
    }

    /// Takes tens of milliseconds and 19 MiB: never on the event loop, never inside a transaction.
    pub fn hash(&self) -> super::Result<Hash> {
        let hash = hasher().hash_password(self.0.as_bytes()).map_err(|e| super::Error::broken(e.to_string()))?;
        Ok(Hash(hash.to_string()))
    }
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

/// A PHC string. Only ever compared by [`Hash::matches`].
#[derive(Clone)]
pub struct Hash(pub String);

impl Hash {
    /// As costly as [`NewPassword::hash`].
    pub fn matches(&self, attempt: &str) -> bool {
        let Ok(parsed) = PasswordHash::new(&self.0) else { return false };
        hasher().verify_password(attempt.as_bytes(), &parsed).is_ok()
    }

    /// Made with weaker parameters than today's.
    pub fn is_outdated(&self) -> bool {
        let Ok(parsed) = PasswordHash::new(&self.0) else { return true };
        let Ok(params) = Params::try_from(&parsed) else { return true };
        (params.m_cost(), params.t_cost(), params.p_cost()) < PARAMS || parsed.algorithm.as_str() != "argon2id"
    }

    /// Stands in for an unknown person's hash, so that the answer takes as long.
    pub fn of_nobody() -> Self {
        static NOBODY: std::sync::LazyLock<Hash> =
            std::sync::LazyLock::new(|| NewPassword("nobody at all".into()).hash().expect("fixed parameters hash"));
        NOBODY.clone()
    }
}

/// A text, its words, and its words run together: in all three ways people build passwords from it.
fn words(text: &str) -> Vec<String> {
    let lower = super::fold(text);
    let mut words: Vec<String> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).map(str::to_owned).collect();
    words.extend([words.concat(), lower]);
    words
}

fn hasher() -> Argon2<'static> {
    let (memory, passes, lanes) = PARAMS;
    let params = Params::new(memory, passes, lanes, None).expect("fixed parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}
