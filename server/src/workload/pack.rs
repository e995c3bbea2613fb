//! The rules as a pack: what a court would write, forty times.

use std::fmt::Write as _;

use duban_core::duty::PackSource;

use super::matter::{DAYS, KINDS};
use super::rules::{Kind, Predicate, RULES, Rule, rule};

/// The pack of the benchmark: its kind of record and its forty duties.
pub fn pack() -> PackSource {
    pack_of(RULES)
}

/// The same with so many duties: fewer, or further ones of the ordinary shape.
pub fn pack_of(duties: usize) -> PackSource {
    let mut text = String::from("id = \"bench\"\nzh = \"测量\"\nen = \"benchmark\"\n\n[[kind]]\nid = \"matter\"\n");
    text += "zh = \"案件\"\nen = \"case\"\nkey = [\"no\"]\n\n[kind.fields]\nno = { type = \"text\", zh = \"编号\" }\n";
    for column in 0..DAYS {
        let stated = if (8..14).contains(&column) { ", stated = true" } else { "" };
        let _ = writeln!(text, "d{column:02} = {{ type = \"day\", zh = \"日期{column}\"{stated} }}");
    }
    let codes: Vec<String> = KINDS.iter().map(|id| format!("{{ id = \"{id}\", zh = \"{id}\" }}")).collect();
    let _ = writeln!(text, "type = {{ type = \"code\", zh = \"种类\", codes = [{}] }}", codes.join(", "));
    text += "state = { type = \"code\", zh = \"状态\", codes = [{ id = \"open\", zh = \"未结\" }, ";
    text += "{ id = \"closed\", zh = \"已结\" }] }\n";
    for index in 0..4 {
        let _ = writeln!(text, "f{index} = {{ type = \"flag\", zh = \"标志{index}\" }}");
    }
    text +=
        "opened_at = { type = \"time\", zh = \"立案时间\" }\nanswered_at = { type = \"time\", zh = \"答复时间\" }\n";
    text += "handler = { type = \"person\", zh = \"承办人\" }\namount = { type = \"money\", zh = \"金额\" }\n";
    for index in 0..duties {
        duty(index, &rule(index), &mut text);
    }
    PackSource { files: vec![("bench.toml".to_owned(), text)] }
}

fn duty(index: usize, rule: &Rule, text: &mut String) {
    let _ = writeln!(text, "\n[[duty]]\nid = \"bench.r{index:02}\"\nclause = \"B{index}\"\ntitle = \"测量{index}\"");
    let _ = writeln!(text, "quote = \"测量用\"\non = \"matter\"\nwhen = \"{}\"", condition(rule.when));
    let _ = match rule.kind {
        Kind::Limit { start, done, within } => {
            writeln!(text, "starts = \"d{start:02}\"\ndone = \"d{done:02}\"\nwithin = \"{within}\"")
        }
        Kind::Stated { due, done } => writeln!(text, "done = \"d{done:02}\"\nwithin = \"by d{due:02} strict\""),
        Kind::Hours => writeln!(text, "starts = \"opened_at\"\ndone = \"answered_at\"\nwithin = \"24 hours\""),
    };
    let _ = writeln!(text, "warn = [\"{}\"]\nremind = [\"handler\"]\nin_force = 2001-01-01", rule.warn);
    text.push_str("report = { overdue = [\"chief\"] }\n");
}

/// A predicate as the condition of a duty.
fn condition(when: Predicate) -> String {
    let mut condition = String::from("state = 'open'");
    let kinds: Vec<String> =
        (0..4).filter(|bit| when.kinds >> bit & 1 == 1).map(|b| format!("'{}'", KINDS[b])).collect();
    if kinds.len() < KINDS.len() {
        let _ = write!(condition, " AND type IN ({})", kinds.join(", "));
    }
    if let Some(flag) = when.flag {
        let _ = write!(condition, " AND f{flag}");
    }
    condition
}

#[cfg(test)]
mod tests {
    use duban_core::duty::Rulebook;

    #[test]
    fn the_pack_is_without_fault() {
        let (book, faults) = Rulebook::load(&[super::pack()]);
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!((faults, book.duties().len()), (Vec::new(), 40));
    }
}
