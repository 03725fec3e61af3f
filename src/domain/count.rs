//! How many there are, as far as they were counted.

/// Exactly so many, or more than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    Exactly(i64),
    MoreThan(i64),
}

impl Count {
    /// A list counts so far before it is shown; the exact figure follows.
    pub const MOST: i64 = 10_000;

    /// Of a count that went on to one more than `most` and no further.
    pub fn up_to(most: i64, counted: i64) -> Self {
        if counted > most { Self::MoreThan(most) } else { Self::Exactly(counted) }
    }

    /// Of so many that were met on the way: more than a round number below.
    pub fn beyond(met: i64) -> Self {
        let below = (met - 1).max(0);
        let unit = 10_i64.pow(below.checked_ilog10().unwrap_or(0));
        Self::MoreThan(below / unit * unit)
    }

    /// Of a look that met so many: those are all, or there may be more.
    pub fn met(met: usize, is_all: bool) -> Self {
        if is_all { Self::Exactly(met as i64) } else { Self::beyond(met as i64) }
    }

    /// As far as it is known.
    pub fn at_least(self) -> i64 {
        let (Self::Exactly(n) | Self::MoreThan(n)) = self;
        n
    }

    pub fn is_exact(self) -> bool {
        matches!(self, Self::Exactly(_))
    }
}
