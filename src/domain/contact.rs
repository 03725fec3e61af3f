//! The three names by which a person is found: e-mail, phone, username. Parsed once, at the door.
use super::fold;

/// An address as it was written; equal when folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Errors with a key that says which part is wrong.
    pub fn parse(raw: &str) -> Result<Self, &'static str> {
        let raw = raw.trim();
        let (local, host) = raw.rsplit_once('@').ok_or("email.no_at")?;
        if raw.chars().count() > 254 || local.is_empty() || !local.split('.').all(is_atom) {
            return Err("email.malformed");
        }
        match host.rsplit_once('.') {
            None if is_label(host) => Err("email.no_ending"),
            Some((rest, ending)) if ending.chars().count() > 1 && is_label(ending) && rest.split('.').all(is_label) => {
                Ok(Self(raw.into()))
            }
            _ => Err("email.malformed"),
        }
    }

    /// As it was parsed once and has been kept since.
    pub fn kept(written: String) -> Self {
        Self(written)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is compared and must be unique.
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

fn is_atom(part: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || c.is_control() || r#"@()<>[]:;,\""#.contains(c);
    !part.is_empty() && !part.contains(bad)
}

fn is_label(part: &str) -> bool {
    let good = |c: char| c.is_alphanumeric() || c == '-';
    !part.is_empty() && part.chars().all(good) && !part.starts_with('-') && !part.ends_with('-')
}

/// A number in E.164 where it parses with its country code, else as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    pub fn parse(raw: &str) -> Result<Self, &'static str> {
        let written: String = raw.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let digits = written.chars().filter(|c| c.is_numeric()).count();
        if !(3..=20).contains(&digits) || written.chars().count() > 40 {
            return Err("phone.malformed");
        }
        Ok(Self(e164(&fold(&written)).unwrap_or(written)))
    }

    /// As it was parsed once and has been kept since.
    pub fn kept(written: String) -> Self {
        Self(written)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is compared and must be unique: without blanks and punctuation.
    pub fn key(&self) -> String {
        fold(&self.0).chars().filter(|c| c.is_alphanumeric() || *c == '+').collect()
    }
}

fn e164(folded: &str) -> Option<String> {
    let international = match folded.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None => folded.to_owned(),
    };
    if !international.starts_with('+') {
        return None;
    }
    let number = phonenumber::parse(None, international).ok()?;
    let whole = number.extension().is_none();
    whole.then(|| number.format().mode(phonenumber::Mode::E164).to_string())
}

/// A name to sign in by, as it was written; equal when folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

impl Username {
    pub fn parse(raw: &str) -> Result<Self, &'static str> {
        let raw = raw.trim();
        let fits = (1..=255).contains(&raw.chars().count());
        if fits && !raw.contains(|c: char| c.is_whitespace() || c.is_control()) {
            Ok(Self(raw.into()))
        } else {
            Err("username.malformed")
        }
    }

    /// As it was parsed once and has been kept since.
    pub fn kept(written: String) -> Self {
        Self(written)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is compared and must be unique.
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_which_part_is_wrong() {
        let wrong = |raw| Email::parse(raw).unwrap_err();
        assert_eq!(wrong("no-at-sign"), "email.no_at");
        assert_eq!(wrong("wang.fang@lanwan"), "email.no_ending");
        for raw in [
            "two@@example.com",
            "a@b@c.example",
            "space in@example.com",
            "@example.com",
            "name@",
            "a@-b.com",
            "a..b@c.com",
            "a@b.c",
        ] {
            assert_eq!(wrong(raw), "email.malformed", "{raw}");
        }
        assert_eq!(Email::parse("  Wang@EXAMPLE.cn ").unwrap().key(), "wang@example.cn");
        assert!(Email::parse("jürgen@bücher.example").is_ok());
    }

    #[test]
    fn a_phone_is_the_same_however_it_is_typed() {
        let plain = Phone::parse("+8613800003818").unwrap();
        for raw in ["+86 138-0000-3818", "0086 13800003818", "＋８６ 138 0000 3818"] {
            assert_eq!(Phone::parse(raw).unwrap().key(), plain.key(), "{raw}");
        }
        assert_eq!(Phone::parse("extension 4417").unwrap().as_str(), "extension 4417");
        assert_eq!(Phone::parse("none"), Err("phone.malformed"));
    }
}
