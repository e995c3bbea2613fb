//! Real inputs, changed at random. Knows nothing of what reads them.

use std::path::Path;
use std::time::Duration;

/// A change: what to do, where (as a share of the length), how much, and with what.
type Edit = (u8, u16, u8, [u8; 4]);

/// Longest input a change may make.
const LONGEST_BYTES: usize = 1 << 20;

/// How long each target runs: `DUBAN_FUZZ_SECONDS`, or one second.
pub(super) fn seconds() -> Duration {
    let stated = std::env::var("DUBAN_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(stated.unwrap_or(1))
}

/// Gives `read` every seed of the target as it is, then changed seeds until the time is over. `words`: what the format's
/// readers look for.
pub(super) fn attack(target: &str, seeds: Vec<Vec<u8>>, words: &[&str], read: impl Fn(&[u8])) {
    let mut seeds = seeds;
    seeds.extend(kept(target));
    seeds.iter().for_each(|seed| read(seed));
    seeds.push(Vec::new());
    let read = std::panic::AssertUnwindSafe(read);
    bolero::check!().with_type::<(u8, Vec<Edit>)>().with_test_time(seconds()).for_each(|(seed, edits)| {
        let mut bytes = seeds[usize::from(*seed) % seeds.len()].clone();
        for edit in edits {
            change(&mut bytes, edit, words, &seeds);
        }
        read(&bytes);
    });
}

/// The inputs kept for a target.
fn kept(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

fn change(bytes: &mut Vec<u8>, (what, at, much, with): &Edit, words: &[&str], seeds: &[Vec<u8>]) {
    let at = usize::from(*at) * bytes.len() / (1 << 16);
    let end = (at + usize::from(*much) + 1).min(bytes.len());
    if bytes.len() > LONGEST_BYTES {
        return;
    }
    match what % 10 {
        0 if at < bytes.len() => bytes[at] = with[0],
        1 if at < bytes.len() => bytes[at] ^= 1 << (with[0] % 8),
        2 => drop(bytes.splice(at..at, with.iter().copied())),
        3 => drop(bytes.drain(at..end)),
        4 => drop(bytes.splice(at..at, bytes[at..end].to_vec().repeat(1 + usize::from(with[0])))),
        5 => bytes.truncate(at),
        6 | 7 if !words.is_empty() => {
            let word = words[usize::from(with[0]) % words.len()].as_bytes();
            drop(bytes.splice(
                at..if what % 10 == 6 { at } else { (at + word.len()).min(bytes.len()) },
                word.iter().copied(),
            ));
        }
        8 => {
            let other = &seeds[usize::from(with[0]) % seeds.len()];
            let from = usize::from(with[1]) * other.len() / 256;
            bytes.truncate(at);
            bytes.extend_from_slice(&other[from..]);
        }
        // Four bytes that a reader may take for a length.
        _ if at + 4 <= bytes.len() => {
            let number =
                [0, 1, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0xffff_ffff, u32::from(*much)][usize::from(with[0]) % 8];
            bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
        }
        _ => {}
    }
}
