//! Lots of a case and the rounds of their auctions.

use serde_json::json;

use super::{Chance, record};
use crate::model::almanac::Day;
use crate::model::record::Record;

const SURVEY: [&str; 22] = [
    "title",
    "encumbrance",
    "occupation",
    "arrears",
    "defects",
    "register-match",
    "decoration",
    "occupants",
    "lease",
    "unlicensed-building",
    "red-line",
    "searched",
    "locks-changed",
    "clearance",
    "plate",
    "make",
    "model",
    "age",
    "appearance",
    "mileage",
    "first-registration",
    "transactions",
];
const NOTICES: [&str; 5] = [
    "本院不承担标的物瑕疵、质量、真伪及正常使用的担保责任",
    "本院不承担过户费用；标的物瑕疵以现状调查报告为准",
    "标的物瑕疵见现状调查报告，买受人不承担既往欠费",
    "标的物以实物现状为准",
    "不承担质量责任",
];
const PRICES: [&str; 4] = ["100000.00", "70000.00", "69999.99", "56000.00"];

impl Chance<'_> {
    /// What the disposal duties look at.
    pub(super) fn disposal(&mut self, case_no: &str, filed: Day) {
        for _ in 0..self.rng.usize(0..2) {
            let seized = self.after(filed, 0, 60);
            let lot_no = self.lot(case_no, seized);
            let mut starts = self.after(seized, 45, 120);
            for round in ["1", "2", "sale"].into_iter().take(self.rng.usize(0..4)) {
                self.round(&lot_no, round, starts);
                starts = self.after(starts, 8, 45);
            }
        }
        for _ in 0..self.rng.usize(0..2) {
            let sent = self.after(filed, 5, 120);
            let module = self.pick(&["disposal", "disposal", "service"]);
            let module = self.percent(92).then_some(module);
            let mut instruction = self.begin("instruction", case_no, &[("module", module)]);
            if self.percent(75) {
                instruction.insert("materials_handed".into(), self.rng.bool().into());
            }
            self.dated(instruction, &[("sent_at", 94, sent, true)]);
        }
    }

    fn lot(&mut self, case_no: &str, seized: Day) -> String {
        let case_no = if self.percent(95) { case_no } else { "" };
        let mut lot = self.begin("lot", case_no, &[]);
        self.contents(&mut lot);
        let ruling = self.after(seized, 5, 40);
        let served = self.after(ruling, 0, 5);
        let begun = self.after(seized, 10, 40);
        let priced = self.after(begun, 3, 20);
        let report = self.after(priced, -2, 2);
        let start_price = self.after(priced, -2, 6);
        let notice = self.after(priced, 0, 9);
        let filed = self.after(notice, -5, 5);
        let valid = self.after(priced, 1, 60);
        if self.percent(80) {
            lot.insert("price_valid_until".into(), self.date(valid));
        }
        let mut dates = vec![
            ("seized_on", 85, seized, false),
            ("ruling_on", 80, ruling, false),
            ("ruling_served_on", 55, served, false),
            ("survey_done_on", 65, begun, false),
            ("price_started_on", 60, begun, false),
            ("price_set_on", 75, priced, false),
            ("price_report_on", 70, report, false),
            ("price_report_served_on", 55, self.after(report, 0, 6), false),
            ("price_paper_handed_on", 55, self.after(priced, 0, 3), false),
            ("efile_at", 65, filed, true),
            ("efile_told_at", 50, self.after(filed, 0, 3), true),
            ("start_price_on", 55, start_price, false),
            ("parties_told_on", 65, self.after(notice, -6, 1), false),
            ("notice_published_on", 60, notice, false),
            ("notice_served_on", 50, self.after(notice, 0, 6), false),
        ];
        let days = ["ruling_handed_on", "survey_handed_on", "minutes_handed_on", "title_handed_on", "list_handed_on"];
        for field in days.into_iter().chain(["identity_handed_on"]) {
            dates.push((field, 90, self.after(served, 0, 2), false));
        }
        let lot_no = lot["lot_no"].as_str().expect("its key").to_owned();
        self.dated(lot, &dates);
        lot_no
    }

    fn contents(&mut self, lot: &mut Record) {
        let kinds = ["real-estate", "real-estate", "vehicle", "movable", "equity", "other"];
        let methods = ["agreement", "inquiry", "network", "appraisal"];
        self.some_texts(
            lot,
            &[
                ("property_kind", 90, &kinds),
                ("price_method", 80, &methods),
                ("price_skipped_reasons", 50, &["当事人议价不能"]),
                ("price_system_no", 65, &["X1"]),
                ("notice_text", 60, &NOTICES),
                ("price", 85, &["100000.00"]),
            ],
        );
        if self.percent(80) {
            // Everything, all but one, or a few.
            let lacking = self.rng.usize(0..60);
            let few = self.percent(20);
            let items = SURVEY.iter().enumerate().filter(|(at, _)| *at != lacking && (!few || *at < 5));
            lot.insert("survey".into(), json!(items.map(|(_, item)| *item).collect::<Vec<_>>()));
        }
    }

    fn round(&mut self, lot_no: &str, round: &'static str, starts: Day) {
        let mut auction = record("auction_round", "lot_no", lot_no.to_owned());
        auction.insert("round".into(), round.into());
        let results = ["sold", "sold", "unsold", "unsold", "withdrawn", "paused"];
        self.some_texts(&mut auction, &[("result", 80, &results), ("start_price", 88, &PRICES)]);
        let notice = starts - self.pick(&[6, 7, 8, 14, 15, 16, 29, 30, 31]);
        let ended = self.after(starts, 0, 2);
        let due = self.after(ended, 5, 15);
        if self.percent(80) {
            auction.insert("balance_due_on".into(), self.date(due));
        }
        if self.percent(92) {
            let starts = self.time(starts);
            auction.insert("starts_at".into(), starts);
        }
        let paid = self.after(ended, 0, 18);
        let taxed = self.after(paid, -2, 12);
        let moved = self.after(taxed, 0, 26);
        let dates = [
            ("ended_at", 85, ended, true),
            ("notice_published_on", 75, notice, false),
            ("paid_in_full_at", 65, paid, true),
            ("payment_told_at", 55, self.after(paid, 0, 3), true),
            ("sale_ruling_on", 55, self.after(paid, 0, 6), false),
            ("sale_ruling_served_on", 55, self.after(paid, 0, 14), false),
            ("tax_paid_on", 70, taxed, false),
            ("transferred_on", 60, moved, false),
            ("delivered_on", 60, self.after(moved, -4, 6), false),
            ("archived_on", 45, self.after(moved, 0, 12), false),
        ];
        self.dated(auction, &dates);
    }
}
