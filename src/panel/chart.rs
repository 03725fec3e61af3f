//! Bars of weekly figures as SVG, and the same as a table.

/// Units of the drawing; it scales to whatever width there is.
const WIDTH: usize = 520;
const HEIGHT: usize = 120;
const GAP: usize = 4;

/// Each week by the day it began on.
pub struct Chart {
    pub weeks: Vec<(String, i64)>,
    /// The figure at the top of the scale.
    pub top: i64,
}

pub struct Bar {
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

impl Chart {
    pub fn new(weeks: Vec<(String, i64)>) -> Self {
        let most = weeks.iter().map(|(_, n)| *n).max().unwrap_or(0);
        Self { weeks, top: rounded_up(most) }
    }

    pub fn bars(&self) -> Vec<Bar> {
        let step = WIDTH / self.weeks.len().max(1);
        let bar = |(at, (_, n)): (usize, &(String, i64))| {
            // Somebody is never nobody: at least one unit.
            let height = if *n == 0 { 0 } else { ((*n as usize * HEIGHT) / self.top.max(1) as usize).max(1) };
            Bar { x: at * step, y: HEIGHT - height, width: step - GAP, height }
        };
        self.weeks.iter().enumerate().map(bar).collect()
    }

    pub fn first(&self) -> &str {
        self.weeks.first().map_or("", |(day, _)| day)
    }
}

/// The next of 5, 10, 20, 50, 100 and so on.
fn rounded_up(n: i64) -> i64 {
    let mut step = 1;
    loop {
        for times in [5, 10, 20] {
            if n <= step * times {
                return step * times;
            }
        }
        step *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_high_as_its_figure_and_never_higher_than_the_scale() {
        let chart = Chart::new([0, 1, 30, 40].map(|n| (n.to_string(), n)).into());
        assert_eq!(chart.top, 50);
        assert_eq!(chart.bars().iter().map(|bar| bar.height).collect::<Vec<_>>(), [0, 2, 72, 96]);
        assert!(chart.bars().iter().all(|bar| bar.y + bar.height == HEIGHT && bar.x + bar.width <= WIDTH));
        assert_eq!([0, 7, 99, 101, 1_000_000].map(rounded_up), [5, 10, 100, 200, 1_000_000]);
    }
}
