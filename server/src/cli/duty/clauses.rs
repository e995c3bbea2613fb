//! `duban duty clauses`: the list, clause by clause: its own words, what carries it out, the test that proves it, what is
//! lacking, and where a person decides. Printed for people, for programs, and as the page `plugins/CLAUSES.md`.

use clap::{ArgAction, ArgMatches, Command};
use duban_core::clause::{Carrier, Clause, Decision, Progress, Section, beyond, check, clauses, duties_of};
use duban_core::duty::{Duty, Rulebook, post_label};
use duban_core::model::width::compact;
use duban_core::msg;
use duban_core::words::{Lang, Message};
use serde::Serialize;

use super::{Rules, rules};
use crate::cli::arguments::text;
use crate::cli::console::Console;
use crate::cli::failure::{Failure, Outcome, list_faults};
use crate::cli::opening;
use crate::cli::table::Table;
use crate::cli::words::Words;

pub(super) fn declare(words: &Words<'_>) -> Command {
    words
        .command("clauses", msg!("clauses-about"))
        .arg(
            words
                .argument("clause", msg!("clause-value"), msg!("clauses-clause"))
                .required(false)
                .action(ArgAction::Append)
                .num_args(0..),
        )
        .arg(words.option("format", msg!("as-is", text = "table|json|markdown"), msg!("clauses-format")))
        .after_help(words.say(&msg!("clauses-after")))
}

pub(super) fn run(matches: &ArgMatches, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let Rules { book, mut faulty, .. } = rules(matches, &opening::named(matches), console)?;
    let (mut sections, mut faults) = clauses();
    faults.extend(check(&sections, &[], &book));
    faulty |= list_faults(&faults, console);
    let mut beyond = beyond(&sections, &book);
    let whole = sections.clone();
    if let Some(wanted) = matches.get_many::<String>("clause").filter(|wanted| wanted.len() > 0) {
        keep(&mut sections, &wanted.map(|written| clause_id(written)).collect::<Vec<_>>())?;
        beyond.clear();
    }
    let view = View { book: &book, whole: &whole, lang: console.lang() };
    match text(matches, "format") {
        None | Some("table") => view.as_text(&sections, &beyond, console)?,
        Some("json") => view.as_json(&sections, &beyond, console)?,
        Some("markdown") => view.as_markdown(&sections, &beyond, console)?,
        Some(other) => {
            return Err(Failure::WrongUse(msg!("usage-format", value = other, known = "table, json, markdown")));
        }
    }
    Ok(Outcome::with_problems(faulty))
}

/// A clause's id as a person may write it: `z1.1（2）a` is `Z1.1(2)a`.
fn clause_id(written: &str) -> String {
    let id = compact(written);
    id.strip_prefix('z').map_or_else(|| id.clone(), |rest| format!("Z{rest}"))
}

/// Keeps the clauses asked for: `Z2`, `Z1.3`, `Z1.1(2)a`.
fn keep(sections: &mut Vec<Section>, wanted: &[String]) -> Result<(), Failure> {
    let is_of = |id: &str, wanted: &str| {
        id.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || !rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let ids = || sections.iter().flat_map(|section| &section.clauses).map(|clause| clause.id.as_str());
    if let Some(strange) = wanted.iter().find(|wanted| !ids().any(|id| is_of(id, wanted))) {
        return Err(Failure::WrongUse(msg!("usage-no-clause", clause = strange)));
    }
    for section in &mut *sections {
        section.clauses.retain(|clause| wanted.iter().any(|wanted| is_of(&clause.id, wanted)));
    }
    sections.retain(|section| !section.clauses.is_empty());
    Ok(())
}

/// How the list is shown to one reader.
struct View<'b> {
    book: &'b Rulebook,
    /// All of the list: what a duty cites is read against it.
    whole: &'b [Section],
    lang: Lang,
}

