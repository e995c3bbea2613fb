//! Keeping a docket through the years: calendars, backups, verification, export.

use std::io::{self, Write};
use std::path::Path;

use super::open::{Docket, DocketError, Options, court_calendar, creation};
use crate::calendar::{Calendar, Notices};
use crate::duty::{Calendars, Rulebook};
use crate::model::{DAY_SECONDS, Day, Value, ValueType};
use crate::schema::condition::Row;
use crate::schema::{KindId, Schema};
use crate::store::tables::CALENDAR;
use crate::store::{
    FILE_NAME, Intent, OperationId, OperationKind, Pen, StoreError, StoreFault, backup, restore, verify,
};
use crate::words::Message;
use crate::worklog::{Entry, What};

impl Docket {
    /// Takes over notices, in place of those of the same years. Everything that is computed from now on goes by them.
    ///
    /// # Errors
    /// What the storage says.
    pub fn load_calendar(&self, notices: Notices, intent: Intent) -> Result<(), DocketError> {
        // Begun before anything is read: what is merged is what the operation before this one left.
        let mut writer = self.store.begin(intent.clone())?;
        let snapshot = self.store.snapshot()?;
        let mut all = snapshot.notices()?.unwrap_or_default();
        let years: Vec<String> = notices.years.keys().map(i32::to_string).collect();
        all.merge(notices);
        writer.put(CALENDAR, [(b"notices".as_slice(), Some(all.to_csv().as_bytes()))])?;
        let mut pen = Pen::take_up(&writer, snapshot.chain()?)?;
        pen.write(Entry {
            at: intent.at.to_string(),
            actor: intent.actor,
            what: What::CalendarLoaded,
            operation: writer.id(),
            note: Some(years.join(", ")),
            ..Entry::default()
        });
        pen.lay_down(&mut writer)?;
        // Who begins the next operation finds the new calendar in force.
        let native = self.calendars().shared_native();
        let committed = self.with_new_calendars(|| {
            let committed = writer.commit()?;
            Ok((committed, Calendars::new(court_calendar(&self.store.snapshot()?)?).with_native(native)))
        })?;
        self.followed(&committed);
        Ok(())
    }

