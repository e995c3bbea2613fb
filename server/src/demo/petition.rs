//! Petitions, and the sensitive period that the court has set.

use std::io;

use duban_core::calendar::Calendar;

use super::ledger::Ledger;
use super::life::Case;

const SOURCES: [&str; 4] = ["最高人民法院", "省高级人民法院", "市委政法委", "来院"];
const DEMANDS: [&str; 4] = ["要求加快执行", "要求拍卖被执行人房产", "反映执行人员不作为", "对终结本次执行程序不服"];
const REASONS: [&str; 3] = ["对财产查控结果仍有异议", "坚持要求一次付清", "要求追加被执行人，已告知另行申请"];

impl Case<'_> {
    pub(super) fn petition(&mut self, ledger: &mut Ledger<'_>) -> io::Result<()> {
        let received = self.later(self.filed_on(), 30, 400);
        if !self.chance.permille(30) || !ledger.past(received) {
            return Ok(());
        }
        let registered = self.step(received, 4);
        let reported = self.step(received, 14);
        let due = received.plus(if self.chance.percent(80) { 15 } else { 20 });
        let explained = self.calendar.workday_from(received.plus(15));
        let late = reported > due && self.chance.percent(80);
        let settled = self.chance.percent(70);
        let mut record = ledger
            .record("petition")
            .text("petition_no", self.numbers.next("XF"))
            .text("case_no", &self.case_no)
            .text("source", *self.chance.pick(&SOURCES))
            .text("petitioner", &self.applicant.name)
            .text("demand", *self.chance.pick(&DEMANDS))
            .day("received_on", Some(received))
            .day("registered_on", Some(registered))
            .stated("due_on", Some(due))
            .text("handler", &self.handler.id)
            .day("reported_on", Some(reported))
            .day("explained_on", Some(explained).filter(|_| late));
        if ledger.past(reported) {
            record = record.flag("settled", settled).text("report_document", "执行情况报告");
            record = match settled {
                true => record.text("transcript_document", "见面笔录"),
                false => record.text("not_settled_reason", *self.chance.pick(&REASONS)),
            };
            record = record.maybe("photo_document", self.chance.percent(96).then_some("见面照片"));
        }
        ledger.write(record)
    }
}

/// The period that is on: set some time ago, and screened in time.
pub(super) fn sensitive_period(ledger: &mut Ledger<'_>, calendar: &Calendar) -> io::Result<()> {
    let from = ledger.now().day().plus(-2);
    let record = ledger
        .record("sensitive_period")
        .text("period_no", "MG001")
        .text("name", "重要会议期间")
        .day("set_on", Some(calendar.workday_before(from, 8)))
        .stated("from_on", Some(from));
    let record = record.stated("until_on", Some(from.plus(9))).day("screened_on", Some(from.plus(1)));
    ledger.write(record.text("screening", "已逐案排查，重点人员已约谈"))
}
