//! The day's run: scan, compare with what stands open, decide whom to tell, and write all of it as one operation.

use std::collections::{BTreeSet, HashMap};

use super::open::{Docket, DocketError};
use super::scan::Texts;
use crate::duty::{Addressee, Calendars, Duty, Form, Stage, Verdict, Version, Who};
use crate::model::{Day, Due, Time, Value};
use crate::msg;
use crate::scan::{Hit, Hits, Scan};
use crate::schema::Schema;
use crate::schema::condition::{Facts, Leaf, Path, Row, Truth, View};
use crate::store::tables::{CLEARED, DUTIES, FINDINGS, META, META_LAST_RUN, OUTBOX, u16_at, u64_at};
use crate::store::{OperationKind, Pen, Snapshot, StoreError, Writer, kept_time};
use crate::supervise::{Change, Matter, Outgoing, People, Person, Post, Purpose, Recipient, Seen, Standing, decide};
use crate::words::Message;
use crate::worklog::{Entry, What};

/// What a day's run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayRun {
    /// The time it was run for.
    pub as_of: Option<Time>,
    /// Whether it was run late, because the machine had been off.
    pub caught_up: bool,
    /// The operation that wrote it; none if the day had been run and nothing has changed since.
    pub operation: Option<u64>,
    /// Findings opened for the first time.
    pub opened: u64,
    /// Cleared findings opened again.
    pub reopened: u64,
    /// Findings that became worse or reached their next stage.
    pub raised: u64,
    /// Findings whose days moved.
    pub noted: u64,
    /// Findings cleared.
    pub cleared: u64,
    /// Findings that stand open after it.
    pub standing: u64,
    /// Messages that remind.
    pub reminders: u64,
    /// Messages that report.
    pub reports: u64,
    /// Of these, messages to people who are not in the list of people, or to posts nobody holds.
    pub unaddressed: u64,
    /// What the administrator is alarmed about.
    pub alarms: Vec<Message>,
}

/// Days between two alarms about the same thing.
const ALARM_AGAIN_DAYS: i32 = 7;

