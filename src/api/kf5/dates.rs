//! KF5's dates: to the second, eight hours before UTC, without saying so (contract, 4).
use crate::domain::Time;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use std::time::Duration;

const ZONE: Offset = Offset::constant(8);

pub fn written(at: Time) -> String {
    let instant = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    ZONE.to_datetime(instant).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The first instant that is meant and the first one after it: a day is meant as a whole, anything else to the
/// second. Reads dates with and without the blank that one client leaves out, days, and epoch seconds.
pub fn read(raw: &str) -> Option<(Time, Time)> {
    const SECOND: Duration = Duration::from_secs(1);
    const DAY: Duration = Duration::from_secs(86_400);
    let raw = raw.trim();
    if raw.parse::<i64>().is_ok() {
        return Time::parse(raw).map(|at| (at, at.plus(SECOND)));
    }
    let (day, clock) = raw.split_at_checked(10)?;
    let day: Date = day.parse().ok()?;
    let clock = clock.trim_start_matches([' ', 'T']);
    let (at, span) = match clock {
        "" => (day.to_datetime(jiff::civil::Time::midnight()), DAY),
        clock => (format!("{day}T{clock}").parse::<DateTime>().ok()?, SECOND),
    };
    let instant = at.to_zoned(TimeZone::fixed(ZONE)).ok()?.timestamp();
    let at = Time::from_micros(instant.as_microsecond());
    Some((at, at.plus(span)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_second_reads_the_same_in_every_spelling() {
        let noon = Time::from_seconds(1_451_620_800);
        assert_eq!(written(noon), "2016-01-01 12:00:00");
        for raw in ["2016-01-01 12:00:00", "2016-01-0112:00:00", "2016-01-01T12:00:00", " 1451620800 "] {
            assert_eq!(read(raw), Some((noon, noon.plus(Duration::from_secs(1)))), "{raw}");
        }
        let midnight = noon.minus(Duration::from_secs(43_200));
        assert_eq!(read("2016-01-01"), Some((midnight, midnight.plus(Duration::from_secs(86_400)))));
        for raw in ["", "soon", "2016-13-01", "2016-01-01 25:00:00", "二〇一六年一月一日", "99999999999999999999"]
        {
            assert_eq!(read(raw), None, "{raw}");
        }
    }
}
