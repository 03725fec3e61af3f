//! What makes two records look like one person.
use super::{Person, fold_for_search};
use sha2::{Digest, Sha256};

/// Names at least so close are similar; 1 is the same.
const CLOSE: f64 = 0.92;
/// So many last digits of two numbers are the same number, however its country was written.
const DIGITS: usize = 9;

/// What two records share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// But for dots and what follows a plus; former addresses count.
    Email,
    Phone,
    Name,
    SimilarName,
    Organisation,
    /// The part of their addresses behind the @.
    Domain,
}

impl Reason {
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Name => "name",
            Self::SimilarName => "similar_name",
            Self::Organisation => "organisation",
            Self::Domain => "domain",
        }
    }

    fn weight(self) -> i16 {
        match self {
            Self::Email => 70,
            Self::Phone => 55,
            Self::Name => 45,
            Self::SimilarName => 35,
            Self::Organisation => 30,
            Self::Domain => 15,
        }
    }
}

/// A person and what else they are known by.
#[derive(Debug, Clone)]
pub struct Known {
    pub person: Person,
    /// Former e-mails and phones.
    pub aliases: Vec<String>,
}

impl Known {
    /// Kind and hash of whatever another record may share; two that share one are worth a look.
    pub fn keys(&self) -> Vec<(i16, i64)> {
        let fields = &self.person.fields;
        let skeleton = skeleton(&fields.name);
        let mut keys: Vec<(i16, i64)> = self.stems().iter().map(|stem| (1, hash(stem))).collect();
        keys.extend(self.tails().iter().map(|tail| (2, hash(tail))));
        let organisation = fold_for_search(&fields.organisation);
        if !skeleton.is_empty() && !organisation.is_empty() {
            keys.push((3, hash(&format!("{skeleton}\n{organisation}"))));
        }
        if let (false, Some(domain)) = (skeleton.is_empty(), domain(self)) {
            keys.push((4, hash(&format!("{skeleton}\n{domain}"))));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn stems(&self) -> Vec<String> {
        let own = self.person.fields.email.iter().map(|email| email.as_str());
        let mails = own.chain(self.aliases.iter().map(String::as_str).filter(|alias| alias.contains('@')));
        mails.filter_map(stem).collect()
    }

    fn tails(&self) -> Vec<String> {
        let own = self.person.fields.phone.iter().map(|phone| phone.as_str());
        let numbers = own.chain(self.aliases.iter().map(String::as_str).filter(|alias| !alias.contains('@')));
        numbers.filter_map(tail).collect()
    }
}

/// Why the two may be one, weightiest first; nothing unless that is worth a look.
pub fn reasons(one: &Known, two: &Known) -> Vec<Reason> {
    let (left, right) = (&one.person.fields, &two.person.fields);
    let shares = |some: Vec<String>, others: Vec<String>| some.iter().any(|one| others.contains(one));
    let same = |one: &str, two: &str| !one.is_empty() && fold_for_search(one) == fold_for_search(two);
    let mut reasons = vec![];
    let mut note = |reason: Reason, holds: bool| reasons.extend(holds.then_some(reason));
    note(Reason::Email, shares(one.stems(), two.stems()));
    note(Reason::Phone, shares(one.tails(), two.tails()));
    let named_alike = same(&left.name, &right.name);
    note(Reason::Name, named_alike);
    note(Reason::SimilarName, !named_alike && similar(&left.name, &right.name));
    note(Reason::Organisation, same(&left.organisation, &right.organisation));
    note(Reason::Domain, domain(one).is_some() && domain(one) == domain(two));
    let strong = reasons.iter().any(|reason| matches!(reason, Reason::Email | Reason::Phone));
    let named = reasons.iter().any(|reason| matches!(reason, Reason::Name | Reason::SimilarName));
    let placed = reasons.iter().any(|reason| matches!(reason, Reason::Organisation | Reason::Domain));
    if strong || named && placed { reasons } else { vec![] }
}

/// From 0 to 99.
pub fn score(reasons: &[Reason]) -> i16 {
    reasons.iter().map(|reason| reason.weight()).sum::<i16>().min(99)
}

/// The address without dots and what follows a plus in its first part.
fn stem(email: &str) -> Option<String> {
    let folded = fold_for_search(email);
    let (local, host) = folded.rsplit_once('@')?;
    let local = local.split('+').next().unwrap_or(local).replace('.', "");
    let host = if host == "googlemail.com" { "gmail.com" } else { host };
    (!local.is_empty()).then(|| format!("{local}@{host}"))
}

fn domain(one: &Known) -> Option<String> {
    one.person.fields.email.as_ref()?.key().rsplit_once('@').map(|(_, host)| host.to_owned())
}

fn tail(phone: &str) -> Option<String> {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= DIGITS).then(|| digits[digits.len() - DIGITS..].iter().collect())
}

/// The words of a name in the order of the alphabet.
fn words(name: &str) -> Vec<String> {
    let folded = fold_for_search(name);
    let split = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = split.map(str::to_owned).collect();
    words.sort_unstable();
    words
}

fn similar(one: &str, two: &str) -> bool {
    let (one, two) = (words(one).join(" "), words(two).join(" "));
    // Two characters are a whole name in Chinese: another one is another person.
    let long = one.chars().count().min(two.chars().count()) > 4;
    !one.is_empty() && (one == two || long && strsim::jaro_winkler(&one, &two) >= CLOSE)
}

/// What usual misspellings leave: the words in order, of each its first letter and its other consonants, once.
fn skeleton(name: &str) -> String {
    let bare = |word: &String| {
        let mut kept = String::new();
        for (at, c) in word.chars().enumerate() {
            let weak = "aeiouyhw".contains(c);
            if at == 0 || !weak && !kept.ends_with(c) {
                kept.push(c);
            }
        }
        kept
    };
    words(name).iter().map(bare).collect::<Vec<_>>().join(" ")
}

fn hash(text: &str) -> i64 {
    let digest = Sha256::digest(text);
    i64::from_be_bytes(std::array::from_fn(|at| digest[at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_number_or_name_meet() {
        assert_eq!(stem("Ada.Marsh+news@GoogleMail.com"), stem("adamarsh@gmail.com"));
        assert_ne!(stem("ada@one.example"), stem("ada@two.example"));
        assert_eq!(tail("+86 138 1600 4471"), tail("0138-1600-4471"));
        assert_eq!(tail("12345"), None);
        assert!(similar("Jon Smith", "John Smith") && similar("Wang Fang", "Fang Wang"));
        assert!(!similar("王芳", "王伟") && !similar("Ada Marsh", "Ben Young"));
        assert_eq!(skeleton("Jon Smith"), skeleton("Smyth John"));
    }
}
