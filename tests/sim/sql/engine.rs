//! SQLite as another engine: exported columns in, findings of printed duties out. Knows nothing of how duties are judged.

use std::path::Path;

use duban_core::duty::{Rulebook, print_sql};
use duban_core::model::{Due, Finding, Time};
use duban_core::schema::Schema;
use rusqlite::{Connection, params_from_iter, types::Value};

/// What a finding comes to in every engine: duty, key, level, the last day and the last second where it ends at one.
pub(crate) type Line = (String, String, String, Option<i64>, Option<i64>);

/// A database in memory.
pub(crate) struct Engine(Connection);

impl Engine {
    /// An empty one.
    pub(crate) fn new() -> Engine {
        let connection = Connection::open_in_memory().unwrap();
        // LIKE is letter for letter in the standard, and so in packs.
        connection.execute_batch("PRAGMA case_sensitive_like = 1").unwrap();
        Engine(connection)
    }

    /// Loads an exported calendar, in place of the one before.
    pub(crate) fn load_calendar(&mut self, file: &Path) {
        let columns: Vec<String> = reader(file).headers().unwrap().iter().map(|c| format!("\"{c}\" INTEGER")).collect();
        self.table(file, "calendar", &columns);
        let indexes = "CREATE UNIQUE INDEX by_day ON calendar(day); CREATE INDEX by_workdays ON calendar(workdays, off); \
                       CREATE INDEX by_month ON calendar(month_no, dom)";
        self.0.execute_batch(indexes).unwrap();
    }

    /// Loads the exported kinds, in place of those before.
    pub(crate) fn load(&mut self, folder: &Path, schema: &Schema) {
        for (_, kind) in schema.kinds() {
            let file = folder.join(format!("{}.csv", kind.id));
            let typed = |column: &str| {
                let text = kind.fields.iter().any(|field| {
                    use duban_core::model::ValueType;
                    field.id == column
                        && (field.value.is_text() || matches!(field.value, ValueType::Code | ValueType::Set))
                });
                format!("\"{column}\" {}", if text || column == "key" { "TEXT" } else { "INTEGER" })
            };
            let columns: Vec<String> = reader(&file).headers().unwrap().iter().map(typed).collect();
            self.table(&file, &kind.id, &columns);
        }
    }

    fn table(&mut self, file: &Path, name: &str, columns: &[String]) {
        let statements = format!("DROP TABLE IF EXISTS \"{name}\"; CREATE TABLE \"{name}\" ({})", columns.join(", "));
        self.0.execute_batch(&statements).unwrap();
        let transaction = self.0.transaction().unwrap();
        let marks = vec!["?"; columns.len()].join(", ");
        {
            let mut insert = transaction.prepare(&format!("INSERT INTO \"{name}\" VALUES ({marks})")).unwrap();
            for row in reader(file).records() {
                let row = row.unwrap();
                let cells = row.iter().map(|cell| match cell {
                    "" => Value::Null,
                    text => Value::Text(text.to_owned()),
                });
                insert.execute(params_from_iter(cells)).unwrap();
            }
        }
        transaction.commit().unwrap();
    }

    /// The findings of every duty as of a time, in order; what is not printed as SQL is told to `refused`.
    pub(crate) fn findings(&self, book: &Rulebook, as_of: Time, refused: &mut dyn FnMut(&str, String)) -> Vec<Line> {
        let mut lines = Vec::new();
        for duty in book.duties() {
            let query = match print_sql(book.schema(), duty, as_of) {
                Ok(query) => query,
                Err(message) => {
                    refused(&duty.id, message.to_string());
                    continue;
                }
            };
            let mut statement = self.0.prepare(&query).unwrap_or_else(|error| panic!("{}: {error}\n{query}", duty.id));
            let rows =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)));
            lines.extend(rows.unwrap().map(|row| row.unwrap_or_else(|error| panic!("{}: {error}\n{query}", duty.id))));
        }
        lines.sort();
        lines
    }
}

/// Our own finding in the form of a line.
pub(crate) fn line(finding: &Finding) -> Line {
    let second = |time: Time| i64::from(time.day().code()) * 86_400 + i64::from(time.clock().unwrap_or(0));
    let (day, second) = match finding.due {
        None => (None, None),
        Some(Due::Day(day)) => (Some(i64::from(day.code())), None),
        Some(Due::Instant(time)) => (Some(i64::from(time.day().code())), Some(second(time))),
    };
    (finding.duty.clone(), finding.key.clone(), finding.level.name().to_owned(), day, second)
}

fn reader(file: &Path) -> csv::Reader<std::fs::File> {
    csv::Reader::from_path(file).unwrap()
}
