//! An XLS file before it is trusted: its chains of sectors end, and its sheets are no larger than sheets are. The reader of
//! XLS follows chains wherever they lead and holds every sheet as a full rectangle, so a few bytes could take all memory.
//! Reads no cells. Layout: [MS-CFB] sections 2.2–2.6 and [MS-XLS] 2.4.

use crate::limits;

/// The file is not what it says it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NotSound {
    /// A chain has no end, or leads out of the file; a part is missing.
    Damaged,
    /// There is room for more cells than a workbook of this kind has.
    TooLarge,
}

/// Ids from here on are marks, not sectors.
const FIRST_MARK: u32 = 0xffff_fffa;
/// Rows and columns a sheet may have.
const MOST_ROWS: u64 = 65_536;
const MOST_COLUMNS: u64 = 256;
/// Streams shorter than this lie in sectors of 64 bytes.
const SMALL_STREAM: usize = 4096;

/// Looks the file over.
pub(super) fn look_over(file: &[u8]) -> Result<(), NotSound> {
    let compound = Compound::new(file).ok_or(NotSound::Damaged)?;
    let stream = compound.book().ok_or(NotSound::Damaged)?;
    let mut cells = 0;
    let sheets = records(&stream, 0).filter(|(kind, _)| *kind == SHEET);
    let places: Vec<usize> = sheets.filter_map(|(_, data)| Some(u32_at(data, 0)? as usize)).collect();
    for place in places {
        cells += area(&stream, place)?;
        if cells > limits::MOST_XLS_CELLS {
            return Err(NotSound::TooLarge);
        }
    }
    Ok(())
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The sectors of a compound file, and how they follow each other.
struct Compound<'f> {
    file: &'f [u8],
    sector_bytes: usize,
    next: Vec<u32>,
}

/// A stream's name, first sector and length.
struct Entry {
    name: String,
    first: u32,
    bytes: usize,
}

impl<'f> Compound<'f> {
    fn new(file: &'f [u8]) -> Option<Compound<'f>> {
        let sector_bytes = match u16_at(file, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut compound = Compound { file, sector_bytes, next: Vec::new() };
        let numbers = |sector: &[u8]| sector.chunks_exact(4).filter_map(|part| u32_at(part, 0)).collect::<Vec<u32>>();
        let mut tables = numbers(file.get(76..512)?);
        let mut further = u32_at(file, 68)?;
        for _ in 0..=compound.sectors() {
            if further >= FIRST_MARK {
                break;
            }
            tables.extend(numbers(compound.sector(further)?));
            further = tables.pop()?;
        }
        if further < FIRST_MARK || tables.len() > compound.sectors() + file.len() / 64 + 1024 {
            return None;
        }
        for table in tables.into_iter().filter(|table| *table < FIRST_MARK) {
            let part = numbers(compound.sector(table)?);
            compound.next.extend(part);
            if compound.next.len() > file.len() + 1024 {
                return None;
            }
        }
        Some(compound)
    }

    fn sectors(&self) -> usize {
        self.file.len() / self.sector_bytes
    }

    fn sector(&self, id: u32) -> Option<&'f [u8]> {
        let from = (id as usize).checked_add(1)?.checked_mul(self.sector_bytes)?;
        let rest = self.file.get(from..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(self.sector_bytes)])
    }

    /// The content of a chain, up to so many bytes.
    fn chain(&self, mut id: u32, most_bytes: usize) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        for _ in 0..=self.sectors() {
            if id >= FIRST_MARK || content.len() >= most_bytes {
                content.truncate(most_bytes);
                return Some(content);
            }
            content.extend_from_slice(self.sector(id)?);
            id = *self.next.get(id as usize)?;
        }
        None
    }

    fn entries(&self) -> Option<Vec<Entry>> {
        let folder = self.chain(u32_at(self.file, 48)?, usize::MAX)?;
        let entries = folder.chunks_exact(128).map(|entry| {
            let units = entry[..64].chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
            let name = String::from_utf16_lossy(&units.take_while(|unit| *unit != 0).collect::<Vec<u16>>());
            let long = if self.sector_bytes == 512 { 0 } else { u32_at(entry, 124)? as usize };
            let bytes = u32_at(entry, 120)? as usize | (long << 32);
            Some(Entry { name, first: u32_at(entry, 116)?, bytes })
        });
        let entries: Vec<Entry> = entries.collect::<Option<_>>()?;
        // No stream is longer than the file; unused entries have none.
        entries.iter().all(|entry| entry.bytes <= self.file.len()).then_some(entries)
    }

    /// The stream that is the workbook, of 1997 or before.
    fn book(&self) -> Option<Vec<u8>> {
        let entries = self.entries()?;
        let root = entries.first()?;
        let (small, next_small) = match u32_at(self.file, 64)? {
            0 => (Vec::new(), Vec::new()),
            sectors => {
                let most = (sectors as usize).checked_mul(self.sector_bytes)?;
                (self.chain(root.first, root.bytes)?, self.chain(u32_at(self.file, 60)?, most)?)
            }
        };
        let named = |name: &str| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
        let book = named("Workbook").or_else(|| named("Book"))?;
        if book.bytes >= SMALL_STREAM {
            return self.chain(book.first, book.bytes);
        }
        let (mut content, mut id) = (Vec::new(), book.first);
        for _ in 0..=SMALL_STREAM / 64 {
            if id >= FIRST_MARK || content.len() >= book.bytes {
                content.truncate(book.bytes);
                return Some(content);
            }
            let from = (id as usize).checked_mul(64)?;
            content.extend_from_slice(small.get(from..(from + 64).min(small.len()))?);
            id = u32_at(&next_small, (id as usize).checked_mul(4)?)?;
        }
        None
    }
}

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
/// Records that begin with the row and column of a cell.
const CELLS: [u16; 9] = [0x0006, 0x00bd, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x027e, 0x0201];

