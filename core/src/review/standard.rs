//! What the sheets measure by: the file `core/data/review.toml`, where each number and name has its source.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::Money;

/// Limits, names and lists. Each field is explained in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Standard {
    pub(super) filing_months: u32,
    pub(super) query_months: u32,
    pub(super) query_grace_days: i32,
    pub(super) query_scopes: Vec<String>,
    pub(super) cannot_be_queried: Vec<String>,
    pub(super) inquiry_measures: Vec<String>,
    pub(super) inquiry_topics: Vec<String>,
    pub(super) inquiry_topics_natural: Vec<String>,
    small_deposit: i64,
    pub(super) small_deposit_percent: i64,
    pub(super) small_deposit_types: Vec<String>,
    pub(super) court_name: String,
    pub(super) dead: String,
    /// By the kind of case, the ways in which it may be closed.
    pub(super) closing_kinds: BTreeMap<String, Vec<String>>,
}

impl Standard {
    /// The one in force.
    pub(super) fn get() -> &'static Standard {
        static STANDARD: OnceLock<Standard> = OnceLock::new();
        STANDARD.get_or_init(|| {
            toml::from_str(include_str!("../../data/review.toml")).expect("the compiled-in standard is tested")
        })
    }

    /// A deposit below this may be left.
    pub(super) const fn small_deposit(&self) -> Money {
        Money(self.small_deposit * 100)
    }

    /// Whether an amount is more than the share of the amount to be enforced that may be left.
    pub(super) fn exceeds_share(&self, left: Money, due: Money) -> bool {
        i128::from(left.0) * 100 > i128::from(due.0) * i128::from(self.small_deposit_percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    /// A misspelt code would never be found in a record, and the item never pass.
    #[test]
    fn every_code_is_one_of_the_vocabulary() {
        let (standard, schema) = (Standard::get(), Schema::built_in());
        let known = |kind: &str, field: &str, code: &str| {
            let kind = schema.kind(schema.kind_named(kind).unwrap());
            assert!(kind.field(kind.field_named(field).unwrap()).code(code).is_some(), "{field}: {code}");
        };
        for code in &standard.query_scopes {
            known("query", "scopes", code);
        }
        for code in &standard.inquiry_measures {
            known("inquiry", "measure", code);
        }
        for code in standard.inquiry_topics.iter().chain(&standard.inquiry_topics_natural) {
            known("inquiry", "topics", code);
        }
        for code in &standard.small_deposit_types {
            known("property", "type", code);
        }
        for (case, kinds) in &standard.closing_kinds {
            known("case", "kind_code", case);
            for kind in kinds {
                known("closing", "closing_kind", kind);
            }
        }
    }

    #[test]
    fn five_per_cent_is_reached_but_not_exceeded() {
        let standard = Standard::get();
        assert!(!standard.exceeds_share(Money(50_000), Money(1_000_000)));
        assert!(standard.exceeds_share(Money(50_001), Money(1_000_000)));
        assert_eq!(standard.small_deposit(), Money(100_000));
    }
}
