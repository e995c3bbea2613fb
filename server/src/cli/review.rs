//! `duban review`: the review sheet of a closing, told to a person or as JSON.
//!
//! What is to be supplied or corrected comes first, then every item with its rule and what was looked at, then what a
//! person must read and where the application stands. Items that specialists' own code adds stand on it too.

use clap::{ArgMatches, Command};
use duban_core::duty::Basis as ParameterBasis;
use duban_core::msg;
use duban_core::review::{
    Basis, CLOSING, Check, Conclusion, Evidence, Item, Next, Outcome as Found, Part, Sheet, Standing, Subject,
    TERMINATION, answered,
};
use duban_core::store::Mode;
use duban_core::supervise::People;
use duban_core::words::{Arg, Message};

use super::arguments::{as_of, moment, packs, store, text, text_or_json, wants_json};
use super::console::Console;
use super::failure::{Failure, Outcome};
use super::naming;
use super::opening::{self, Opened};
use super::words::Words;

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .command("review", msg!("review-about"))
        .arg(store(words))
        .arg(words.argument("case_no", msg!("case-value"), msg!("explain-case")))
        .arg(words.option("as", msg!("review-kind-value"), msg!("review-as")))
        .arg(as_of(words))
        .arg(text_or_json(words))
        .arg(packs(words))
        .after_help(words.say(&msg!("review-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let as_of = moment(matches, "as-of")?.unwrap_or_else(|| console.clock.now());
    let json = wants_json(matches)?;
    let opened = opening::open(matches, Mode::Read, console)?;
    let case = text(matches, "case_no").expect("the argument is required");
    let mut sheet = opened.docket.review(case, text(matches, "as"), as_of)?;
    let record = opened.docket.case_record(case, as_of)?.to_string();
    let silent = add_specialists(&opened, &mut sheet, &record, console);
    if json {
        serde_json::to_writer_pretty(&mut console.out, &sheet)?;
        console.line("")?;
    } else {
        Telling { opened: &opened, people: opened.docket.people()? }.print(&sheet, console)?;
    }
    Ok(Outcome::with_problems(opened.faulty || silent || !sheet.is_complete()))
}

/// Adds what specialists' own code says. Who could not answer is said beside; then true.
fn add_specialists(opened: &Opened, sheet: &mut Sheet, record: &str, console: &mut Console<'_>) -> bool {
    let mut silent = false;
    let termination = sheet.sections.iter().any(|section| section.part == Part::Termination);
    for name in [CLOSING, TERMINATION].into_iter().filter(|name| termination || *name == CLOSING) {
        for (id, answer) in opened.specialists.reviews(name, record) {
            let label = opened.docket.book().packs().iter().find(|pack| pack.id == id).map(|pack| pack.label.clone());
            match answer.and_then(|answer| answered(&id, &label.unwrap_or_default(), &answer)) {
                Ok(items) if items.is_empty() => {}
                Ok(items) => sheet.add(Part::Specialist(id), items),
                Err(why) => {
                    console.note(&msg!("warned", message = msg!("review-no-answer", id = id, why = why)));
                    silent = true;
                }
            }
        }
    }
    silent
}

/// Tells a sheet to a person.
struct Telling<'o> {
    opened: &'o Opened,
    people: People,
}

impl Telling<'_> {
    fn print(&self, sheet: &Sheet, console: &mut Console<'_>) -> Result<(), Failure> {
        let kind: Arg = match sheet.closing_kind.id.is_empty() {
            true => msg!("review-no-kind").into(),
            false => (&sheet.closing_kind.label).into(),
        };
        console.tell(&msg!("review-heading", case = &sheet.case_no, kind = kind, as_of = sheet.as_of))?;
        console.tell(&self.basis(sheet))?;
        console.line("")?;
        console.tell(&conclusion(sheet))?;
        console.tell(&msg!("review-not-approval"))?;
        self.defects(sheet, Found::Missing, &msg!("review-to-supplement"), console)?;
        self.defects(sheet, Found::Fail, &msg!("review-to-correct"), console)?;
        for section in &sheet.sections {
            console.line("")?;
            console.tell(&heading(&section.part))?;
            for item in &section.items {
                self.item(item, console)?;
            }
        }
        console.line("")?;
        console.tell(&msg!("review-to-read"))?;
        for what in &sheet.to_read {
            console.tell(&msg!("review-read", what = what.clone()))?;
        }
        console.line("")?;
        self.standing(&sheet.standing, console)
    }

    fn basis(&self, sheet: &Sheet) -> Message {
        let handler = self.person(sheet.handler.as_deref());
        match sheet.basis {
            Basis::Application => {
                let key = sheet.standing.closing.clone().unwrap_or_default();
                msg!("review-basis-application", key = key, handler = handler)
            }
            Basis::Case => msg!("review-basis-case", handler = handler),
            Basis::Assumed => msg!("review-basis-assumed", handler = handler),
            Basis::Asked => msg!("review-basis-asked", handler = handler),
        }
    }

    fn person(&self, id: Option<&str>) -> Arg {
        id.map_or_else(|| msg!("review-nobody").into(), |id| self.people.shown(id).into())
    }

    /// What is to be done about the case, a line each.
    fn defects(
        &self,
        sheet: &Sheet,
        outcome: Found,
        heading: &Message,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let defects: Vec<(&Item, &Check)> = sheet.defects().filter(|(_, check)| check.outcome == outcome).collect();
        if defects.is_empty() {
            return Ok(());
        }
        console.line("")?;
        console.tell(heading)?;
        for (item, check) in defects {
            let (what, says) = (item.title.clone(), said(check));
            console.tell(&match self.whom(check, console) {
                None => msg!("review-defect", what = what, says = says),
                Some(whom) => msg!("review-defect-of", what = what, whom = whom, says = says),
            })?;
        }
        Ok(())
    }

    fn item(&self, item: &Item, console: &mut Console<'_>) -> Result<(), Failure> {
        let (outcome, title) = (outcome(item.outcome), item.title.clone());
        console.tell(&match item.number {
            None => msg!("review-item", outcome = outcome, title = title),
            Some(number) => msg!("review-item-numbered", outcome = outcome, number = number, title = title),
        })?;
        console.tell(&msg!("review-rule", rule = item.rule.clone(), source = item.source.clone()))?;
        let alone = item.checks.len() == 1;
        for check in &item.checks {
            self.check(check, alone, console)?;
        }
        Ok(())
    }

    /// A check; the outcome of one that stands alone is the item's.
    fn check(&self, check: &Check, alone: bool, console: &mut Console<'_>) -> Result<(), Failure> {
        let found = outcome(check.outcome);
        let line = match (self.whom(check, console), check.says.clone()) {
            (None, None) if alone => None,
            (None, Some(says)) if alone => Some(msg!("review-seen", says = says)),
            (None, None) => Some(msg!("review-check", outcome = found)),
            (None, Some(says)) => Some(msg!("review-check-says", outcome = found, says = says)),
            (Some(whom), None) => Some(msg!("review-subject", whom = whom, outcome = found)),
            (Some(whom), Some(says)) => Some(msg!("review-subject-says", whom = whom, outcome = found, says = says)),
        };
        if let Some(line) = line {
            console.tell(&line)?;
        }
        self.evidence(&check.evidence, console)
    }

    /// What was looked at, a line for each record.
    fn evidence(&self, evidence: &[Evidence], console: &mut Console<'_>) -> Result<(), Failure> {
        let mut rest = evidence;
        while let Some(first) = rest.first() {
            let of_record = |fact: &&Evidence| fact.kind == first.kind && fact.key == first.key;
            let count = rest.iter().take_while(of_record).count();
            let (these, others) = rest.split_at(count);
            let facts: Vec<String> = these.iter().map(|fact| console.say(&told(fact))).collect();
            let facts = facts.join(&console.say(&msg!("review-between-facts")));
            console.tell(&msg!(
                "review-evidence",
                record = self.record(&first.kind, &first.key, console),
                facts = facts
            ))?;
            rest = others;
        }
        Ok(())
    }

    /// A record by kind and key; the case needs no key.
    fn record(&self, kind: &str, key: &str, console: &Console<'_>) -> Arg {
        let name = naming::kind(&self.opened.docket, kind, console);
        match kind {
            "case" => name.into(),
            _ => msg!("review-record", kind = name, key = key).into(),
        }
    }

    /// Of whom a check speaks, and what it looks at.
    fn whom(&self, check: &Check, console: &Console<'_>) -> Option<Arg> {
        let subject = check.subject.as_ref().map(|subject| self.subject(subject, console));
        match (subject, check.title.clone()) {
            (Some(whom), Some(what)) => Some(msg!("review-whom-what", whom = whom, what = what).into()),
            (subject, title) => subject.or(title.map(Arg::from)),
        }
    }

    /// A debtor by name; one without, and any other record, by kind and key.
    fn subject(&self, subject: &Subject, console: &Console<'_>) -> Arg {
        match subject.kind.as_str() {
            "party" if subject.name != subject.key => (&subject.name).into(),
            kind => self.record(kind, &subject.key, console),
        }
    }

    fn standing(&self, standing: &Standing, console: &mut Console<'_>) -> Result<(), Failure> {
        console.tell(&msg!("review-standing"))?;
        for step in &standing.steps {
            console.tell(&match step.by.as_deref() {
                None => msg!("review-step", at = step.at, what = &step.label),
                Some(by) => msg!("review-step-by", at = step.at, what = &step.label, by = self.people.shown(by)),
            })?;
        }
        if let Some(outcome) = &standing.reviewed {
            console.tell(&msg!("review-outcome-recorded", outcome = self.outcome_named(outcome)))?;
        }
        if let Some(by) = &standing.decided_by {
            console.tell(&msg!("review-decided-by", by = self.people.shown(by)))?;
        }
        console.tell(&self.next(standing, console))?;
        if let Some(due) = standing.due {
            console.tell(&msg!("review-due", due = due))?;
        }
        if let Some(correction) = &standing.correction {
            let basis = ParameterBasis::from_name(correction.basis).unwrap_or(ParameterBasis::Unconfirmed).message();
            console.tell(&msg!("review-correction", limit = correction.said.clone(), basis = basis))?;
        }
        Ok(())
    }

    /// The outcome that an application's record gives, by its name.
    fn outcome_named(&self, code: &str) -> Arg {
        let schema = self.opened.docket.schema();
        let kind = schema.kind_named("closing").map(|kind| schema.kind(kind));
        let field = kind.and_then(|kind| kind.field_named("outcome").map(|field| kind.field(field)));
        let place = field.and_then(|field| field.code(code).map(|code| &field.codes[usize::from(code)]));
        place.map_or_else(|| Arg::from(code), |code| Arg::from(&code.label))
    }

    fn next(&self, standing: &Standing, console: &Console<'_>) -> Message {
        let holders = |post: &str| -> Arg {
            let holders = self.people.holders(post);
            let named = |who: &duban_core::supervise::Recipient| {
                naming::recipient(&self.opened.docket, &self.people, &who.written(), console)
            };
            let names: Vec<String> = holders.iter().map(named).collect();
            names.join(&console.say(&msg!("list-separator"))).into()
        };
        let nobody = standing.post.is_none() && standing.person.is_none();
        let who = standing.post.map_or_else(|| self.person(standing.person.as_deref()), holders);
        match standing.next {
            Next::Submit if nobody => msg!("review-next-assign-submit"),
            Next::Submit => msg!("review-next-submit", who = who),
            Next::Review => msg!("review-next-review", who = who),
            Next::Correct if nobody => msg!("review-next-assign-correct"),
            Next::Correct => msg!("review-next-correct", who = who),
            Next::SecondReview => msg!("review-next-second", who = who),
            Next::Decide => msg!("review-next-decide"),
            Next::Nobody => msg!("review-next-nobody"),
        }
    }
}

