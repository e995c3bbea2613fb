//! The disposal specialist's duties: a lot from the seizure to the notice, and each round of its auction.

use super::clock::{Clock, End, Verdict, Warn};
use super::reading::{Reading, both, bound, items, later};
use super::record::{Moment, Record, Seen, fen, flag, has, is, text};
use super::truth::{Truth, and, not, or};

const MATERIALS: [&str; 6] = [
    "ruling_handed_on",
    "survey_handed_on",
    "minutes_handed_on",
    "title_handed_on",
    "list_handed_on",
    "identity_handed_on",
];
const SURVEY: [&str; 5] = ["title", "encumbrance", "occupation", "arrears", "defects"];
const REAL_ESTATE: [&str; 9] = [
    "register-match",
    "decoration",
    "occupants",
    "lease",
    "unlicensed-building",
    "red-line",
    "searched",
    "locks-changed",
    "clearance",
];
const VEHICLE: [&str; 8] =
    ["plate", "make", "model", "age", "appearance", "mileage", "first-registration", "transactions"];

impl Reading<'_> {
    /// Reads all of them.
    pub(super) fn disposal(&mut self) {
        for (key, lot) in self.seen.court.all("lot") {
            self.lot_days(key, lot);
            self.lot_contents(key, lot);
        }
        self.orders();
        for (key, round) in self.seen.court.all("auction_round") {
            self.round(key, round);
            self.sold(key, round);
        }
    }

    fn lot_days(&mut self, key: &str, lot: &Record) {
        let seen = self.seen;
        let almanac = seen.almanac;
        let past = |field| seen.past(lot, field);
        let handed: Option<Vec<Moment>> = MATERIALS.into_iter().map(past).collect();
        let handed = handed.and_then(|days| days.into_iter().max_by_key(|day| day.minutes()));
        let served = past("ruling_served_on").or(past("ruling_on"));
        // Without a reference price there is nothing to publish; a start price set later moves the clock.
        let price = past("price_set_on");
        let priced = price.map(|price| past("start_price_on").map_or(price, |start| later(price, start)));
        let same_day = |start: Moment| Some(End::rolled(almanac, start.day));
        let days = |n| move |start: Moment| Some(End::rolled(almanac, start.day + n));
        let workdays = |n| move |start: Moment| Some(End::workdays(almanac, start, n));
        let since = |start, done: &'static str, warn| self.since(start, past(done), warn);
        let verdicts = [
            ("disposal.materials-handed", self.since(served, handed, &[]).read(same_day)),
            ("disposal.price-started", since(past("seized_on"), "price_started_on", &[Warn::Days(5)]).read(days(30))),
            (
                "disposal.price-report-served",
                since(past("price_report_on"), "price_report_served_on", &[Warn::Days(1)]).read(days(3)),
            ),
            ("disposal.price-paper-handed", since(price, "price_paper_handed_on", &[]).read(workdays(1))),
            ("disposal.efile-told", since(past("efile_at"), "efile_told_at", &[]).read(workdays(1))),
            ("disposal.notice-published", since(priced, "notice_published_on", &[Warn::Workdays(1)]).read(workdays(3))),
            (
                "disposal.notice-served",
                since(past("notice_published_on"), "notice_served_on", &[Warn::Workdays(1)]).read(workdays(3)),
            ),
        ];
        for (duty, verdict) in verdicts {
            self.put(duty, "lot", key, verdict);
        }
        let published = past("notice_published_on");
        let verdict = bound(Some(price.is_some() && published.is_none()), || {
            let clock = self.since(None, None, &[Warn::Days(30), Warn::Days(7)]);
            by_stated_day(&clock, seen.stated(lot, "price_valid_until"))
        });
        self.put("disposal.price-validity", "lot", key, verdict);
    }

    fn lot_contents(&mut self, key: &str, lot: &Record) {
        let seen = self.seen;
        let past = |field| seen.past(lot, field);
        let surveyed = Some(past("survey_done_on").is_some());
        let priced = Some(past("price_set_on").is_some());
        let given = |field| Some(text(lot, field).is_some());

        let verdict = bound(surveyed, || {
            let kind = |wanted| is(lot, "property_kind", wanted);
            let of_kind = |wanted, list: &'static [&'static str]| {
                list.iter().map(move |item| (*item, or(not(kind(wanted)), has(lot, "survey", item))))
            };
            let mut list: Vec<_> = SURVEY.iter().map(|item| (*item, has(lot, "survey", item))).collect();
            list.extend(of_kind("real-estate", &REAL_ESTATE));
            list.extend(of_kind("vehicle", &VEHICLE));
            items(list)
        });
        self.put("disposal.survey-complete", "lot", key, verdict);

        // A disclaimer is a blanket one where the survey does not state the facts: the title for authenticity, the defects for
        // the rest. Where none was made it states nothing; where one was made and nobody wrote down what it states, that is
        // open.
        let verdict = bound(given("notice_text"), || {
            let made = surveyed == Some(true) || lot.contains_key("survey");
            let stated = |fact| if made { has(lot, "survey", fact) } else { Some(false) };
            let word = |word, fact| {
                let disclaims = text(lot, "notice_text").is_some_and(|text| disclaims(text, word));
                (word, or(Some(!disclaims), stated(fact)))
            };
            items(vec![
                word("瑕疵", "defects"),
                word("质量", "defects"),
                word("真伪", "title"),
                word("正常使用", "defects"),
            ])
        });
        self.put("disposal.no-blanket-disclaimer", "lot", key, verdict);

        let verdict = bound(priced, || items(vec![("system", given("price_system_no"))]));
        self.put("disposal.price-system", "lot", key, verdict);

        let verdict = bound(priced, || {
            let agreed = is(lot, "price_method", "agreement");
            items(vec![("order", or(agreed, given("price_skipped_reasons")))])
        });
        self.put("disposal.price-order", "lot", key, verdict);

        let published = past("notice_published_on");
        let verdict = bound(Some(published.is_some()), || {
            let told = past("parties_told_on").zip(published).map(|(told, notice)| told.day + 3 <= notice.day);
            items(vec![("told", told)])
        });
        self.put("disposal.parties-told-before", "lot", key, verdict);
    }

    fn orders(&mut self) {
        for (key, instruction) in self.begun("instruction", "sent_at") {
            let verdict = bound(is(instruction, "module", "disposal"), || {
                items(vec![("handed", flag(instruction, "materials_handed"))])
            });
            self.put("disposal.instruction-says-handed", "instruction", key, verdict);
        }
    }

    fn round(&mut self, key: &str, round: &Record) {
        let seen = self.seen;
        let lot = seen.referred("lot", round, "lot_no", "");
        let verdict = items(vec![
            ("period", is_announced_in_time(&seen, lot, round)),
            ("start-price", is_dear_enough(&seen, lot, round)),
        ]);
        self.put("disposal.notice-period", "auction_round", key, verdict);

        // After a sale that failed nothing follows.
        let last = is(round, "round", "sale");
        let verdict = bound(and(ended_as(&seen, round, "unsold"), not(last)), || {
            let clock = self.since(seen.past(round, "ended_at"), next_round(&seen, round), &[Warn::Days(5)]);
            clock.read(|start| Some(End::rolled(seen.almanac, start.day + 30)))
        });
        self.put("disposal.next-round", "auction_round", key, verdict);
    }

    fn sold(&mut self, key: &str, round: &Record) {
        let seen = self.seen;
        let almanac = seen.almanac;
        let past = |field| seen.past(round, field);
        let sold = ended_as(&seen, round, "sold");
        let paid = past("paid_in_full_at");
        let since = |start, done, warn| self.since(start, done, warn);
        let taxed = both(past("ended_at"), past("tax_paid_on"));
        let moved = both(past("transferred_on"), past("delivered_on"));
        let workdays = |n| move |start: Moment| Some(End::workdays(almanac, start, n));
        let verdicts = [
            ("disposal.balance-paid", {
                let clock = since(None, paid, &[Warn::Days(3), Warn::Days(1)]);
                by_stated_day(&clock, seen.stated(round, "balance_due_on"))
            }),
            (
                "disposal.payment-told",
                since(paid, past("payment_told_at"), &[]).read(|start| Some(End::rolled(almanac, start.day))),
            ),
            ("disposal.sale-ruling", since(paid, past("sale_ruling_on"), &[Warn::Workdays(1)]).read(workdays(3))),
            (
                "disposal.sale-ruling-served",
                since(paid, past("sale_ruling_served_on"), &[Warn::Days(2)])
                    .read(|start| Some(End::rolled(almanac, start.day + 10))),
            ),
            ("disposal.transferred", since(taxed, moved, &[Warn::Workdays(3)]).read(workdays(15))),
            ("disposal.archived", since(moved, past("archived_on"), &[Warn::Workdays(1)]).read(workdays(3))),
        ];
        for (duty, verdict) in verdicts {
            self.put(duty, "auction_round", key, bound(sold, || verdict));
        }
    }
}