/// A clause as programs read it.
#[derive(Serialize)]
struct Told<'c> {
    clause: &'c str,
    section: &'c str,
    title: &'c str,
    quote: &'c str,
    duties: Vec<&'c str>,
    items: Vec<&'c str>,
    sheets: Vec<&'c str>,
    reports: Vec<&'c str>,
    commands: Vec<&'c str>,
    tests: &'c [String],
    state: &'static str,
    lacks: Option<&'c str>,
    decides: Vec<TellDecision<'c>>,
}

/// A decision as programs read it.
#[derive(Serialize)]
struct TellDecision<'c> {
    who: &'c [String],
    what: &'c str,
    recorded: &'c [String],
}

/// A duty that no clause of the list asks for.
#[derive(Serialize)]
struct Beyond<'c> {
    duty: &'c str,
    clause: &'c str,
    title: &'c str,
}

/// What is printed for programs.
#[derive(Serialize)]
struct Listing<'c> {
    clauses: Vec<Told<'c>>,
    beyond: Vec<Beyond<'c>>,
}

impl View<'_> {
    fn as_json(&self, sections: &[Section], beyond: &[&Duty], console: &mut Console<'_>) -> Result<(), Failure> {
        let clauses = sections.iter().flat_map(|section| section.clauses.iter().map(move |c| (section, c)));
        let listing = Listing {
            clauses: clauses.map(|(section, clause)| self.told(section, clause)).collect(),
            beyond: beyond.iter().map(|duty| self.beyond(duty)).collect(),
        };
        serde_json::to_writer_pretty(&mut console.out, &listing)?;
        console.line("")?;
        Ok(())
    }

    fn told<'c>(&'c self, section: &'c Section, clause: &'c Clause) -> Told<'c> {
        let named = |pick: fn(&Carrier) -> Option<&str>| clause.carriers.iter().filter_map(pick).collect();
        let decides = clause.decisions.iter().map(|decision| TellDecision {
            who: &decision.posts,
            what: decision.what.text(self.lang),
            recorded: &decision.recorded,
        });
        Told {
            clause: &clause.id,
            section: section.title.text(self.lang),
            title: clause.title.text(self.lang),
            quote: &clause.quote,
            duties: duties_of(clause, self.whole, self.book).into_iter().map(|duty| duty.id.as_str()).collect(),
            items: clause.duties.iter().filter(|written| written.contains('/')).map(String::as_str).collect(),
            sheets: named(|carrier| if let Carrier::Sheet(id) = carrier { Some(id) } else { None }),
            reports: named(|carrier| if let Carrier::Report(id) = carrier { Some(id) } else { None }),
            commands: named(|carrier| if let Carrier::Command(id) = carrier { Some(id) } else { None }),
            tests: &clause.tests,
            state: clause.progress.name(),
            lacks: Some(clause.lacks.text(self.lang)).filter(|lacks| !lacks.is_empty()),
            decides: decides.collect(),
        }
    }

    fn beyond<'c>(&self, duty: &'c Duty) -> Beyond<'c> {
        let latest = duty.latest();
        Beyond { duty: &duty.id, clause: &latest.clause, title: latest.title.text(self.lang) }
    }

    /// A paragraph a clause; the totals stand last, where a terminal shows them first.
    fn as_text(&self, sections: &[Section], beyond: &[&Duty], console: &mut Console<'_>) -> Result<(), Failure> {
        for section in sections {
            let count = section.clauses.len();
            console.tell(&msg!("clauses-section", id = &section.id, title = &section.title, count = count))?;
            console.line("")?;
            for clause in &section.clauses {
                let (title, state) = (&clause.title, progress(clause.progress));
                console.tell(&msg!("clauses-clause-head", clause = &clause.id, title = title, state = state))?;
                for (name, text) in self.parts(clause, console) {
                    console.tell(&msg!("clauses-part", name = name, text = text))?;
                }
                console.line("")?;
            }
        }
        if !beyond.is_empty() {
            console.tell(&msg!("clauses-beyond", count = beyond.len()))?;
            let mut table =
                Table::with_head(console.says([msg!("head-title"), msg!("head-clause"), msg!("head-duty")]));
            for duty in beyond.iter().map(|duty| self.beyond(duty)) {
                table.row([duty.title, duty.clause, duty.duty].map(str::to_owned));
            }
            table.indented(2).print(&mut console.out)?;
            console.line("")?;
        }
        let head = console.says([
            msg!("head-section"),
            msg!("head-clauses"),
            progress(Progress::Done),
            progress(Progress::Part),
            progress(Progress::NotYet),
        ]);
        let mut table = Table::with_head(head).right(1..5);
        for row in totals(sections, self.lang, &console.say(&msg!("clauses-total"))) {
            table.row(row);
        }
        table.print(&mut console.out)?;
        Ok(())
    }

    /// What there is to say of a clause, by name.
    fn parts(&self, clause: &Clause, console: &Console<'_>) -> Vec<(Message, String)> {
        let parts = [
            (msg!("clauses-quote"), clause.quote.clone()),
            (msg!("clauses-duties"), self.duties(clause, console)),
            (msg!("clauses-carriers"), carriers(clause, console)),
            (msg!("clauses-tests"), clause.tests.join(&console.say(&msg!("list-separator")))),
            (msg!("clauses-lacks"), clause.lacks.text(self.lang).to_owned()),
            (msg!("clauses-decides"), self.decisions(clause, console)),
        ];
        parts.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    /// 「执行通知 quality.execution-notice、…」; of a duty of which only some items count, what they are.
    fn duties(&self, clause: &Clause, console: &Console<'_>) -> String {
        let named = duties_of(clause, self.whole, self.book).into_iter().map(|duty| {
            let said = format!("{} {}", duty.latest().title.text(self.lang), duty.id);
            let items: Vec<&str> =
                clause.duties.iter().filter_map(|written| written.strip_prefix(&duty.id)?.strip_prefix('/')).collect();
            match items.as_slice() {
                [] => said,
                items => console.say(&msg!("clauses-items", duty = said, items = items.join(", "))),
            }
        });
        named.collect::<Vec<_>>().join(&console.say(&msg!("list-separator")))
    }

    /// 「执行质效专员：是否通过（记入报结的“审查结果”）」.
    fn decisions(&self, clause: &Clause, console: &Console<'_>) -> String {
        let separator = console.say(&msg!("list-separator"));
        let said = clause.decisions.iter().map(|Decision { posts, what, recorded }| {
            let schema = self.book.schema();
            let who = posts.iter().map(|post| console.say(&msg!("as-is", text = post_label(schema, post))));
            let places = recorded.iter().filter_map(|written| {
                let (kind, name) = written.split_once('.')?;
                let kind = schema.kind(schema.kind_named(kind)?);
                let field = kind.field(kind.field_named(name)?);
                Some(console.say(&msg!("clauses-field", kind = &kind.label, field = &field.label)))
            });
            let who = who.collect::<Vec<_>>().join(&separator);
            let places = places.collect::<Vec<_>>().join(&separator);
            console.say(&msg!("clauses-decision", who = who, what = what, places = places))
        });
        said.collect::<Vec<_>>().join(&console.say(&msg!("clauses-next")))
    }

    /// The page; its headings are in both languages, whoever reads it.
    fn as_markdown(&self, sections: &[Section], beyond: &[&Duty], console: &mut Console<'_>) -> Result<(), Failure> {
        console.tell(&msg!("clauses-page"))?;
        console.line("")?;
        console.tell(&msg!("clauses-page-totals"))?;
        console.line("|---|--:|--:|--:|--:|")?;
        for row in totals(sections, self.lang, &console.say(&msg!("clauses-total"))) {
            console.line(&format!("| {} |", row.join(" | ")))?;
        }
        for section in sections {
            console.line(&format!("\n## {} {} · {}\n", section.id, section.title.zh, section.title.en))?;
            console.tell(&msg!("clauses-page-head"))?;
            console.line("|---|---|---|---|---|---|")?;
            for clause in &section.clauses {
                self.page_row(clause, console)?;
            }
        }
        if !beyond.is_empty() {
            console.line("")?;
            console.tell(&msg!("clauses-page-beyond"))?;
            console.line("|---|---|---|")?;
            for duty in beyond {
                let title = &duty.latest().title;
                let row = [duty.latest().clause.as_str(), &format!("{} · {}", title.zh, title.en), &code(&duty.id)];
                console.line(&format!("| {} |", row.map(cell).join(" | ")))?;
            }
        }
        Ok(())
    }

    fn page_row(&self, clause: &Clause, console: &mut Console<'_>) -> Result<(), Failure> {
        let head = format!("**{}** {} · {}", clause.id, clause.title.zh, clause.title.en);
        let duties = duties_of(clause, self.whole, self.book).into_iter().map(|duty| code(&duty.id));
        let others = carriers(clause, console);
        let by: Vec<String> = duties.chain(Some(others).filter(|others| !others.is_empty())).collect();
        let tests: Vec<String> = clause.tests.iter().map(|test| code(test)).collect();
        let state = console.say(&progress(clause.progress));
        let state = match clause.lacks.text(self.lang) {
            "" => state,
            lacks => console.say(&msg!("clauses-state-lacks", state = state, lacks = lacks)),
        };
        let row =
            [head, clause.quote.clone(), by.join("<br>"), tests.join("<br>"), state, self.decisions(clause, console)];
        console.line(&format!("| {} |", row.map(|text| cell(&text)).join(" | ")))?;
        Ok(())
    }
}

