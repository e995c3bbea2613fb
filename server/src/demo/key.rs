//! Key cases: what they are about, and whose they are by the post he holds (Z5.1).

use super::chance::Chance;
use super::names::Party;
use super::staff::{Handler, Staff};

/// What makes a case a key one.
pub(super) struct KeyKind {
    pub(super) code: &'static str,
    applicant: Option<&'static str>,
    debtor: Option<&'static str>,
    /// The kind of its title, where that is another than in ordinary cases.
    pub(super) basis: Option<&'static str>,
}

const KINDS: [KeyKind; 5] = [
    KeyKind { code: "rural-credit", applicant: Some("示例县农村信用合作联社"), debtor: None, basis: None },
    KeyKind { code: "party-organ", applicant: None, debtor: Some("示例县某镇人民政府"), basis: None },
    KeyKind {
        code: "organized-crime", applicant: None, debtor: None, basis: Some("刑事判决书（涉黑恶案件财产部分）")
    },
    KeyKind { code: "restitution", applicant: None, debtor: None, basis: Some("刑事判决书（责令退赔）") },
    KeyKind { code: "business-environment", applicant: None, debtor: None, basis: None },
];

impl KeyKind {
    /// Of which kind a case is; few are.
    pub(super) fn of(kind: &str, chance: &mut Chance) -> Option<&'static KeyKind> {
        (kind == "执" && chance.permille(40)).then(|| chance.pick(&KINDS))
    }

    pub(super) fn applicant(&self, chance: &mut Chance) -> Option<Party> {
        self.applicant.map(|name| Party::named(name, chance))
    }

    pub(super) fn debtor(&self, chance: &mut Chance) -> Option<Party> {
        self.debtor.map(|name| Party::named(name, chance))
    }

    /// Who handles it: nearly always the holder of the post that the list names.
    pub(super) fn handler<'s>(&self, staff: &'s Staff, chance: &mut Chance) -> &'s Handler {
        if chance.percent(15) {
            return chance.pick(&staff.handlers);
        }
        match self.code {
            "rural-credit" | "party-organ" => &staff.deputy,
            "business-environment" => chance.pick(&staff.assistants),
            _ => chance.pick(&staff.leaders),
        }
    }
}