impl Docket {
    /// Runs every day from the last recorded run to `as_of`, in order: the days missed as of their 00:00, marked as caught
    /// up, then `as_of` itself. A time before the last recorded run records nothing and returns nothing.
    ///
    /// `progress` is told days done and in all.
    ///
    /// # Errors
    /// What the storage says; every day is written wholly or not at all.
    pub fn run_days(
        &self,
        as_of: Time,
        at: Time,
        actor: &str,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<DayRun>, DocketError> {
        let _turn = self.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let last = self.store.snapshot()?.last_run()?;
        if last.is_some_and(|last| as_of.instant() < last.instant()) {
            return Ok(Vec::new());
        }
        let missed = match last {
            Some(last) => as_of.day().since(last.day()) - 1,
            None => 0,
        };
        let mut runs = Vec::new();
        for n in 1..=missed.max(0) {
            let day = last.map_or(as_of.day(), |last| last.day().plus(n));
            runs.push(self.run_day(Time::midnight(day), at, actor, true)?);
            progress(n as u64, missed as u64 + 1);
        }
        runs.push(self.run_day(as_of, at, actor, false)?);
        progress(missed.max(0) as u64 + 1, missed.max(0) as u64 + 1);
        Ok(runs)
    }

    /// Runs one time.
    fn run_day(&self, as_of: Time, at: Time, actor: &str, caught_up: bool) -> Result<DayRun, DocketError> {
        // Begun before the scan: no import comes between what is read and what is written from it.
        let mut intent = self.intent(OperationKind::DayRun, at, actor, "");
        intent.inputs = vec![("as-of".to_owned(), as_of.to_string())];
        let mut writer = self.store.begin(intent)?;
        let mut run = DayRun { as_of: Some(as_of), caught_up, ..DayRun::default() };
        let is_written = self.with_scan(as_of, None, |scan, facts, snapshot| {
            let judge = self.judge(facts, scan.calendars, as_of);
            let mut hits = Hits::default();
            scan.run(&judge, &mut hits);
            let numbers = Numbers::read(self, snapshot)?;
            let seen = self.seen(scan, &hits, &numbers);
            let open = standing(snapshot)?;
            run.standing = open.len() as u64;
            let judged = numbers.judged(self, scan.calendars);
            let mut unread = None;
            let times = |matter| {
                times_before(snapshot, matter).unwrap_or_else(|error| {
                    unread = Some(error);
                    0
                })
            };
            let changes = decide(seen, open, |duty| judged.contains(&duty), times);
            unread.map_or(Ok(()), Err)?;
            let alarms = self.alarms(snapshot, as_of.day())?;
            // The same day again, and nothing has changed: nothing to write.
            let known = snapshot.last_run()?.is_some_and(|last| last.day() == as_of.day());
            if known && changes.is_empty() && alarms.is_empty() {
                return Ok(false);
            }
            let writing = Writing {
                docket: self,
                scan,
                facts,
                snapshot,
                numbers: &numbers,
                people: people(self.schema(), snapshot)?,
                texts: Texts::new(self.book(), facts, snapshot, as_of),
                // A day caught up late is found when it is caught up: nobody can act before that.
                duty_date: scan.calendars.court.workday_from(as_of.day().max(at.day())),
                at,
                actor,
            };
            writing.write(&mut writer, changes, alarms, &mut run)?;
            Ok(true)
        })?;
        // Only here is it certain that every fact could be read.
        if is_written {
            let committed = writer.commit()?;
            run.operation = Some(committed.operation.id);
            self.followed(&committed);
        }
        Ok(run)
    }

    /// The findings of a scan, by matter.
    fn seen(&self, scan: &Scan<'_>, hits: &Hits, numbers: &Numbers) -> Vec<Seen> {
        let mut seen: Vec<Seen> = hits
            .iter()
            .map(|hit| {
                let duty = &self.book().duties()[usize::from(hit.duty)];
                let version = &duty.versions[usize::from(hit.version)];
                let instance = if version.recurring { Day::code_of(hit.start()) } else { 0 };
                Seen {
                    matter: Matter { duty: numbers.by_duty[usize::from(hit.duty)], row: hit.row, instance },
                    level: hit.level(),
                    stage: stage(scan, hit, version),
                    start: hit.start(),
                    due: hit.due(),
                }
            })
            .collect();
        use rayon::slice::ParallelSliceMut;
        seen.par_sort_unstable_by_key(|seen| seen.matter);
        seen
    }

    /// What must be seen to in the system itself, unless it was said within the last days.
    fn alarms(&self, snapshot: &Snapshot<'_>, today: Day) -> Result<Vec<(Vec<u8>, Message)>, DocketError> {
        let mut alarms = Vec::new();
        if let Some(year) = self.calendars().court.missing_notice(today) {
            let key = format!("alarm/calendar/{year}").into_bytes();
            let last = snapshot.entry(META, &key)?.and_then(|value| u16_at(&value, 0)).and_then(Day::from_code);
            if last.is_none_or(|last| today.since(last) >= ALARM_AGAIN_DAYS) {
                alarms.push((key, msg!("alarm-calendar-missing", year = year)));
            }
        }
        Ok(alarms)
    }
}

/// The stage a hit has reached.
fn stage(scan: &Scan<'_>, hit: Hit, version: &Version) -> Stage {
    use crate::model::Level;
    match (hit.level(), &version.form, hit.due()) {
        (Level::Violation, ..) => Stage::Violation,
        (Level::Overdue, ..) => Stage::Overdue,
        (Level::DueSoon, Form::Deadline(deadline), Some(due)) if deadline.warn.len() > 1 => {
            let hours = |limit: &crate::calendar::Limit| matches!(limit, crate::calendar::Limit::Hours(_));
            if deadline.warn.iter().any(hours) || deadline.within.iter().filter_map(|w| w.limit.as_ref()).any(hours) {
                return scan.exact(hit.duty, hit.row).stage.unwrap_or(Stage::Warning(0));
            }
            let calendar = scan.calendars.of(version.calendar);
            let reached = |warn| calendar.warn_from(Due::Day(due), warn).happened_by(scan.as_of);
            let index = deadline.warn.iter().rposition(|warn| reached(*warn)).unwrap_or(0);
            Stage::Warning(index as u8)
        }
        _ => Stage::Warning(0),
    }
}

/// The numbers that duties have in the store.
struct Numbers {
    /// By place in the rulebook.
    by_duty: Vec<u16>,
    /// Places by number.
    places: HashMap<u16, usize>,
    /// Those that are new.
    new: Vec<([u8; 2], String)>,
}

impl Numbers {
    fn read(docket: &Docket, snapshot: &Snapshot<'_>) -> Result<Numbers, DocketError> {
        let mut known: HashMap<String, u16> = HashMap::new();
        snapshot.each_entry(DUTIES, &[], &mut |key, value| {
            if let Some(number) = u16_at(key, 0) {
                known.insert(String::from_utf8_lossy(value).into_owned(), number);
            }
            Ok(true)
        })?;
        let mut next = known.values().max().map_or(0, |last| last + 1);
        let mut numbers = Numbers { by_duty: Vec::new(), places: HashMap::new(), new: Vec::new() };
        for (place, duty) in docket.book().duties().iter().enumerate() {
            let number = known.get(&duty.id).copied().unwrap_or_else(|| {
                numbers.new.push((next.to_be_bytes(), duty.id.clone()));
                next += 1;
                next - 1
            });
            numbers.by_duty.push(number);
            numbers.places.insert(number, place);
        }
        Ok(numbers)
    }
}

impl Numbers {
    /// Duties that were judged: what stands open of others is neither confirmed nor cleared.
    fn judged(&self, docket: &Docket, calendars: &Calendars) -> BTreeSet<u16> {
        let off = |duty: &Duty| duty.needs_code() && calendars.native().is_off(&duty.pack);
        let duties = docket.book().duties().iter().zip(&self.by_duty);
        duties.filter(|(duty, _)| !off(duty)).map(|(_, number)| *number).collect()
    }
}

/// Everything that stands open, in order of matter.
fn standing(snapshot: &Snapshot<'_>) -> Result<Vec<(Matter, Standing)>, StoreError> {
    let mut open = Vec::with_capacity(snapshot.len(FINDINGS)? as usize);
    snapshot.each_entry(FINDINGS, &[], &mut |key, value| {
        match (Matter::of(key), Standing::decode(value)) {
            (Some(matter), Some(standing)) => open.push((matter, standing)),
            _ => return Err(StoreError::Corrupt(msg!("damaged-finding", place = format!("{key:02x?}")))),
        }
        Ok(true)
    })?;
    Ok(open)
}

/// How often a matter was open before.
fn times_before(snapshot: &Snapshot<'_>, matter: Matter) -> Result<u8, StoreError> {
    let stored = snapshot.entry(CLEARED, &matter.key())?;
    Ok(stored.and_then(|bytes| Standing::decode(&bytes)).map_or(0, |standing| standing.times))
}

/// The people of the court, as the store knows them.
pub(super) fn people(schema: &Schema, snapshot: &Snapshot<'_>) -> Result<People, StoreError> {
    let Some(kind) = schema.kind_named("person") else { return Ok(People::default()) };
    let declared = schema.kind(kind);
    let mut people = Vec::new();
    for number in 0..snapshot.rows(kind)? {
        let mut person = Person { id: String::new(), name: String::new(), posts: Vec::new(), active: true };
        for (field, value, _) in snapshot.facts(schema, Row { kind, number })? {
            match (declared.field(field).id.as_str(), value) {
                ("person_id", Value::Text(id)) => person.id = id.into(),
                ("name", Value::Text(name)) => person.name = name.into(),
                ("posts", Value::Set(posts)) => person.posts = posts.into_iter().map(Into::into).collect(),
                ("active", Value::Flag(active)) => person.active = active,
                _ => {}
            }
        }
        if !person.id.is_empty() {
            people.push(person);
        }
    }
    Ok(People::new(people))
}

/// A message as the outbox keeps it: its number, and its JSON.
type Kept = ([u8; 8], Vec<u8>);

/// A run being written.
struct Writing<'w> {
    docket: &'w Docket,
    scan: &'w Scan<'w>,
    facts: &'w (dyn Facts + Sync),
    snapshot: &'w Snapshot<'w>,
    numbers: &'w Numbers,
    people: People,
    texts: Texts<'w>,
    /// The day on which people must act.
    duty_date: Day,
    at: Time,
    actor: &'w str,
}