/// A day that the record states and that never moves.
fn by_stated_day(clock: &Clock<'_>, stated: Option<Moment>) -> Verdict {
    stated.map_or(Verdict::bare("missing_data"), |stated| clock.against(End::stated(stated)))
}

/// Whether a text says that something is not answered for, and after that this word.
fn disclaims(text: &str, word: &str) -> bool {
    text.find("不承担").is_some_and(|at| text[at..].contains(word))
}

/// Whether a round ended so. What has not ended has no result; what ended and does not say how leaves it open.
fn ended_as(seen: &Seen<'_>, round: &Record, wanted: &str) -> Truth {
    let result = text(round, "result").filter(|_| !seen.ahead(round, "ended_at"));
    match result {
        Some(result) => Some(result == wanted),
        None if seen.past(round, "ended_at").is_some() => None,
        None => Some(false),
    }
}

/// Another round of the same lot.
fn sibling<'c>(seen: &Seen<'c>, round: &Record, wanted: &str) -> Option<&'c Record> {
    let key = format!("{}/{wanted}", text(round, "lot_no")?);
    seen.court.record("auction_round", &key)
}

/// When a later round of the lot, or its sale, first started.
fn next_round(seen: &Seen<'_>, round: &Record) -> Option<Moment> {
    let later: &[&str] = if text(round, "round") == Some("1") { &["2", "sale"] } else { &["sale"] };
    let started = later.iter().filter_map(|next| seen.past(sibling(seen, round, next)?, "starts_at"));
    started.min_by_key(|at| at.minutes())
}

