//! The arithmetic of a limit.

use crate::calendar::Limit;
use crate::duty::definition::Within;
use crate::model::DAY_SECONDS;

/// The arithmetic of a limit over the rows of a base query.
pub(super) struct Counting<'c> {
    pub(super) today: u16,
    pub(super) now: i64,
    pub(super) every_day: bool,
    pub(super) within: &'c Within,
}

impl Counting<'_> {
    pub(super) fn query(&self, id: &str, base: &str, warn: &[Limit]) -> String {
        let (today, now) = (self.today, self.now);
        let (counted_day, counted_second) = self.counted();
        let (due_day, due_second) = match (&self.within.stated, self.within.limit) {
            (None, _) => (counted_day, counted_second),
            (Some(_), None) => ("b.stated_day".into(), "b.stated_second".into()),
            (Some(_), Some(_)) => {
                let stated = match self.within.earlier {
                    true => format!("b.stated_day IS NOT NULL AND NOT ({counted_day} < b.stated_day)"),
                    false => "b.stated_day IS NOT NULL".into(),
                };
                (
                    format!("CASE WHEN {stated} THEN b.stated_day ELSE {counted_day} END"),
                    format!("CASE WHEN {stated} THEN b.stated_second ELSE {counted_second} END"),
                )
            }
        };
        let soon: Vec<String> = warn.iter().map(|warn| format!("{now} >= {}", self.warn_from(*warn))).collect();
        let soon = if soon.is_empty() { "1 = 0".to_owned() } else { soon.join(" OR ") };
        format!(
            "SELECT duty, key, level, due_day, due_second FROM (\n\
             SELECT '{id}' AS duty, d.key AS key,\n  \
               CASE WHEN (d.due_second IS NOT NULL AND {now} > d.due_second) OR (d.due_second IS NULL AND {today} > d.due_day) THEN 'overdue'\n       \
                    WHEN {soon} THEN 'due-soon' END AS level,\n  \
               d.due_day AS due_day, d.due_second AS due_second\n\
             FROM (SELECT b.key, {due_day} AS due_day, {due_second} AS due_second FROM (\n  {base}\n) b\n  \
               LEFT JOIN calendar s ON s.day = b.start_day) d\n  \
               LEFT JOIN calendar u ON u.day = d.due_day\n\
             WHERE d.due_day IS NOT NULL) f WHERE level IS NOT NULL"
        )
    }

    /// The last day of the counted limit, and the last second where it ends at an instant.
    pub(super) fn counted(&self) -> (String, String) {
        let none = || "NULL".to_owned();
        let rolled = |raw: String| match self.every_day || self.within.strict {
            true => raw,
            false => format!("(SELECT t.rolled FROM calendar t WHERE t.day = {raw})"),
        };
        match self.within.limit {
            None => (none(), none()),
            Some(Limit::Workdays(n)) if self.every_day => (format!("(b.start_day + {n} + b.excluded)"), none()),
            Some(Limit::Workdays(n)) => {
                let last =
                    format!("(SELECT MIN(t.day) FROM calendar t WHERE t.off = 0 AND t.workdays = s.workdays + {n})");
                (rolled(format!("({last} + b.excluded)")), none())
            }
            Some(Limit::Days(n)) => (rolled(format!("(b.start_day + {n} + b.excluded)")), none()),
            Some(Limit::SameDay) => (rolled("b.start_day".into()), none()),
            Some(Limit::Months(n)) => {
                let month = format!(
                    "(SELECT m.day FROM calendar m WHERE m.month_no = s.month_no + {n} + b.extended \
                     AND m.dom = CASE WHEN s.dom < m.month_days THEN s.dom ELSE m.month_days END)"
                );
                (rolled(format!("({month} + b.excluded)")), none())
            }
            Some(Limit::Hours(n)) => {
                let end = |second: &str| format!("({second} + {})", i64::from(n) * 3600);
                let precise = end("b.start_second");
                let from_midnight = end(&format!("(b.start_day + 1) * {DAY_SECONDS}"));
                let imprecise = if n % 24 == 0 { none() } else { from_midnight };
                let imprecise_day = match n % 24 {
                    0 => format!("b.start_day + {}", n / 24),
                    _ => format!("{imprecise} / {DAY_SECONDS}"),
                };
                (
                    format!("CASE WHEN b.day_only = 1 THEN {imprecise_day} ELSE {precise} / {DAY_SECONDS} END"),
                    format!("CASE WHEN b.day_only = 1 THEN {imprecise} ELSE {precise} END"),
                )
            }
        }
    }

    /// The first second at which a warning holds.
    pub(super) fn warn_from(&self, warn: Limit) -> String {
        match warn {
            Limit::Workdays(n) if !self.every_day => format!(
                "(SELECT MAX(w.day) FROM calendar w WHERE w.off = 0 AND w.workdays = u.workdays + u.off - {n}) * {DAY_SECONDS}"
            ),
            Limit::Workdays(n) | Limit::Days(n) => format!("(d.due_day - {n}) * {DAY_SECONDS}"),
            Limit::Hours(n) => {
                format!("COALESCE(d.due_second, (d.due_day + 1) * {DAY_SECONDS}) - {}", i64::from(n) * 3600)
            }
            Limit::Months(_) | Limit::SameDay => format!("d.due_day * {DAY_SECONDS}"),
        }
    }
}