    /// Copies the docket into a folder while it is in use: the database, and the court's own files beside it. The index
    /// is not copied; it is made anew.
    ///
    /// # Errors
    /// If there is a store already; what either storage says.
    pub fn backup(&self, folder: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<OperationId, DocketError> {
        if folder.join(FILE_NAME).exists() {
            return Err(StoreError::Occupied(folder.join(FILE_NAME)).into());
        }
        // The database last: where there is one, the backup is whole.
        if let Some(own) = &self.folder {
            copy_own_files(own, folder).map_err(StoreError::from)?;
        }
        Ok(backup(&self.store, folder, progress)?)
    }

    /// Puts a backup into a folder that holds no store: the database, and the court's own files beside it; notes in the log
    /// that, when and from what it was restored.
    ///
    /// # Errors
    /// If there is no backup, or a store already; if the backup is not whole; what the storage says.
    pub fn restore(from: &Path, folder: &Path, options: &Options) -> Result<(), DocketError> {
        if folder.join(FILE_NAME).exists() {
            return Err(StoreError::Occupied(folder.join(FILE_NAME)).into());
        }
        if !from.join(FILE_NAME).is_file() {
            return Err(StoreError::Missing(from.to_owned()).into());
        }
        copy_own_files(from, folder).map_err(StoreError::from)?;
        let (book, _) = Rulebook::load(&[]);
        let intent = Intent { kind: OperationKind::Restore, ..creation(options) };
        restore(from, folder, book.schema(), intent.clone(), |store| {
            let mut writer = store.begin(intent)?;
            let mut pen = Pen::take_up(&writer, store.snapshot()?.chain()?)?;
            pen.write(Entry {
                at: options.at.to_string(),
                actor: options.actor.clone(),
                what: What::Restored,
                operation: writer.id(),
                note: from.file_name().map(|name| name.to_string_lossy().into_owned()),
                ..Entry::default()
            });
            pen.lay_down(&mut writer)?;
            writer.commit()?;
            Ok(())
        })?;
        Ok(())
    }

    /// Gives back the space that large imports left over, and closes.
    ///
    /// # Errors
    /// What the storage says.
    pub fn compact(mut self) -> Result<(), DocketError> {
        self.store.compact()?;
        self.close()
    }

    /// Proves the docket whole: the store, its log, and the index against the store. Returns what does not fit, and how
    /// many records there are.
    ///
    /// # Errors
    /// What the storage says.
    pub fn verify(&self, today: crate::model::Time) -> Result<(Vec<Message>, u64), DocketError> {
        let snapshot = self.store.snapshot()?;
        let (faults, records) = verify(&snapshot, &self.store, self.schema())?;
        let mut messages: Vec<Message> = faults.into_iter().map(|StoreFault(message)| message).collect();
        if messages.is_empty() {
            let differences = self.compare_paths(today)?;
            messages.extend(differences.iter().take(20).map(|what| crate::msg!("verify-index", what = what)));
        }
        Ok((messages, records))
    }

    /// Writes every kind's records as CSV columns, and the calendar, for other engines: see `duban duty sql`.
    ///
    /// # Errors
    /// What the storage says.
    pub fn export(&self, folder: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<(), DocketError> {
        std::fs::create_dir_all(folder).map_err(StoreError::from)?;
        let snapshot = self.store.snapshot()?;
        let schema = self.schema();
        let kinds: Vec<KindId> = schema.kinds().map(|(id, _)| id).collect();
        let mut total = 0;
        for kind in &kinds {
            total += u64::from(snapshot.rows(*kind)?);
        }
        let mut done = 0;
        for kind in kinds {
            let path = folder.join(format!("{}.csv", schema.kind(kind).id));
            let mut file = create(&path)?;
            write_row(&mut file, &columns(schema, kind)).map_err(StoreError::from)?;
            for number in 0..snapshot.rows(kind)? {
                let row = Row { kind, number };
                if let Some(key) = snapshot.key_of(schema, row)? {
                    let facts = snapshot.facts(schema, row)?;
                    let cells = cells(schema, kind, &key, facts.into_iter().map(|(id, value, _)| (id, value)));
                    write_row(&mut file, &cells).map_err(StoreError::from)?;
                }
                done += 1;
                if done % 10_000 == 0 {
                    progress(done, total);
                }
            }
            file.flush().map_err(StoreError::from)?;
        }
        let mut file = create(&folder.join("calendar.csv"))?;
        export_calendar(&self.calendars().court, &mut file).map_err(StoreError::from)?;
        progress(total, total);
        Ok(())
    }
}

fn create(path: &Path) -> Result<io::BufWriter<std::fs::File>, StoreError> {
    Ok(io::BufWriter::new(std::fs::File::create(path)?))
}

/// The court's own packs, plugins, templates and settings.
const OWN: [&str; 5] = ["packs", "plugins", "templates", "reports", "duban.toml"];

fn copy_own_files(from: &Path, to: &Path) -> io::Result<()> {
    for name in OWN {
        let source = from.join(name);
        if source.exists() {
            copy_tree(&source, &to.join(name))?;
        }
    }
    Ok(())
}

fn copy_tree(from: &Path, to: &Path) -> io::Result<()> {
    if from.is_file() {
        return std::fs::copy(from, to).map(drop);
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        copy_tree(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// The exported columns of a kind: `key`, then one a field, and one more for each time.
fn columns(schema: &Schema, kind: KindId) -> Vec<String> {
    let mut columns = vec!["key".to_owned()];
    for field in &schema.kind(kind).fields {
        columns.push(field.id.clone());
        if field.value == ValueType::Time {
            columns.push(format!("{}_day_only", field.id));
        }
    }
    columns
}

/// A record's cells in the same order, unknown ones empty.
pub(crate) fn cells(
    schema: &Schema,
    kind: KindId,
    key: &str,
    facts: impl IntoIterator<Item = (crate::schema::FieldId, Value)>,
) -> Vec<String> {
    let declared = schema.kind(kind);
    let mut by_field = vec![None; declared.fields.len()];
    for (field, value) in facts {
        by_field[field.index()] = Some(value);
    }
    let mut cells = vec![key.to_owned()];
    for (field, value) in declared.fields.iter().zip(by_field) {
        let time = match &value {
            Some(Value::Time(time)) => Some(*time),
            _ => None,
        };
        cells.push(match value {
            None => String::new(),
            Some(Value::Day(day)) => day.code().to_string(),
            Some(Value::Time(time)) => {
                let seconds = u64::from(time.clock().unwrap_or(0));
                (u64::from(time.day().code()) * u64::from(DAY_SECONDS) + seconds).to_string()
            }
            Some(Value::Money(money)) => money.0.to_string(),
            Some(Value::Code(code)) => field.codes[usize::from(code)].id.clone(),
            Some(Value::Flag(flag)) => u8::from(flag).to_string(),
            Some(Value::Set(members)) => format!("|{}|", members.join("|")),
            Some(other) => other.written(),
        });
        if field.value == ValueType::Time {
            cells.push(time.map_or(String::new(), |time| u8::from(!time.is_precise()).to_string()));
        }
    }
    cells
}

fn write_row(file: &mut impl Write, cells: &[String]) -> io::Result<()> {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            file.write_all(b",")?;
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            write!(file, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            file.write_all(cell.as_bytes())?;
        }
    }
    file.write_all(b"\n")
}

/// The calendar as a table: see `duty::print_sql`.
///
/// # Errors
/// What the writer says.
pub fn export_calendar(calendar: &Calendar, file: &mut impl Write) -> io::Result<()> {
    writeln!(file, "day,month_no,dom,month_days,off,workdays,rolled")?;
    for code in 1..=u16::MAX {
        let day = Day::from_code(code).expect("codes from 1 on are days");
        let (year, month, dom) = day.ymd();
        let month_no = year * 12 + month as i32;
        let next = Day::from_ymd(year, month, 1).map_or(day, |first| first.plus_months(1));
        let month_days = next.since(Day::from_ymd(year, month, 1).unwrap_or(Day::MIN));
        writeln!(
            file,
            "{code},{month_no},{dom},{month_days},{},{},{}",
            u8::from(calendar.is_off(day)),
            calendar.workdays_upto(day),
            calendar.workday_from(day).code()
        )?;
    }
    Ok(())
}
