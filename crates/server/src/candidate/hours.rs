//! From blocks of the own week to half-hours of the UTC week.

use tandem_domain::availability::{FreeHours, HALF_HOURS, WeekBits};
use tandem_domain::form::answer::WeeklyHours;

/// Free blocks of the own week as half-hours of the UTC week, for each offset in minutes.
///
/// A half-hour counts where all of it is free, whatever the offset. Nothing stated is unknown.
pub fn free_hours(hours: &WeeklyHours, minutes_ahead: &[i32]) -> Option<FreeHours> {
    if hours.varies || hours.blocks.is_empty() {
        return None;
    }
    Some(FreeHours {
        seasons: minutes_ahead
            .iter()
            .map(|ahead| week(hours, *ahead))
            .collect(),
    })
}

const QUARTER: usize = 15;
const QUARTERS: usize = HALF_HOURS * 2;

fn week(hours: &WeeklyHours, minutes_ahead: i32) -> WeekBits {
    let behind = usize::try_from((-minutes_ahead).rem_euclid(7 * 24 * 60)).unwrap_or(0) / QUARTER;
    let mut free = [false; QUARTERS];
    for block in &hours.blocks {
        let (from, to) = block.part.hours();
        let quarter = |hour: u8| (usize::from(block.day % 7) * 24 + usize::from(hour)) * 4;
        for local in quarter(from)..quarter(to) {
            if let Some(slot) = free.get_mut((local + behind) % QUARTERS) {
                *slot = true;
            }
        }
    }
    let halves: Vec<bool> = free
        .chunks(2)
        .map(|pair| pair.iter().all(|is_free| *is_free))
        .collect();
    let digit = |four: &[bool]| {
        let value = four
            .iter()
            .fold(0, |value, is_free| value * 2 + u32::from(*is_free));
        char::from_digit(value, 16).unwrap_or('0')
    };
    let digits: String = halves.chunks(4).map(digit).collect();
    WeekBits::try_from(digits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use tandem_domain::form::answer::{DayPart, HourBlock};

    use super::*;

    fn hours(blocks: &[(u8, DayPart)]) -> WeeklyHours {
        let blocks = blocks.iter().map(|(day, part)| HourBlock {
            day: *day,
            part: *part,
        });
        WeeklyHours {
            blocks: blocks.collect(),
            varies: false,
        }
    }

    /// The half-hours of the UTC week that are free, in order.
    fn free(hours: &WeeklyHours, minutes_ahead: i32) -> Vec<usize> {
        let text = String::from(free_hours(hours, &[minutes_ahead]).unwrap().seasons[0]);
        let bits = text.chars().flat_map(|digit| {
            let digit = digit.to_digit(16).unwrap();
            (0..4).map(move |bit| digit & (8 >> bit) != 0)
        });
        bits.enumerate()
            .filter(|(_, is_free)| *is_free)
            .map(|(idx, _)| idx)
            .collect()
    }

    #[test]
    fn a_morning_in_chicago_is_an_afternoon_in_utc() {
        let tuesday_morning = hours(&[(1, DayPart::Morning)]);
        // 09:00 to 12:00, six hours behind: 15:00 to 18:00.
        assert_eq!(
            free(&tuesday_morning, -360),
            (48 + 30..48 + 36).collect::<Vec<_>>()
        );
    }

    #[test]
    fn an_early_monday_on_guam_is_the_end_of_sunday_in_utc() {
        let monday_early = hours(&[(0, DayPart::Early)]);
        // 06:00 to 09:00, ten hours ahead: Sunday 20:00 to 23:00.
        assert_eq!(
            free(&monday_early, 600),
            (6 * 48 + 40..6 * 48 + 46).collect::<Vec<_>>()
        );
    }

    #[test]
    fn odd_minutes_count_only_half_hours_that_are_free_in_full() {
        let lunch = hours(&[(0, DayPart::Lunch)]);
        // 12:00 to 14:00 in Kathmandu is 06:15 to 08:15: 06:30 to 08:00 in full.
        assert_eq!(free(&lunch, 345), vec![13, 14, 15]);
    }

    #[test]
    fn hours_that_vary_or_were_not_stated_stay_unknown() {
        let varies = WeeklyHours {
            varies: true,
            ..hours(&[(0, DayPart::Lunch)])
        };
        assert_eq!(free_hours(&varies, &[0]), None);
        assert_eq!(free_hours(&WeeklyHours::default(), &[0]), None);
    }
}
