//! The pieces of words that are indexed, and those of them that the index is asked for.
use super::STAFF;

pub const GRAM: usize = 3;
/// So many characters before the `@` of an address are one piece with it.
const ADDRESS: usize = 8;

/// All pieces of the words of a text, each once.
pub fn all_grams(text: &str) -> Vec<String> {
    let words = || text.split([' ', STAFF]);
    let mut all: Vec<String> = words().flat_map(grams).collect();
    all.extend(words().flat_map(addresses).map(str::to_owned));
    all.sort_unstable();
    all.dedup();
    all
}

/// At each character the piece of up to three from there; shorter at the word's end.
fn grams(word: &str) -> impl Iterator<Item = String> + '_ {
    word.char_indices().map(|(at, _)| word[at..].chars().take(GRAM).collect())
}

/// Each `@` of a word that has so many characters before it, with those.
fn addresses(word: &str) -> impl Iterator<Item = &str> {
    word.match_indices('@').filter_map(|(end, _)| {
        let (begin, _) = word[..end].char_indices().rev().nth(ADDRESS - 1)?;
        Some(&word[begin..=end])
    })
}

/// The piece by which a word with a long address in it is found.
pub fn address(word: &str) -> Option<&str> {
    addresses(word).next()
}

/// The whole pieces of a word that the index is asked for. Of a long word a few side by side are enough, and of an
/// address those before its `@`: each more costs a list as long as it is common, and the row is looked at anyway.
pub fn asked_grams(word: &str, most: usize) -> Vec<String> {
    const LONG: usize = 8;
    let name = word.split('@').next().filter(|name| name.chars().count() >= LONG).unwrap_or(word);
    let mut asked: Vec<String> = grams(name).filter(|gram| gram.chars().count() == GRAM).collect();
    if asked.len() > most {
        let last = asked.len() - 1;
        let apart = asked.into_iter().enumerate().filter(|(at, _)| at % GRAM == 0 || *at == last);
        asked = apart.map(|(_, gram)| gram).collect();
        asked.sort_by_key(|gram| std::cmp::Reverse(rarity(gram)));
        asked.truncate(most);
    }
    asked
}

/// Roughly how much a piece tells people apart: figures more than letters, and rare letters more than common ones.
fn rarity(gram: &str) -> u32 {
    let of = |c: char| match c {
        'a' | 'e' | 'i' | 'l' | 'n' | 'o' | 'r' | 's' | 't' => 1,
        'j' | 'k' | 'q' | 'v' | 'w' | 'x' | 'y' | 'z' => 3,
        'b'..='z' => 2,
        '0'..='9' => 4,
        _ if c.is_ascii() => 0,
        _ => 5,
    };
    gram.chars().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_gives_a_piece_at_each_of_its_characters() {
        assert_eq!(grams("王伟an").collect::<Vec<_>>(), ["王伟a", "伟an", "an", "n"]);
    }

    #[test]
    fn of_a_long_word_the_index_is_asked_for_few_pieces() {
        assert_eq!(asked_grams("marsh", 4), ["mar", "ars", "rsh"]);
        assert_eq!(asked_grams("marshlands-of", 4), ["mar", "shl", "and", "-of"]);
        assert_eq!(asked_grams("mei.marsh.7-123456@fjord.example", 4), ["123", "456", "mei", "rsh"]);
        assert_eq!(asked_grams("ada.marsh@kestrel.example", 4), ["ada", "rsh", ".ma"]);
        assert_eq!(asked_grams("ada@fjord", 4), ["@fj", "ada", "ord"]);
    }

    #[test]
    fn an_address_with_a_long_name_is_asked_for_by_the_end_of_that() {
        assert_eq!(address("mei.marsh.7-123456@fjord.example"), Some("7-123456@"));
        assert_eq!(address("王伟.123456@fjord"), Some("伟.123456@"));
        assert_eq!(address("b@marsh.eight@fjord"), Some("sh.eight@"));
        assert_eq!(address("a.marsh@fjord.example"), None);
        assert_eq!(address("marsh"), None);
        let all = all_grams("ada mei.marsh.7@fjord.harbour@kestrel");
        assert!(["marsh.7@", "i.marsh.7@"].iter().all(|piece| !all.contains(&(*piece).to_owned())));
        assert!([".marsh.7@", ".harbour@"].iter().all(|piece| all.contains(&(*piece).to_owned())), "{all:?}");
    }
}