/// Fifteen days from the notice to the auction for movables, thirty for anything else; seven and fifteen before the second
/// round, and before a sale alike. The first round's notice is the lot's where the round has none of its own.
fn is_announced_in_time(seen: &Seen<'_>, lot: Option<&Record>, round: &Record) -> Truth {
    let of_round = seen.past(round, "notice_published_on");
    let (notice, movables, others) = match text(round, "round")? {
        "1" => (of_round.or(lot.and_then(|lot| seen.past(lot, "notice_published_on"))), 15, 30),
        _ => (of_round, 7, 15),
    };
    let (notice, starts) = (notice?, seen.stated(round, "starts_at")?);
    let movable = lot.and_then(|lot| text(lot, "property_kind")).map(|kind| ["movable", "vehicle"].contains(&kind));
    let enough = |days: usize| Some(notice.day + days <= starts.day);
    // Where the kind is not known, thirty days are enough for any, and fewer than fifteen for none.
    or(enough(others), and(movable, enough(movables)))
}

/// Seventy per cent of the price in the first round; after that not more than twenty per cent below the round before.
fn is_dear_enough(seen: &Seen<'_>, lot: Option<&Record>, round: &Record) -> Truth {
    let start = fen(round, "start_price");
    let at_least = |percent: i64, of: Option<i64>| start.zip(of).map(|(start, of)| start * 100 >= of * percent);
    match text(round, "round")? {
        "1" => at_least(70, lot.and_then(|lot| fen(lot, "price"))),
        "2" => at_least(80, sibling(seen, round, "1").and_then(|first| fen(first, "start_price"))),
        _ => {
            let before = sibling(seen, round, "2").or(sibling(seen, round, "1"));
            at_least(80, before.and_then(|before| fen(before, "start_price")))
        }
    }
}
