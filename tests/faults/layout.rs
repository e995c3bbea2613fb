//! The bytes of a real index, read as `core/src/index/layout.rs` describes them and by nothing else.

use std::path::Path;

use duban_core::Docket;
use duban_core::index::{Column, LAYOUT_VERSION};
use duban_core::store::Mode;
use xxhash_rust::xxh3::xxh3_64;

use crate::story;

fn u32_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())
}

fn index_file(store: &Path, name: &str) -> Vec<u8> {
    std::fs::read(store.join("index").join(name)).unwrap()
}

#[test]
fn a_column_file_and_the_state_are_as_the_layout_page_says() {
    let store = story::store_in_folder("sm3");
    let (docket, _) = Docket::open(store.path(), &story::packs(), &story::options(Mode::Read)).unwrap();
    let plan = docket.scan_plan().index();
    let case = docket.schema().kind_named("case").unwrap();
    let columns = plan.kind(case).columns();
    let bytes = index_file(store.path(), "case.col");

    assert_eq!(&bytes[..8], b"DUBANCOL");
    assert_eq!((u32_at(&bytes, 8), u32_at(&bytes, 12)), (LAYOUT_VERSION as usize, columns.len()));
    assert_eq!(bytes[16..32], plan.digest(docket.schema()));
    let (rows_a_segment, segments, rows) = (u32_at(&bytes, 32), u32_at(&bytes, 36), u32_at(&bytes, 40));
    assert_eq!((rows_a_segment, segments, rows, u32_at(&bytes, 44)), (4096, 1, 15, 0));
    assert_eq!(u64_at(&bytes, 48), xxh3_64(&bytes[..48]));
    assert!(bytes[56..4096].iter().all(|byte| *byte == 0));

    // The table of checksums, then the columns, each padded to 64 bytes, in a segment padded to 4096.
    let data = (4096 + columns.len() * 1024 * 8).next_multiple_of(4096);
    let mut at = data;
    let snapshot = docket.store().snapshot().unwrap();
    for (number, column) in columns.iter().enumerate() {
        let cells = &bytes[at..at + column.width() * rows_a_segment];
        assert_eq!(u64_at(&bytes, 4096 + number * 8), xxh3_64(cells).max(1), "{column:?}");
        assert!(
            cells[rows * column.width()..].iter().all(|byte| *byte == 0),
            "{column:?}: rows that were never written"
        );
        if let Column::Day(field) = column {
            for row in 0..rows {
                let place = duban_core::schema::condition::Row { kind: case, number: row as u32 };
                let known = snapshot.value(docket.schema(), place, *field).unwrap();
                let day = known.and_then(|value| value.as_time()).map_or(0, |time| time.day().code());
                assert_eq!(u16::from_le_bytes([cells[row * 2], cells[row * 2 + 1]]), day, "{column:?} row {row}");
            }
        }
        at += (column.width() * rows_a_segment).next_multiple_of(64);
    }
    assert_eq!(bytes.len(), data + (at - data).next_multiple_of(4096));

    let state = index_file(store.path(), "state");
    let last = snapshot.last_operation().unwrap();
    let lineage = snapshot.lineage(last).unwrap().unwrap();
    assert_eq!(
        (&state[..8], u32_at(&state, 8), u32_at(&state, 12)),
        (b"DUBANIDX".as_slice(), LAYOUT_VERSION as usize, 0)
    );
    assert_eq!(state[16..32], plan.digest(docket.schema()));
    for at in [32, 56] {
        assert_eq!((u64_at(&state, at), &state[at + 8..at + 24]), (last, lineage.as_slice()));
    }
    assert_eq!(u64_at(&state, 80), xxh3_64(&state[..80]));
    assert_eq!(state.len(), 4096);
    assert!(state[88..].iter().all(|byte| *byte == 0));
}