/// What carries a clause out besides duties: 「结案审查表、duban review」.
fn carriers(clause: &Clause, console: &Console<'_>) -> String {
    let said = clause.carriers.iter().map(|carrier| match carrier {
        Carrier::Sheet(id) if id == "termination" => console.say(&msg!("clauses-sheet-termination")),
        Carrier::Sheet(_) => console.say(&msg!("clauses-sheet-closing")),
        Carrier::Report(id) => console.say(&msg!("clauses-report", report = id)),
        Carrier::Command(command) => console.say(&msg!("clauses-command", command = command)),
    });
    said.collect::<Vec<_>>().join(&console.say(&msg!("list-separator")))
}

const fn states() -> [Progress; 3] {
    [Progress::Done, Progress::Part, Progress::NotYet]
}

/// A row a section and one for all: how many clauses, and how many of each state.
fn totals(sections: &[Section], lang: Lang, all: &str) -> Vec<[String; 5]> {
    let count = |clauses: &[&Clause]| {
        let [done, part, not_yet] =
            states().map(|state| clauses.iter().filter(|clause| clause.progress == state).count());
        [clauses.len(), done, part, not_yet].map(|count| count.to_string())
    };
    let row = |name: String, clauses: &[&Clause]| {
        let [clauses, done, part, not_yet] = count(clauses);
        [name, clauses, done, part, not_yet]
    };
    let each = sections.iter().map(|section| {
        row(format!("{} {}", section.id, section.title.text(lang)), &section.clauses.iter().collect::<Vec<_>>())
    });
    let every: Vec<&Clause> = sections.iter().flat_map(|section| &section.clauses).collect();
    each.chain([row(all.to_owned(), &every)]).collect()
}

fn progress(progress: Progress) -> Message {
    match progress {
        Progress::Done => msg!("clauses-done"),
        Progress::Part => msg!("clauses-in-part"),
        Progress::NotYet => msg!("clauses-not-yet"),
    }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A text as a cell of a Markdown table.
pub(super) fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
