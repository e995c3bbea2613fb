//! The work log is proved by anyone: a change made behind the program's back is found and named, and what is exported is
//! what was hashed.

use std::path::Path;

use duban_core::worklog::ChainHash;
use duban_tests::{duban, text};
use redb::{ReadableTable, TableDefinition};
use sha2::Digest as _;

use crate::story;

const LOG: TableDefinition<&[u8], &[u8]> = TableDefinition::new("worklog");
const NOW: &str = "2026-03-02T08:00";

type Entries = Vec<(Vec<u8>, Vec<u8>)>;

/// Changes the log of a store directly in its file.
fn tamper(store: &Path, change: impl FnOnce(&mut Entries)) {
    let database = redb::Database::open(store.join("docket.redb")).unwrap();
    let txn = database.begin_write().unwrap();
    {
        let mut table = txn.open_table(LOG).unwrap();
        let mut entries = Entries::new();
        for entry in table.iter().unwrap() {
            let (key, value) = entry.unwrap();
            entries.push((key.value().to_vec(), value.value().to_vec()));
        }
        for (key, _) in &entries {
            table.remove(key.as_slice()).unwrap();
        }
        change(&mut entries);
        for (key, value) in &entries {
            table.insert(key.as_slice(), value.as_slice()).unwrap();
        }
    }
    txn.commit().unwrap();
}

/// A forger who knows how the chain is made: gives every entry from `from` on its number and its link anew.
fn forge(entries: &mut Entries, from: usize, chain: ChainHash) {
    for index in from..entries.len() {
        let before = match index {
            0 => [0; 32],
            _ => entries[index - 1].1[..32].try_into().unwrap(),
        };
        let text = entries[index].1[32..].to_vec();
        entries[index].0 = (index as u64 + 1).to_be_bytes().to_vec();
        entries[index].1[..32].copy_from_slice(&chain.link(&before, &text));
    }
}

#[test]
fn whatever_is_done_to_the_log_is_found_and_named() {
    let made = story::store_in_folder("sm3");
    let count = story::log_entries(made.path());
    assert!(count > 8, "{count}");
    let last = count - 1;
    type Change<'c> = (&'c str, Box<dyn Fn(&mut Entries)>, usize);
    let swap = |entries: &mut Entries, a: usize, b: usize| {
        let first = entries[a].1.clone();
        entries[a].1 = std::mem::replace(&mut entries[b].1, first);
    };
    let changes: Vec<Change<'_>> = vec![
        ("a letter of an entry", Box::new(|e| e[3].1[40] ^= 1), 4),
        ("a bit of its link", Box::new(|e| e[3].1[5] ^= 1), 4),
        ("an entry in the middle taken out", Box::new(|e| drop(e.remove(3))), 4),
        ("the last entry taken out", Box::new(move |e| drop(e.remove(last))), count),
        ("the first entry taken out", Box::new(|e| drop(e.remove(0))), 1),
        ("two entries in each other's place", Box::new(move |e| swap(e, 2, 5)), 3),
        (
            "an entry twice",
            Box::new(move |e| {
                let again = (((count + 1) as u64).to_be_bytes().to_vec(), e[last].1.clone());
                e.push(again);
            }),
            count + 1,
        ),
        (
            "an entry between two numbers",
            Box::new(|e| {
                let mut between = e[3].clone();
                between.0.push(0);
                e.push(between);
            }),
            5,
        ),
        ("an entry that is none", Box::new(|e| e[3].1.truncate(20)), 4),
        (
            "an entry put in, every number and link after it made to fit",
            Box::new(|e| {
                let copy = e[2].clone();
                e.insert(3, copy);
                renumber(e);
                forge(e, 0, ChainHash::Sm3);
            }),
            0,
        ),
        (
            "an entry taken out, every number and link after it made to fit",
            Box::new(|e| {
                e.remove(3);
                renumber(e);
                forge(e, 0, ChainHash::Sm3);
            }),
            0,
        ),
        (
            "an entry rewritten, every link after it made to fit",
            Box::new(|e| {
                let text = String::from_utf8(e[2].1[32..].to_vec()).unwrap().replace("test", "else");
                e[2].1.splice(32.., text.into_bytes());
                forge(e, 2, ChainHash::Sm3);
            }),
            0,
        ),
    ];
    for (what, change, entry) in changes {
        let copy = story::copy_of(made.path());
        tamper(copy.path(), change);
        let said = duban(NOW, ["worklog", "verify", "--store", text(copy.path())]);
        assert_eq!(said.status, 3, "{what}: {}{}", said.out, said.err);
        // Where every link was made to fit, an operation still says what the log was when it was done.
        let named = entry == 0 || said.out.contains(&format!("第 {entry} 条"));
        assert!(named, "{what}: should name {entry}: {}", said.out);
        assert_eq!(duban(NOW, ["store", "verify", "--store", text(copy.path())]).status, 3, "{what}");
    }
    assert_eq!(duban(NOW, ["worklog", "verify", "--store", text(made.path())]).status, 0);
}

/// Gives entries the numbers of their places, in key and text.
fn renumber(entries: &mut Entries) {
    for (index, (_, value)) in entries.iter_mut().enumerate() {
        let line = String::from_utf8(value[32..].to_vec()).unwrap();
        let rest = &line[line.find(',').unwrap()..];
        value.splice(32.., format!("{{\"seq\":{}{rest}", index + 1).into_bytes());
    }
}

#[test]
fn what_is_exported_is_what_was_hashed() {
    for (chain, hash) in [("sm3", sm3 as fn(&[u8]) -> Vec<u8>), ("sha256", sha256)] {
        let store = story::store_in_folder(chain);
        let export = duban(NOW, ["worklog", "export", "--store", text(store.path())]).done();
        // The independent check: each link is the hash of the link before it and of the line.
        let (mut before, mut count) = (vec![0; 32], 0);
        for line in export.lines() {
            let (link, entry) = line.split_once('\t').unwrap();
            before.extend_from_slice(entry.as_bytes());
            before = hash(&before);
            let hexadecimal: String = before.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hexadecimal, link, "{chain}: {entry}");
            count += 1;
        }
        assert_eq!(count, story::log_entries(store.path()), "{chain}");
        let proof = duban(NOW, ["worklog", "verify", "--store", text(store.path())]).done();
        let head: String = before.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(proof.contains(&head) && proof.contains(chain), "{proof}");
    }
}

fn sm3(bytes: &[u8]) -> Vec<u8> {
    sm3::Sm3::digest(bytes).to_vec()
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    sha2::Sha256::digest(bytes).to_vec()
}