/// Kind and content of each record from a place on.
fn records(stream: &[u8], place: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream.get(place..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0)?, usize::from(u16_at(rest, 2)?));
        let data = rest.get(4..4 + length)?;
        rest = &rest[4 + length..];
        Some((kind, data))
    })
}

/// How many cells the rectangle of a sheet has.
fn area(stream: &[u8], place: usize) -> Result<u64, NotSound> {
    let (mut depth, mut last, mut cells) = (0usize, (0u64, 0u64), 0u64);
    for (kind, data) in records(stream, place) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            DIMENSIONS => sound_dimensions(data)?,
            _ if CELLS.contains(&kind) => {
                let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { continue };
                // A row of numbers ends with its last column.
                let end =
                    if kind == 0x00bd { u16_at(data, data.len().saturating_sub(2)).unwrap_or(column) } else { column };
                last = (last.0.max(row.into()), last.1.max(column.max(end).into()));
                cells = cells.max((last.0 + 1) * (last.1 + 1));
            }
            _ => {}
        }
    }
    if last.1 >= MOST_COLUMNS { Err(NotSound::Damaged) } else { Ok(cells) }
}

fn sound_dimensions(data: &[u8]) -> Result<(), NotSound> {
    let (from, to) = match data.len() {
        10 => (u16_at(data, 0).map(u64::from), u16_at(data, 2).map(u64::from)),
        _ => (u32_at(data, 0).map(u64::from), u32_at(data, 4).map(u64::from)),
    };
    let columns = u16_at(data, data.len().min(10)).or(u16_at(data, 6)).map_or(0, u64::from);
    match (from, to) {
        (Some(from), Some(to)) if to <= MOST_ROWS && from <= to.max(1) && columns <= MOST_COLUMNS => Ok(()),
        _ => Err(NotSound::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_larger_than_any_is_seen_before_it_is_read() {
        let cell = |row: u16, column: u16| {
            let mut record = vec![0x03, 0x02, 14, 0];
            record.extend([row.to_le_bytes(), column.to_le_bytes()].concat());
            record.extend([0; 10]);
            record
        };
        let sheet =
            |cells: &[(u16, u16)]| cells.iter().flat_map(|(row, column)| cell(*row, *column)).collect::<Vec<u8>>();
        assert_eq!(area(&sheet(&[(0, 0), (9, 3)]), 0), Ok(40));
        assert_eq!(area(&sheet(&[(0, 0), (9, 256)]), 0), Err(NotSound::Damaged));
        assert_eq!(area(&sheet(&[(65_535, 255)]), 0), Ok(65_536 * 256));
        assert_eq!(look_over(&[0; 600]), Err(NotSound::Damaged));
    }

    #[test]
    fn a_chain_that_bites_its_tail_is_seen() {
        let mut file = vec![0; 512 * 3];
        file[30] = 9;
        file[68..72].copy_from_slice(&u32::MAX.to_le_bytes());
        file[76..512].fill(0xff);
        file[76..80].copy_from_slice(&0u32.to_le_bytes());
        file[48..52].copy_from_slice(&1u32.to_le_bytes());
        // Sector 0 is the table of chains: sector 1, the directory, is followed by itself.
        file[512 + 4..512 + 8].copy_from_slice(&1u32.to_le_bytes());
        assert!(Compound::new(&file).is_some());
        assert_eq!(look_over(&file), Err(NotSound::Damaged));
    }
}