/// Entries of tables, gathered to be written in order.
#[derive(Default)]
struct Pages {
    findings: Vec<([u8; 8], Option<[u8; 21]>)>,
    cleared: Vec<([u8; 8], [u8; 21])>,
    post: Post,
}

impl Writing<'_> {
    fn write(
        &self,
        writer: &mut Writer<'_>,
        changes: Vec<Change>,
        alarms: Vec<(Vec<u8>, Message)>,
        run: &mut DayRun,
    ) -> Result<(), DocketError> {
        let mut pen = Pen::take_up(writer, self.snapshot.chain()?)?;
        let mut pages = Pages::default();
        let what = if run.caught_up { What::CaughtUp } else { What::Scanned };
        let records = self.scan.index.plan().kinds().map(|(kind, _)| self.scan.index.rows(kind) as u64).sum();
        pen.write(Entry {
            count: Some(records),
            rules: Some(self.docket.book().digest()),
            calendar: Some(self.scan.calendars.court.version().to_owned()),
            note: Some(format!("as of {}", self.scan.as_of)),
            ..self.entry(writer, what)
        });
        for change in changes {
            self.change(writer, &mut pen, &mut pages, change, run)?;
        }
        for (key, alarm) in alarms {
            let entry = Entry { note: serde_json::to_string(&alarm).ok(), ..self.entry(writer, What::Alarmed) };
            let seq = pen.write(entry);
            for administrator in self.people.holders("administrator") {
                pages.post.add(administrator, Purpose::Alarm, seq);
            }
            writer.put_meta(&key, &self.scan.as_of.day().code().to_be_bytes())?;
            run.alarms.push(alarm);
        }
        let messages = self.messages(writer, &mut pen, pages.post, run)?;
        let new: Vec<_> = self.numbers.new.iter().map(|(key, id)| (key.as_slice(), Some(id.as_bytes()))).collect();
        writer.put(DUTIES, new)?;
        writer.put(FINDINGS, pages.findings.iter().map(|(k, v)| (k.as_slice(), v.as_ref().map(|v| v.as_slice()))))?;
        writer.put(CLEARED, pages.cleared.iter().map(|(k, v)| (k.as_slice(), Some(v.as_slice()))))?;
        writer.put(OUTBOX, messages.iter().map(|(k, v)| (k.as_slice(), Some(v.as_slice()))))?;
        pen.lay_down(writer)?;
        writer.put_meta(META_LAST_RUN, &(kept_time(self.scan.as_of) as u64).to_be_bytes())?;
        Ok(())
    }

    /// The entry that every entry of this run begins as.
    fn entry(&self, writer: &Writer<'_>, what: What) -> Entry {
        Entry {
            at: self.at.to_string(),
            actor: self.actor.to_owned(),
            what,
            operation: writer.id(),
            duty_date: Some(self.duty_date.to_string()),
            ..Entry::default()
        }
    }

    fn change(
        &self,
        writer: &Writer<'_>,
        pen: &mut Pen,
        pages: &mut Pages,
        change: Change,
        run: &mut DayRun,
    ) -> Result<(), DocketError> {
        let today = self.scan.as_of.day();
        let (seen, before, what) = match change {
            Change::Clear { matter, before } => return self.clear(writer, pen, pages, matter, before, run),
            Change::Open { seen, times: 0 } => (seen, None, What::Opened),
            Change::Open { seen, times } => {
                let before = Standing { times, ..fresh(seen, today) };
                (seen, Some(before), What::Reopened)
            }
            Change::Raise { seen, before } => (seen, Some(before), What::Raised),
            Change::Note { seen, before } => {
                run.noted += 1;
                let kept = Standing {
                    opened: before.opened,
                    raised: before.raised,
                    times: before.times,
                    entry: before.entry,
                    ..fresh(seen, today)
                };
                pages.findings.push((seen.matter.key(), Some(kept.encode())));
                return Ok(());
            }
        };
        let place = self.numbers.places[&seen.matter.duty];
        let duty = &self.docket.book().duties()[place];
        let row = Row { kind: duty.on(), number: seen.matter.row };
        let verdict = duty.judge(self.view(), row, self.scan.calendars);
        let Some(finding) = self.texts.finding(place as u16, row, &verdict)? else { return Ok(()) };
        let seq = pen.write(Entry {
            duty: Some(finding.duty),
            clause: Some(finding.clause),
            case_no: finding.case_no.filter(|case| *case != finding.key),
            kind: Some(finding.kind),
            key: Some(finding.key),
            level: Some(finding.level.name().to_owned()),
            started: finding.started.map(|time| time.to_string()),
            due: finding.due.map(|due| due.to_string()),
            person: finding.handler,
            note: finding.reason,
            ..self.entry(writer, what)
        });
        let since = match what {
            What::Raised => before.map(|before| before.stage),
            _ => None,
        };
        self.tell(duty, &verdict, row, seen.stage, since, seq, &mut pages.post);
        let times = match what {
            What::Opened => 1,
            What::Reopened => before.map_or(1, |before| before.times.saturating_add(1)),
            _ => before.map_or(1, |before| before.times),
        };
        let opened = before.filter(|_| what == What::Raised).map_or(today, |before| before.opened);
        let standing = Standing { opened, times, entry: seq, ..fresh(seen, today) };
        pages.findings.push((seen.matter.key(), Some(standing.encode())));
        match what {
            What::Opened => run.opened += 1,
            What::Reopened => run.reopened += 1,
            _ => run.raised += 1,
        }
        run.standing += u64::from(what != What::Raised);
        Ok(())
    }

    fn clear(
        &self,
        writer: &Writer<'_>,
        pen: &mut Pen,
        pages: &mut Pages,
        matter: Matter,
        before: Standing,
        run: &mut DayRun,
    ) -> Result<(), DocketError> {
        let place = self.numbers.places[&matter.duty];
        let duty = &self.docket.book().duties()[place];
        let row = Row { kind: duty.on(), number: matter.row };
        let verdict = duty.judge(self.view(), row, self.scan.calendars);
        let schema = self.docket.schema();
        let seq = pen.write(Entry {
            duty: Some(duty.id.clone()),
            clause: Some(duty.versions[verdict.version].clause.clone()),
            kind: Some(schema.kind(row.kind).id.clone()),
            key: self.snapshot.key_of(schema, row)?,
            level: Some(verdict.state.name().to_owned()),
            ..self.entry(writer, What::Cleared)
        });
        pages.findings.push((matter.key(), None));
        pages.cleared.push((matter.key(), Standing { entry: seq, ..before }.encode()));
        run.cleared += 1;
        run.standing -= 1;
        Ok(())
    }

    /// Adds whom the finding must be told to. `since`: the stage at which people were last told.
    #[expect(
        clippy::too_many_arguments,
        reason = "a finding, its duty and its stage belong together here and nowhere else"
    )]
    fn tell(
        &self,
        duty: &Duty,
        verdict: &Verdict,
        row: Row,
        stage: Stage,
        since: Option<Stage>,
        entry: u64,
        post: &mut Post,
    ) {
        let version = &duty.versions[verdict.version];
        let mut reminded: BTreeSet<Recipient> =
            version.remind.iter().flat_map(|addressee| self.resolve(addressee, row)).collect();
        // A field that names nobody is no matter where another addressee is known.
        if reminded.iter().any(|who| !is_nobody(who)) {
            reminded.retain(|who| !is_nobody(who));
        }
        for who in &reminded {
            post.add(who.clone(), Purpose::Remind, entry);
        }
        for (at, addressees) in &version.report {
            let reached = *at <= stage && since.is_none_or(|since| *at > since);
            if !reached {
                continue;
            }
            let groups: Vec<(String, Vec<Recipient>)> =
                addressees.iter().map(|addressee| (post_of(addressee), self.resolve(addressee, row))).collect();
            for who in People::report_to(&groups, &reminded) {
                post.add(who, Purpose::Report, entry);
            }
        }
    }

    fn resolve(&self, addressee: &Addressee, row: Row) -> Vec<Recipient> {
        let applies = addressee.when.as_ref().is_none_or(|when| self.view().truth(row, when) == Truth::True);
        if !applies {
            return Vec::new();
        }
        match &addressee.who {
            Who::Post(post) => self.people.holders(post),
            Who::Person(path) => match self.text(row, path) {
                Some(text) => vec![self.people.named(&text)],
                None => vec![nobody(addressee)],
            },
            Who::PostOf(path) => match self.text(row, path) {
                Some(post) => self.people.holders(&post),
                None => vec![nobody(addressee)],
            },
        }
    }

    /// What a field says, as text: a person, or the id of a code.
    fn text(&self, row: Row, path: &Path) -> Option<String> {
        let schema = self.docket.schema();
        match (self.view().value(row, path)?, path.leaf) {
            (Value::Text(text), _) => Some(text.into()),
            (Value::Code(code), Leaf::Field(field)) => {
                Some(schema.field(path.kind(), field).codes[usize::from(code)].id.clone())
            }
            _ => None,
        }
    }

    fn view(&self) -> View<'_, dyn Facts + Sync + '_> {
        View { schema: self.docket.schema(), facts: self.facts, as_of: self.scan.as_of }
    }

    /// Numbers the messages, and notes each in the log.
    fn messages(
        &self,
        writer: &Writer<'_>,
        pen: &mut Pen,
        post: Post,
        run: &mut DayRun,
    ) -> Result<Vec<Kept>, DocketError> {
        let first = writer.last(OUTBOX)?.and_then(|(key, _)| u64_at(&key, 0)).unwrap_or(0) + 1;
        let day = self.scan.as_of.day().to_string();
        let messages = post.messages(first, &day, &self.duty_date.to_string());
        let mut stored = Vec::with_capacity(messages.len());
        for message in messages {
            match message.purpose {
                Purpose::Remind => run.reminders += 1,
                Purpose::Report => run.reports += 1,
                Purpose::Alarm => {}
            }
            run.unaddressed += u64::from(is_unfilled(&message));
            pen.write(Entry {
                person: Some(message.to.clone()),
                message: Some(message.id),
                digest: Some(message.digest()),
                count: Some(message.entries.len() as u64),
                ..self.entry(writer, told(message.purpose))
            });
            let bytes = serde_json::to_vec(&message).expect("a message is plain data");
            stored.push((message.id.to_be_bytes(), bytes));
        }
        Ok(stored)
    }
}