fn conclusion(sheet: &Sheet) -> Message {
    let of = |outcome: Found| sheet.defects().filter(|(_, check)| check.outcome == outcome).count();
    let (missing, wrong) = (of(Found::Missing), of(Found::Fail));
    match sheet.conclusion {
        Conclusion::Complete => msg!("review-complete"),
        Conclusion::Supplement => msg!("review-supplement", missing = missing),
        Conclusion::Correct => msg!("review-correct", wrong = wrong),
        Conclusion::SupplementAndCorrect => msg!("review-both", missing = missing, wrong = wrong),
    }
}

fn heading(part: &Part) -> Message {
    match part {
        Part::Closing => msg!("review-part-closing"),
        Part::Termination => msg!("review-part-termination"),
        Part::Listed => msg!("review-part-listed"),
        Part::Specialist(id) => msg!("review-part-specialist", id = id),
    }
}

fn outcome(outcome: Found) -> Message {
    match outcome {
        Found::Pass => msg!("review-outcome-pass"),
        Found::Fail => msg!("review-outcome-fail"),
        Found::Missing => msg!("review-outcome-missing"),
        Found::NotApplicable => msg!("review-outcome-not-applicable"),
    }
}

/// What a check says, or its outcome alone.
fn said(check: &Check) -> Message {
    check.says.clone().unwrap_or_else(|| outcome(check.outcome))
}

fn told(fact: &Evidence) -> Message {
    match &fact.shown {
        Some(value) => msg!("review-fact", label = &fact.label, value = value.clone()),
        None => msg!("review-fact-unknown", label = &fact.label),
    }
}
