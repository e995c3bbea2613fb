//! Tables that line up although Chinese characters are two columns wide.

use std::io::{self, Write};

use super::console::shown;

use unicode_width::UnicodeWidthStr;

/// A table being filled.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    right: Vec<usize>,
    indent: usize,
    omit_empty: bool,
}

impl Table {
    /// A table with headings.
    pub(super) fn with_head(head: impl IntoIterator<Item = String>) -> Table {
        Table { rows: vec![head.into_iter().collect()], ..Table::default() }
    }

    /// Columns, from 0, whose cells stand at the right: numbers.
    pub(super) fn right(mut self, columns: impl IntoIterator<Item = usize>) -> Table {
        self.right.extend(columns);
        self
    }

    /// Blanks before every row.
    pub(super) const fn indented(mut self, blanks: usize) -> Table {
        self.indent = blanks;
        self
    }

    /// Leaves out columns in which no row has anything.
    pub(super) const fn without_empty(mut self) -> Table {
        self.omit_empty = true;
        self
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().map(|cell| shown(&cell).replace(['\n', '\t'], " ")).collect());
    }

    pub(super) fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|c| c.width()).max();
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        let is_empty = |column: usize| self.rows.iter().skip(1).all(|row| row.get(column).is_none_or(String::is_empty));
        let left_out: Vec<bool> = (0..columns).map(|column| self.omit_empty && is_empty(column)).collect();
        for row in &self.rows {
            let mut line = " ".repeat(self.indent);
            for (column, cell) in row.iter().enumerate().filter(|(column, _)| !left_out[*column]) {
                let blanks = " ".repeat(widths[column] - cell.width());
                match self.right.contains(&column) {
                    true => line += &format!("{blanks}{cell}"),
                    false => line += &format!("{cell}{blanks}"),
                }
                line += "  ";
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_script() {
        let mut table = Table::with_head(["职责".to_owned(), "n".to_owned(), "x".to_owned()]).right([1]).indented(1);
        table.row(["ab".to_owned(), "10".to_owned(), "y".to_owned()]);
        let mut out = Vec::new();
        table.print(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), " 职责   n  x\n ab    10  y\n");
    }

    #[test]
    fn a_column_without_anything_is_left_out_where_that_is_wanted() {
        let mut table = Table::with_head(["a", "b", "c"].map(str::to_owned)).without_empty();
        table.row(["1", "", "3"].map(str::to_owned));
        let mut out = Vec::new();
        table.print(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a  c\n1  3\n");
    }
}
