//! Messages decided and not yet delivered: one a person, purpose and run, with everything it is about.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::people::Recipient;

/// Why somebody is written to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// 提示: the one who must act.
    Remind,
    /// 报告: the one who must hear of it.
    Report,
    /// 告警: something about the system itself.
    Alarm,
}

impl Purpose {
    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Purpose::Remind => "remind",
            Purpose::Report => "report",
            Purpose::Alarm => "alarm",
        }
    }
}

/// How far a message has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// Decided; on its way as soon as something delivers.
    Queued,
    /// Handed to a channel.
    Sent,
    /// The channel says it arrived.
    Delivered,
    /// The person confirmed it: only this counts.
    Acknowledged,
}

/// A message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Outgoing {
    /// Its number.
    pub id: u64,
    /// The same for the same message, however often it is sent.
    pub idempotency_key: String,
    /// To whom, as the work log writes it.
    pub to: String,
    /// Why.
    pub purpose: Purpose,
    /// The day of the run that decided it.
    pub day: String,
    /// The day on which the person must act.
    pub duty_date: String,
    /// Work-log entries it is about.
    pub entries: Vec<u64>,
    /// How far it has come.
    pub delivery: Delivery,
}

impl Outgoing {
    /// Digest of its content, as the work log notes it.
    pub fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(format!("{}\n{}\n{}\n", self.to, self.purpose.name(), self.day));
        for entry in &self.entries {
            hasher.update(entry.to_be_bytes());
        }
        hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Gathers what a run has to say, by person and purpose.
#[derive(Clone, Debug, Default)]
pub struct Post {
    letters: BTreeMap<(Recipient, Purpose), Vec<u64>>,
}

impl Post {
    /// Somebody is to be told of a work-log entry.
    pub fn add(&mut self, to: Recipient, purpose: Purpose, entry: u64) {
        let entries = self.letters.entry((to, purpose)).or_default();
        if entries.last() != Some(&entry) {
            entries.push(entry);
        }
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty()
    }

    /// The messages, numbered from `first`.
    pub fn messages(self, first: u64, day: &str, duty_date: &str) -> Vec<Outgoing> {
        let number = |index: usize| first + index as u64;
        self.letters
            .into_iter()
            .enumerate()
            .map(|(index, ((to, purpose), entries))| {
                let mut message = Outgoing {
                    id: number(index),
                    idempotency_key: String::new(),
                    to: to.written(),
                    purpose,
                    day: day.to_owned(),
                    duty_date: duty_date.to_owned(),
                    entries,
                    delivery: Delivery::Queued,
                };
                message.idempotency_key = format!("{}-{}", message.id, message.digest());
                message
            })
            .collect()
    }
}
