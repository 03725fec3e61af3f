//! Reading single values, and writing them so that they sort.
use crate::domain::fold;

/// Millionths; 15 digits before the point and 6 after it.
const MILLION: i128 = 1_000_000;

/// A decimal as millionths.
pub fn number(raw: &str) -> Result<i128, &'static str> {
    let folded = fold(raw).replace('−', "-");
    let (minus, digits) = folded.strip_prefix('-').map_or((false, folded.as_str()), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let figures = |text: &str, most| text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !figures(whole, 15) || !figures(part, 6) || digits.ends_with('.') {
        return Err("custom.number");
    }
    let read = |text: &str| text.parse::<i128>().map_err(|_| "custom.number");
    let millionths = read(whole)? * MILLION + read(&format!("{part:0<6}"))?;
    Ok(if minus { -millionths } else { millionths })
}

/// Millionths as people write them.
pub fn written(millionths: i128) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let (whole, part) = (millionths.abs() / MILLION, millionths.abs() % MILLION);
    let part = format!("{part:06}");
    let part = part.trim_end_matches('0');
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Figures of equal length that sort as the numbers do.
pub fn sortable(millionths: i128) -> String {
    format!("{:023}", millionths + 10_i128.pow(22))
}

/// A day as `2026-11-21`.
pub fn date(raw: &str) -> Result<String, &'static str> {
    let day: jiff::civil::Date = fold(raw).replace('/', "-").parse().map_err(|_| "custom.date")?;
    if (1..=9999).contains(&day.year()) { Ok(day.to_string()) } else { Err("custom.date") }
}

pub fn yes_no(raw: &str) -> Result<bool, &'static str> {
    match fold(raw).as_str() {
        "yes" | "true" | "1" | "on" | "y" | "是" => Ok(true),
        "no" | "false" | "0" | "off" | "n" | "否" => Ok(false),
        _ => Err("custom.yes_no"),
    }
}
