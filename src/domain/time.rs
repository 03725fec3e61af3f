//! Instants. Always UTC, always microseconds; wording them is the doors' work.
use std::time::Duration;

/// Microseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Time(i64);

const SECOND: i64 = 1_000_000;
/// 0001-01-01 and 9999-12-31: what every calendar in use can show.
const RANGE: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_214_400;

impl Time {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn micros(self) -> i64 {
        self.0
    }

    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds * SECOND)
    }

    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(span.as_micros() as i64))
    }

    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(span.as_micros() as i64))
    }

    /// How long ago `earlier` was; nothing when it is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0).max(0) as u64)
    }

    /// Reads `2026-11-21 18:00:00`, `2026-11-21`, ISO 8601 with an offset, or epoch seconds.
    pub fn parse(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        if let Ok(seconds) = raw.parse::<i64>() {
            return RANGE.contains(&seconds).then(|| Self::from_seconds(seconds));
        }
        if let Ok(instant) = raw.parse::<jiff::Timestamp>() {
            return Some(Self(instant.as_microsecond()));
        }
        let civil = raw.parse::<jiff::civil::DateTime>().ok()?;
        let instant = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
        Some(Self(instant.as_microsecond()))
    }
}

/// ISO 8601 in UTC, to the second.
impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let instant = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        write!(f, "{}", instant.strftime("%Y-%m-%dT%H:%M:%SZ"))
    }
}

/// A span of whole days.
pub const fn days(n: u64) -> Duration {
    Duration::from_secs(n * 86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_instant_reads_the_same_in_every_spelling() {
        let spellings =
            ["2023-08-17 00:00:00", "2023-08-17T00:00:00Z", "2023-08-17", "1692230400", "2023-08-17T02:00:00+02:00"];
        for spelling in spellings {
            assert_eq!(Time::parse(spelling), Some(Time::from_seconds(1_692_230_400)), "{spelling}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for raw in ["", "yesterday", "2024-13-45", "31/31/2020", "99999999999999999999", "9999999999999"] {
            assert_eq!(Time::parse(raw), None, "{raw}");
        }
    }
}