/// The post that waits where nobody of an addressee's can be told: `centre` in a pack is the post `centre-director`.
fn post_of(addressee: &Addressee) -> String {
    match &addressee.who {
        Who::Post(post) => post.clone(),
        Who::Person(_) | Who::PostOf(_) => addressee.name.clone(),
    }
}

/// Stands for a person whom a field should name and does not.
fn nobody(addressee: &Addressee) -> Recipient {
    Recipient::Named(format!("({})", addressee.name))
}

fn is_nobody(who: &Recipient) -> bool {
    matches!(who, Recipient::Named(name) if name.starts_with('('))
}

/// Whether nobody in the list of people gets the message.
fn is_unfilled(message: &Outgoing) -> bool {
    message.to.starts_with('?') || message.to.starts_with("post:")
}

const fn told(purpose: Purpose) -> What {
    match purpose {
        Purpose::Remind => What::Reminded,
        Purpose::Report => What::Reported,
        Purpose::Alarm => What::Alarmed,
    }
}

/// The standing of a finding that is seen for the first time.
const fn fresh(seen: Seen, today: Day) -> Standing {
    Standing {
        opened: today,
        raised: today,
        level: seen.level,
        stage: seen.stage,
        start: seen.start,
        due: seen.due,
        times: 1,
        entry: 0,
    }
}
