//! A case of the benchmark: made from its number alone, so that any thread can make any of them.

use std::fmt::Write as _;

use duban_core::model::{Day, Time};

use super::rules::{FIRST_DONE, STATED, TRIGGERS};

/// Day columns of a case.
pub const DAYS: usize = 45;
/// Days before the scan on which the first case was filed.
const SPAN_DAYS: u64 = 1_100;
/// How many in a hundred cases have the n-th trigger.
const TRIGGER_PERCENT: [u32; TRIGGERS] = [100, 62, 55, 48, 40, 34, 28, 22];
/// The limits, roughly, of what ends each span, by its column.
const TYPICAL_DAYS: [i32; 25] = [13, 4, 7, 9, 20, 1, 27, 2, 40, 5, 13, 4, 7, 9, 20, 1, 27, 2, 40, 5, 3, 15, 30, 7, 60];

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Codes of days, 0 where unknown: eight that start limits, six stated, the rest ending something.
    pub days: [u16; DAYS],
    /// When it was opened.
    pub opened_at: Time,
    /// When it was first answered.
    pub answered_at: Option<Time>,
    /// Which of four kinds.
    pub kind: u8,
    /// Whether it is open.
    pub open: bool,
    /// Four flags; none where unknown.
    pub flags: [Option<bool>; 4],
    /// Who has it, of four hundred.
    pub handler: u16,
    /// What it is about, in fen.
    pub amount: i64,
}

/// The four kinds of case.
pub(super) const KINDS: [&str; 4] = ["first", "resumed", "preserved", "other"];

impl Matter {
    pub(super) fn made(seed: u64, number: u64, cases: u64) -> Matter {
        let mut dice = fastrand::Rng::with_seed(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number);
        let today = i32::from(super::as_of().code());
        let filed = today - (SPAN_DAYS - SPAN_DAYS * number / cases.max(1)) as i32;
        let mut days = [0u16; DAYS];
        let mut set = |column: usize, day: i32| days[column] = u16::try_from(day).unwrap_or(0);
        let mut triggers = [0i32; TRIGGERS];
        for (column, percent) in TRIGGER_PERCENT.into_iter().enumerate() {
            let day = filed + if column == 0 { 0 } else { dice.i32(0..120 * column as i32) };
            if day < today && dice.u32(0..100) < percent {
                triggers[column] = day;
                set(column, day);
            }
        }
        for (index, typical) in TYPICAL_DAYS.into_iter().enumerate() {
            let start = triggers[index % TRIGGERS];
            if start == 0 {
                continue;
            }
            if let Some(done) = ended(&mut dice, start, typical).filter(|day| *day < today) {
                set(FIRST_DONE + index, done);
            }
        }
        for index in 0..STATED {
            if dice.u32(0..100) < 30 {
                let due = filed + dice.i32(90..1_200);
                set(TRIGGERS + index, due);
                // What is due within the month is mostly done by then.
                if dice.u32(0..1000) < 960 && due - dice.i32(1..60) < today {
                    set(FIRST_DONE + 25 + index, due.min(today) - dice.i32(1..20));
                }
            }
        }
        let filed_day = Day::from_code(filed.max(1) as u16).unwrap_or(Day::MIN);
        let opened_at = Time::at(filed_day, dice.u32(510..1_040) * 60).unwrap_or(Time::on(filed_day));
        let hours = if dice.u32(0..1000) < 990 { dice.i64(1..20) } else { dice.i64(30..200) };
        let answered_at = Time::from_instant(opened_at.instant() + hours * 3_600 + dice.i64(0..3_600));
        let now = Time::midnight(super::as_of());
        Matter {
            days,
            opened_at,
            answered_at: answered_at.filter(|at| at.happened_by(now)),
            kind: *[0u8, 0, 0, 0, 0, 1, 1, 2, 2, 3].get(dice.usize(0..10)).unwrap_or(&0),
            open: dice.u32(0..100) < 97,
            flags: std::array::from_fn(|_| (dice.u32(0..100) < 90).then(|| dice.u32(0..100) < 30)),
            handler: dice.u16(0..400),
            amount: dice.i64(1_000..300_000_000),
        }
    }

    /// The case as a line of JSON Lines.
    pub fn write_json(&self, number: u64, line: &mut String) {
        let _ = write!(line, "{{\"kind\":\"matter\",\"no\":\"m{number:08}\"");
        for (column, code) in self.days.iter().enumerate() {
            if let Some(day) = Day::from_code(*code) {
                let _ = write!(line, ",\"d{column:02}\":\"{day}\"");
            }
        }
        let _ = write!(line, ",\"opened_at\":\"{}\"", self.opened_at);
        if let Some(at) = self.answered_at {
            let _ = write!(line, ",\"answered_at\":\"{at}\"");
        }
        let state = if self.open { "open" } else { "closed" };
        let _ = write!(line, ",\"type\":\"{}\",\"state\":\"{state}\"", KINDS[usize::from(self.kind)]);
        for (index, flag) in self.flags.iter().enumerate() {
            if let Some(flag) = flag {
                let _ = write!(line, ",\"f{index}\":{flag}");
            }
        }
        let (yuan, fen) = (self.amount / 100, self.amount % 100);
        let _ = writeln!(line, ",\"handler\":\"p{:04}\",\"amount\":\"{yuan}.{fen:02}\"}}", self.handler);
    }
}

/// When something that typically takes so many days is done: nearly always within them, and what is late is found.
fn ended(dice: &mut fastrand::Rng, start: i32, typical: i32) -> Option<i32> {
    Some(match dice.u32(0..1000) {
        0..895 => start + dice.i32(0..typical.max(2)),
        895..935 => start + typical + dice.i32(1..30),
        935..965 => start + typical + dice.i32(30..400),
        _ => return None,
    })
}
