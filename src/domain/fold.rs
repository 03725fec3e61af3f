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

/// For finding: as [`fold`], and accents, strokes and ties are dropped; runs of space become one blank.
pub fn fold_for_search(text: &str) -> String {
    let folded = if text.is_ascii() { fold(text) } else { fold(&bare(text)) };
    folded.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Unicode takes accents off by itself; letters with strokes and ties are letters of their own to it.
fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ł' | 'Ł' => bare.push('l'),
            'ø' | 'Ø' => bare.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => bare.push('d'),
            'ħ' | 'Ħ' => bare.push('h'),
            'ŧ' | 'Ŧ' => bare.push('t'),
            'ı' => bare.push('i'),
            'ß' | 'ẞ' => bare.push_str("ss"),
            'æ' | 'Æ' => bare.push_str("ae"),
            'œ' | 'Œ' => bare.push_str("oe"),
            'þ' | 'Þ' => bare.push_str("th"),
            c => bare.push(c),
        }
    }
    bare
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
        assert_eq!(fold_for_search("Łukasz Yılmaz IŞIK"), "lukasz yilmaz isik");
        assert_eq!(
            fold_for_search("Sørensen Đorđe STRAẞE Straße Æsir Œuvre Þór"),
            "sorensen dorde strasse strasse aesir oeuvre thor"
        );
    }
}
