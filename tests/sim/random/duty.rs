//! Random duties: every form of a limit, warnings, cases of a limit, stated days, suspensions, requirements, versions.

use std::fmt::Write as _;

use fastrand::Rng;

use super::condition::{truth, when};
use super::rollup::escaped;
use super::vocabulary::Names;

/// A duty of a pack, and the changes to it.
#[derive(Clone, Debug)]
pub(super) struct Duty {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) changes: Vec<String>,
}

/// The names that duties of each kind can use.
pub(super) struct Scope {
    pub(super) case: Names,
    pub(super) matter: Names,
    pub(super) step: Names,
}

impl Scope {
    fn of(&self, kind: &str) -> &Names {
        match kind {
            "case" => &self.case,
            "matter" => &self.matter,
            _ => &self.step,
        }
    }
}

/// A duty with a number.
pub(super) fn duty(chance: &mut Rng, scope: &Scope, number: usize) -> Duty {
    let on = ["case", "matter", "matter", "step"][chance.usize(..4)];
    let names = scope.of(on);
    let id = format!("chance.d{number}");
    let requirement = chance.u8(..4) == 0;
    let body = if requirement { required(chance, names) } else { limited(chance, names, on) };
    let mut text = format!(
        "[[duty]]\nid = \"{id}\"\nclause = \"C{number}\"\ntitle = \"职责\"\nquote = \"条文\"\non = \"{on}\"\n\
         remind = [\"centre\"]\nin_force = 2021-01-01\n{body}"
    );
    if chance.u8(..4) > 0 {
        let _ = writeln!(text, "when = \"\"\"{}\"\"\"", escaped(&truth(chance, names, 2)));
    }
    let mut changes = Vec::new();
    let mut in_force = vec!["2025-11-20", "2026-01-05", "2026-03-01"];
    while chance.u8(..3) == 0 && !in_force.is_empty() {
        let day = in_force.remove(0);
        let mut change = format!("[[duty]]\nid = \"{id}\"\nin_force = {day}\n");
        match chance.u8(..5) {
            0 => change += "off = true\n",
            1 => change += &format!("off = false\nwhen = \"\"\"{}\"\"\"\n", escaped(&truth(chance, names, 1))),
            2 if !requirement => change += &format!("starts = \"{}\"\n", when(chance, names)),
            3 if !requirement && !text.contains("tolled") => change += &format!("within = \"{}\"\n", limit(chance)),
            _ if requirement => change += &required(chance, names),
            _ => change += "warn = [\"5 days\", \"30 hours\"]\n",
        }
        changes.push(change);
    }
    Duty { id, text, changes }
}

fn required(chance: &mut Rng, names: &Names) -> String {
    let mut text = String::new();
    if chance.bool() {
        let _ = writeln!(text, "starts = \"{}\"", when(chance, names));
    }
    let items = (0..chance.usize(1..4)).map(|number| {
        let must = escaped(&truth(chance, names, 1)).replace('"', "\\\"");
        format!("{{ id = \"i{number}\", must = \"{must}\", says = \"不合\" }}")
    });
    let items: Vec<String> = items.collect();
    text + &format!("must = [{}]\n", items.join(", "))
}

fn limited(chance: &mut Rng, names: &Names, on: &str) -> String {
    let mut text = String::new();
    let tolled = on != "step" && chance.u8(..3) == 0;
    let stated = on != "step" && !tolled;
    let _ = writeln!(text, "starts = \"{}\"", when(chance, names));
    let done: Vec<String> = (0..chance.usize(1..3)).map(|_| format!("\"{}\"", when(chance, names))).collect();
    let _ = writeln!(text, "done = [{}]", done.join(", "));
    let one = |chance: &mut Rng| match (tolled, stated && chance.bool()) {
        (true, _) => format!("{} {}", chance.u8(1..9), ["days", "months", "days strict"][chance.usize(..3)]),
        (false, false) => limit(chance),
        (false, true) => with_stated(chance, on),
    };
    if chance.u8(..3) == 0 {
        let cases: Vec<String> = (0..2)
            .map(|_| {
                let condition = escaped(&truth(chance, names, 1)).replace('"', "\\\"");
                format!("{{ when = \"{condition}\", limit = \"{}\" }}", one(chance))
            })
            .collect();
        let last = if chance.bool() { format!(", \"{}\"", one(chance)) } else { String::new() };
        let _ = writeln!(text, "within = [{}{last}]", cases.join(", "));
    } else {
        let _ = writeln!(text, "within = \"{}\"", one(chance));
    }
    let warns = ["1 workdays", "3 workdays", "2 days", "15 days", "4 hours", "30 hours"];
    let warn: Vec<String> = (0..chance.usize(..3)).map(|_| format!("\"{}\"", warns[chance.usize(..6)])).collect();
    let _ = writeln!(text, "warn = [{}]", warn.join(", "));
    if tolled {
        let (pause, more) = if on == "case" { ("suspension", "extension") } else { ("pause", "more") };
        let _ = writeln!(text, "tolled_by = [\"{pause}\"]\nextended_by = [\"{more}\"]");
    }
    text
}

/// A limit of any form.
fn limit(chance: &mut Rng) -> String {
    let n = chance.u8(1..12);
    match chance.u8(..7) {
        0 | 1 => format!("{n} workdays"),
        2 => format!("{n} days"),
        3 => format!("{n} months"),
        4 => format!("{} hours", [4, 24, 30, 48][chance.usize(..4)]),
        5 => "same day".to_owned(),
        _ => format!("{n} days strict"),
    }
}

fn with_stated(chance: &mut Rng, on: &str) -> String {
    let stated = match on {
        "case" => "term_due_on",
        _ => ["ends_on", "ends_at", "COALESCE(ends_at, sent_at)", "LEAST(ends_at, ends_on)"][chance.usize(..4)],
    };
    match chance.u8(..4) {
        0 => format!("by {stated}"),
        1 => format!("by {stated} strict"),
        2 => format!("{} or {stated}", limit(chance).replace(" strict", "")),
        _ => format!("by {stated} else {}", limit(chance).replace(" strict", "")),
    }
}
