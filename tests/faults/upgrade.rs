//! A store of an older format is brought up to date stage by stage, whatever happens on the way; one of a newer format is
//! refused with words that help. There is one format so far, so the stages here are the test's own.

use duban_core::Docket;
use duban_core::schema::Schema;
use duban_core::store::{OperationKind, Stage, Store, StoreError};
use redb::{TableDefinition, WriteTransaction};

use crate::disk::{Disk, Fault};
use crate::story::{self, Files};

const META: TableDefinition<&[u8], &[u8]> = TableDefinition::new("meta");

/// From 1 to 2: notes a word.
fn first_stage(txn: &WriteTransaction) -> Result<(), StoreError> {
    txn.open_table(META)?.insert(b"word".as_slice(), b"first".as_slice())?;
    Ok(())
}

/// From 2 to 3: works on what the first stage left, as stages do.
fn second_stage(txn: &WriteTransaction) -> Result<(), StoreError> {
    let mut meta = txn.open_table(META)?;
    let word = meta.remove(b"word".as_slice())?.map(|word| word.value().to_vec());
    assert_eq!(word.as_deref(), Some(b"first".as_slice()), "the stages are carried out in order, each once");
    meta.insert(b"words".as_slice(), b"first second".as_slice())?;
    Ok(())
}

const STAGES: &[Stage] = &[first_stage, second_stage];

fn upgrade(disk: &Disk, stages: &[Stage]) -> Result<Docket, duban_core::DocketError> {
    let intent = story::intent(OperationKind::Upgrade, "2026-04-01T08:00");
    let open = |schema: &Schema| Store::open_on_through(disk.clone(), schema, intent, stages);
    Docket::on(open, &story::packs())
}

/// A store of format 1 with something in it.
fn old_store() -> Vec<u8> {
    let (files, disk) = (Files::new(), Disk::new(None));
    let docket = story::create(&disk).unwrap();
    story::step(&docket, &files, 0).unwrap();
    drop(docket);
    disk.after_restart()
}

fn assert_upgraded(bytes: Vec<u8>) {
    let dump = story::dump(bytes);
    let meta = |key: &[u8]| dump["meta"].iter().find(|(own, _)| own == key).map(|(_, value)| value.clone());
    assert_eq!(meta(b"format"), Some(3u32.to_be_bytes().to_vec()));
    assert_eq!((meta(b"word"), meta(b"words")), (None, Some(b"first second".to_vec())));
}

#[test]
fn an_older_store_is_brought_up_to_date_and_the_operations_tell_of_it() {
    let disk = Disk::holding(old_store(), None);
    let docket = upgrade(&disk, STAGES).unwrap();
    let operations = docket.store().snapshot().unwrap().operations(1).unwrap();
    let kinds: Vec<&str> = operations.iter().map(|operation| operation.intent.kind.name()).collect();
    assert_eq!(kinds, ["create", "import", "upgrade"]);
    assert_eq!((operations[2].intent.actor.as_str(), operations[2].intent.reason.as_str()), ("test", "3"));
    story::run(&docket, "2026-04-01T08:30").unwrap();
    story::assert_whole(&docket);
    drop(docket);
    assert_upgraded(disk.after_restart());
    let again = upgrade(&disk, STAGES).unwrap();
    assert_eq!(story::last_operation(&again).unwrap(), 4, "nothing is left to do");
}

#[test]
fn the_power_is_cut_or_the_disk_fails_at_any_time_of_an_upgrade() {
    let old = old_store();
    let undisturbed = Disk::holding(old.clone(), None);
    drop(upgrade(&undisturbed, STAGES).unwrap());
    let load = undisturbed.load();
    assert!(load.syncs > 3, "{load:?}");
    let syncs = (0..load.syncs).flat_map(|n| [Fault::CutAtSync(n), Fault::SyncFails(n)]);
    for fault in syncs.chain((0..load.writes).map(Fault::CutAtWrite)) {
        let disk = Disk::holding(old.clone(), Some(fault));
        // A fault while the store is closed again comes too late to be told.
        let opened = upgrade(&disk, STAGES).map(drop);
        assert!(disk.has_failed(), "{fault:?} never came");
        let left = match fault {
            Fault::SyncFails(_) => disk.after_restart(),
            _ => disk.after_power_cut(&mut fastrand::Rng::with_seed(7)),
        };
        if opened.is_ok() {
            assert_upgraded(left.clone());
        }
        let again = Disk::holding(left, None);
        let docket = upgrade(&again, STAGES).unwrap_or_else(|error| panic!("{fault:?}: {error}"));
        let (facts, upgrades) = {
            let snapshot = docket.store().snapshot().unwrap();
            let operations = snapshot.operations(1).unwrap();
            let upgrades = operations.iter().filter(|op| op.intent.kind == OperationKind::Upgrade).count();
            (snapshot.facts_digest(docket.schema()).unwrap(), upgrades)
        };
        assert_eq!((upgrades, facts), (1, facts_of(&undisturbed)), "{fault:?}");
        drop(docket);
        assert_upgraded(again.after_restart());
    }
}

fn facts_of(disk: &Disk) -> String {
    let docket = upgrade(&Disk::holding(disk.after_restart(), None), STAGES).unwrap();
    docket.store().snapshot().unwrap().facts_digest(docket.schema()).unwrap()
}

#[test]
fn a_newer_store_is_refused_with_words_that_help() {
    let disk = Disk::holding(old_store(), None);
    drop(upgrade(&disk, STAGES).unwrap());
    let before = disk.after_restart();
    let error = upgrade(&disk, &[]).unwrap_err();
    assert!(error.is_wrong_use());
    let said = error.to_string();
    assert!(said.contains("format 3") && said.contains("newer version") && said.contains("formats up to 1"), "{said}");
    assert!(story::dump(disk.after_restart()) == story::dump(before), "nothing of it is changed");
}
