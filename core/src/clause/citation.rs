//! What a duty cites, `Z1.2(3)(4)`, as the clauses that it means.

/// The clauses, of those known, that a citation names.
///
/// A duty may name one clause, several items of a paragraph (`Z1.2(3)(4)`, `Z3.3(1)–(4)`), a whole paragraph whose items
/// alone are clauses (`Z5.1`), and other rules besides (`Z1.1(3), N08`), which are none of the list's.
pub fn cited<'c>(citation: &str, known: &[&'c str]) -> Vec<&'c str> {
    let wanted: Vec<String> = citation.split(',').flat_map(|part| spelled(part.trim())).collect();
    let means = |id: &str| {
        wanted.iter().any(|wanted| id == wanted || (!known.contains(&wanted.as_str()) && lies_below(id, wanted)))
    };
    known.iter().copied().filter(|id| means(id)).collect()
}

/// `Z1.1(2)a` and `Z1.1(2)b` lie below `Z1.1(2)`, `Z5.1(1)` below `Z5.1`, but `Z1.1` not below `Z1`.
fn lies_below(id: &str, above: &str) -> bool {
    id.strip_prefix(above).is_some_and(|rest| rest.starts_with(|c: char| c == '(' || c.is_ascii_lowercase()))
}

/// One part of a citation, each item on its own: `Z1.2(3)(4)` as `Z1.2(3)` and `Z1.2(4)`.
fn spelled(part: &str) -> Vec<String> {
    let Some((paragraph, mut rest)) = part.split_once('(') else { return vec![part.to_owned()] };
    let mut items = Vec::new();
    let mut first: Option<u32> = None;
    while let Some((item, after)) = rest.split_once(')') {
        let letters = after.len() - after.trim_start_matches(|c: char| c.is_ascii_lowercase()).len();
        let (letter, after) = after.split_at(letters);
        let last: Option<u32> = item.parse().ok();
        match (first.take(), last) {
            (Some(first), Some(last)) => items.extend((first + 1..=last).map(|n| format!("{paragraph}({n})"))),
            _ => items.push(format!("{paragraph}({item}){letter}")),
        }
        let ranged = after.strip_prefix('–').or_else(|| after.strip_prefix('-'));
        first = ranged.and(last);
        match ranged.unwrap_or(after).strip_prefix('(') {
            Some(next) => rest = next,
            None => break,
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_means_the_clauses_it_names() {
        let known = ["Z1.1", "Z1.1(1)", "Z1.1(2)a", "Z1.1(2)b", "Z1.4(1)", "Z1.4(2)", "Z3.3(1)", "Z3.3(2)", "Z3.3(3)"];
        for (citation, means) in [
            ("Z1.1", vec!["Z1.1"]),
            ("Z1.1(1)", vec!["Z1.1(1)"]),
            ("Z1.1(2)", vec!["Z1.1(2)a", "Z1.1(2)b"]),
            ("Z1.1(2)b", vec!["Z1.1(2)b"]),
            ("Z1.4", vec!["Z1.4(1)", "Z1.4(2)"]),
            ("Z1.4(1)(2)", vec!["Z1.4(1)", "Z1.4(2)"]),
            ("Z3.3(1)–(3)", vec!["Z3.3(1)", "Z3.3(2)", "Z3.3(3)"]),
            ("Z1.1(1), N08", vec!["Z1.1(1)"]),
            ("N04b", vec![]),
            ("Z1", vec![]),
            ("Z2.1(3) gap", vec![]),
            ("Z1.1(", vec![]),
        ] {
            assert_eq!(cited(citation, &known), means, "{citation}");
        }
    }
}
