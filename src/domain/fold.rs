//! Folding: how two spellings of the same thing are made equal.
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// For comparing and sorting: width and compatibility forms (NFKC), case and outer space are one.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.trim().to_ascii_lowercase();
    }
    let lower: String = text.trim().nfkc().flat_map(char::to_lowercase).collect();
    lower.nfkc().collect()
}

/// For finding: as [`fold`], and accents are dropped; runs of space become one blank.
pub fn fold_for_search(text: &str) -> String {
    let bare = || text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>();
    let folded = if text.is_ascii() { fold(text) } else { fold(&bare()) };
    folded.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_width_and_accents_fold_away() {
        assert_eq!(fold(" ＡＤＡ@Example.ORG "), "ada@example.org");
        assert_eq!(fold_for_search("Chloé  ＦＵＬＬ\u{3000}王伟"), "chloe full 王伟");
        assert_eq!(fold_for_search("한국"), "한국");
    }
}
