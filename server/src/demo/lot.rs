//! How property is sold: from the ruling by way of survey, price and notice to each round of its auction.

use std::io;

use duban_core::model::{Day, Time};

use super::ledger::{Ledger, Record};
use super::life::Case;
use super::property::Fate;

/// What any survey states, and what it states of real estate and of vehicles besides.
const SURVEY: [&str; 5] = ["title", "encumbrance", "occupation", "arrears", "defects"];
const OF_REAL_ESTATE: [&str; 9] = [
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
const OF_VEHICLES: [&str; 8] =
    ["plate", "make", "model", "age", "appearance", "mileage", "first-registration", "transactions"];

/// How a price is found.
struct Method {
    code: &'static str,
    days: i32,
    /// Why the earlier ways were passed over.
    skipped: Option<&'static str>,
}

/// The methods by how often they are used.
const METHODS: [(u32, Method); 4] = [
    (12, Method { code: "agreement", days: 12, skipped: None }),
    (13, Method { code: "inquiry", days: 18, skipped: Some("双方议价不成") }),
    (55, Method { code: "network", days: 10, skipped: Some("双方议价不成；无法定向询价") }),
    (
        20,
        Method {
            code: "appraisal", days: 45, skipped: Some("双方议价不成；无法定向询价；询价平台无该类财产数据")
        },
    ),
];

/// A notice that points to what the survey found, one that says it of what was made public, and one that says it of all.
const HONEST: &str = "标的物以实物现状为准，已查明的情况见现状调查报告，请竞买人自行看样。";
const SPECIAL: &str = "标的物存在现状调查报告所列瑕疵，特此提示；对已公示的瑕疵，本院不承担瑕疵担保责任。";
const BLANKET: &str = "本院不承担标的物的一切瑕疵担保责任，对其质量、能否正常使用概不负责。";

const SIX_MATERIALS: [&str; 6] = ["ruling", "survey", "minutes", "title", "list", "identity"];

const NOT_SOLD: &str = "经两次拍卖、变卖均未成交，申请执行人不接受抵债";

impl Case<'_> {
    /// Tells the lot as far as it has come. What has become of the property.
    pub(super) fn lot(
        &mut self,
        ledger: &mut Ledger<'_>,
        property_no: &str,
        kind: &str,
        seized: Day,
    ) -> io::Result<Fate> {
        let lot_no = self.numbers.next("PM");
        let surveyed = self.later(seized, 2, 8);
        let ruling = self.step(surveyed, 8);
        let served = self.step(ruling, 1);
        let price_started = self.step(served, 8);
        let method = self.chance.weighted(&METHODS);
        let price_set = self.step(price_started, method.days);
        let start_price = self.step(price_set, 4);
        // Parties are told on the day the start price is set: three days before the notice.
        let noticed = match self.chance.permille(960) {
            true => self.calendar.workday_from(start_price.plus(3)),
            false => self.later(start_price, 5, 20),
        };
        let told = if self.chance.permille(975) { start_price } else { noticed };
        let price = self.chance.amount(20_000, 900_000);
        let survey = self.survey(kind);
        let mut record = ledger
            .record("lot")
            .text("lot_no", &lot_no)
            .text("case_no", &self.case_no)
            .text("property_no", property_no)
            .text("property_kind", kind)
            .day("seized_on", Some(seized))
            .day("survey_done_on", Some(surveyed))
            .day("ruling_on", Some(ruling))
            .day("ruling_served_on", Some(served))
            .day("price_started_on", Some(price_started));
        if ledger.past(surveyed) {
            record = record.set("survey", &survey);
        }
        // One or the other paper comes after the rest.
        let missing = self.chance.permille(40).then(|| *self.chance.pick(&SIX_MATERIALS));
        let supplied = self.later(served, 2, 60);
        for material in SIX_MATERIALS {
            let handed = if missing == Some(material) { supplied } else { served };
            record = record.day(&format!("{material}_handed_on"), Some(handed));
        }
        if ledger.past(price_set) {
            record = self.priced(record, price_set, method).money("price", price);
        }
        record = record.day("start_price_on", Some(start_price)).day("parties_told_on", Some(told));
        if ledger.past(noticed) {
            record = record
                .day("notice_published_on", Some(noticed))
                .day("notice_served_on", Some(self.step(noticed, 3)))
                .day("notice_paper_handed_on", Some(self.step(noticed, 2)))
                .text("notice_text", self.notice_text(&survey));
        }
        ledger.write(record)?;
        match ledger.past(noticed) {
            true => self.rounds(ledger, &lot_no, kind, noticed, price),
            false => Ok(Fate::default()),
        }
    }

    fn priced(&mut self, record: Record, set: Day, method: &Method) -> Record {
        let reported = matches!(method.code, "network" | "appraisal").then_some(set);
        let efile = self.chance.office_time(set);
        let numbered = self.chance.permille(985).then(|| format!("XJ{:08}", self.numbers.record));
        record
            .day("price_set_on", Some(set))
            .text("price_method", method.code)
            .maybe("price_skipped_reasons", method.skipped.filter(|_| self.chance.permille(970)))
            .maybe("price_system_no", numbered)
            .stated("price_valid_until", Some(set.plus_months(12)))
            .day("price_report_on", reported)
            .day("price_report_served_on", reported.map(|day| self.step(day, 2)))
            .day("price_paper_handed_on", Some(self.step(set, 1)))
            .time("efile_at", Some(efile))
            .time("efile_told_at", Some(self.step_at(set, 1).max(efile)))
    }

    /// What the survey states: all that it should, nearly always.
    fn survey(&mut self, kind: &str) -> Vec<&'static str> {
        let more: &[&str] = match kind {
            "real-estate" => &OF_REAL_ESTATE,
            "vehicle" => &OF_VEHICLES,
            _ => &[],
        };
        let mut survey: Vec<&str> = SURVEY.iter().chain(more).copied().collect();
        if self.chance.permille(60) {
            // The defects of all things are what is left out most.
            let defects = SURVEY.len() - 1;
            let any = self.chance.between(0, survey.len() as i32 - 1) as usize;
            survey.remove(if self.chance.percent(40) { defects } else { any });
        }
        survey
    }

    fn notice_text(&mut self, survey: &[&str]) -> &'static str {
        match survey.contains(&"defects") {
            true => self.chance.weighted::<&str>(&[(70, HONEST), (30, SPECIAL)]),
            false => self.chance.weighted::<&str>(&[(20, HONEST), (80, BLANKET)]),
        }
    }

    /// Two auctions and a sale, until somebody buys it.
    fn rounds(
        &mut self,
        ledger: &mut Ledger<'_>,
        lot_no: &str,
        kind: &str,
        noticed: Day,
        price: i64,
    ) -> io::Result<Fate> {
        let movable = kind == "vehicle";
        let (mut published, mut start_price) = (noticed, (price * 7 + 9) / 10);
        for (round, bought) in [("1", 55), ("2", 50), ("sale", 45)] {
            let notice = match (round, movable) {
                ("1", true) => 15,
                ("1", false) => 30,
                (_, true) => 7,
                (_, false) => 15,
            };
            let notice = if self.chance.permille(975) { notice + 1 } else { notice - 3 };
            let starts = self.later(published, notice, notice + 2);
            let opens = Time::at(starts, 10 * 3600).unwrap_or(Time::on(starts));
            let ended = Time::at(starts.plus(1), 10 * 3600).unwrap_or(opens);
            let sold = self.chance.percent(bought);
            let disposed = self.round(ledger, (lot_no, round), (published, opens, ended), start_price, sold)?;
            if sold || !ended.happened_by(ledger.now()) {
                return Ok(Fate { disposed, left: None });
            }
            // What was not sold is offered again within thirty days; now and then that is forgotten for a while.
            published = match self.chance.permille(970) {
                true => self.later(ended.day(), 2, 8),
                false => self.later(ended.day(), 35, 120),
            };
            if round == "sale" || !ledger.past(published) {
                break;
            }
            if round == "1" {
                start_price = (start_price * 8 + 9) / 10;
            }
        }
        Ok(Fate { disposed: None, left: self.closes_before(ledger.now()).then_some(NOT_SOLD) })
    }

    fn closes_before(&self, now: Time) -> bool {
        Time::midnight(self.closed_on).happened_by(now)
    }

    /// One round. When the property was handed over, if it was sold.
    fn round(
        &mut self,
        ledger: &mut Ledger<'_>,
        (lot_no, round): (&str, &str),
        (published, opens, ended): (Day, Time, Time),
        start_price: i64,
        sold: bool,
    ) -> io::Result<Option<Day>> {
        let mut record = ledger
            .record("auction_round")
            .text("lot_no", lot_no)
            .text("round", round)
            .day("notice_published_on", Some(published))
            .stated_time("starts_at", opens)
            .time("ended_at", Some(ended))
            .money("start_price", start_price);
        let mut delivered = None;
        if ended.happened_by(ledger.now()) {
            record = record.text("result", if sold { "sold" } else { "unsold" });
        }
        if sold && ended.happened_by(ledger.now()) {
            let price = start_price * i64::from(self.chance.between(100, 130)) / 100;
            let paid = self.step_at(ended.day(), 9);
            let told = match self.chance.permille(970) {
                true => self.chance.minutes_after(paid, 10, 120),
                false => self.step_at(paid.day().plus(1), 2),
            };
            let ruled = self.step(paid.day(), 3);
            let taxed = self.later(ruled, 0, 6);
            let transferred = self.step(taxed, 14);
            delivered = Some(transferred);
            record = record
                .money("price", price)
                .stated("balance_due_on", Some(ended.day().plus(10)))
                .time("paid_in_full_at", Some(paid))
                .time("payment_told_at", Some(told))
                .day("sale_ruling_on", Some(ruled))
                .day("sale_ruling_served_on", Some(self.step(ruled, 5)))
                .day("tax_paid_on", Some(taxed))
                .day("transferred_on", Some(transferred))
                .day("delivered_on", delivered)
                .day("archived_on", Some(self.step(transferred, 3)));
        }
        ledger.write(record)?;
        Ok(delivered)
    }
}
