//! `report.toml` to a definition: every fault with its file and line, none stops the rest.

use super::definition::{Definition, PAGE};
use crate::duty::{Pack, PackSource, Rulebook};
use crate::msg;
use crate::schema::condition::{Expr, Parser};
use crate::schema::source::{Section, Source, nearest};
use crate::schema::{Fault, FieldId, Kind, KindId};
use crate::words::Label;

/// What says which records a report has.
const REPORT: &str = "report.toml";
/// The models a report can ask for.
const MODELS: [&str; 1] = ["records"];

/// The reports of all packs, in order of id. A faulty one is left out, and its faults returned.
pub fn load(packs: &[PackSource], book: &Rulebook) -> (Vec<Definition>, Vec<Fault>) {
    let (mut found, mut faults): (Vec<Definition>, Vec<Fault>) = (Vec::new(), Vec::new());
    for source in packs {
        let Some(pack) = book.packs().iter().find(|pack| pack.digest == source.digest()) else { continue };
        for (folder, files) in source.reports() {
            let Some((_, text)) = files.iter().find(|(name, _)| *name == REPORT) else {
                faults.push(missing(&folder, REPORT));
                continue;
            };
            let name = format!("{folder}/{REPORT}");
            let source = Source::new(&name, text);
            let definition = Reading { book, pack, source: &source }.definition(&found);
            faults.extend(source.into_faults());
            if !files.iter().any(|(name, _)| *name == PAGE) {
                faults.push(missing(&folder, PAGE));
                continue;
            }
            let beside = files.iter().filter(|(name, _)| *name != REPORT);
            let files = beside.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            found.extend(definition.map(|definition| Definition { folder, files, ..definition }));
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    (found, faults)
}

fn missing(folder: &str, file: &str) -> Fault {
    let message = msg!("report-file-missing", file = file);
    Fault { file: format!("{folder}/{file}"), line: 1, warning: false, message }
}

/// One `report.toml` while it is read.
struct Reading<'r, 'a> {
    book: &'r Rulebook,
    pack: &'r Pack,
    source: &'r Source<'a>,
}

impl Reading<'_, '_> {
    /// The report, if nothing is wrong with it.
    fn definition(&self, before: &[Definition]) -> Option<Definition> {
        let table = self.source.table();
        let section = Section::new(self.source, table.get_ref(), 0..0);
        let id = section.required_text("id").unwrap_or_default();
        if !id.is_empty() && !id.starts_with(&format!("{}.", self.pack.id)) {
            self.source.fault(section.place("id"), msg!("report-id-prefix", report = id, pack = &self.pack.id));
        }
        if before.iter().any(|known| known.id == id) {
            self.source.fault(section.place("id"), msg!("report-twice", report = id));
        }
        let zh = section.required_text("title").unwrap_or_default().to_owned();
        let en = section.text("title_en").unwrap_or_default().to_owned();
        self.model(&section);
        let kind = self.kind(&section);
        let fields = kind.map(|(_, kind)| self.fields(&section, kind));
        let period = kind.and_then(|(_, kind)| self.period(&section, kind));
        let condition = |key| kind.and_then(|(id, _)| self.condition(&section, key, id));
        let (only, carried) = (condition("where"), condition("carried"));
        let duties = kind.map(|(id, kind)| self.duties(&section, id, kind));
        // Without a kind nothing more can be said of them.
        for key in ["fields", "period", "where", "carried", "duties"] {
            section.has(key);
        }
        section.finish();
        if self.source.count() > 0 {
            return None;
        }
        Some(Definition {
            id: id.to_owned(),
            title: Label { zh, en },
            pack: self.pack.id.clone(),
            pack_label: self.pack.label.clone(),
            pack_version: self.pack.version,
            kind: kind?.0,
            fields: fields?,
            period: period?,
            only,
            carried,
            duties: duties?,
            folder: String::new(),
            files: Vec::new(),
        })
    }

    fn model(&self, section: &Section<'_, '_>) {
        if let Some(model) = section.required_text("model").filter(|model| !MODELS.contains(model)) {
            let message = msg!("pack-choice", key = "model", value = model, known = MODELS.join(", "));
            self.source.fault(section.place("model"), message);
        }
    }

    fn kind(&self, section: &Section<'_, '_>) -> Option<(KindId, &Kind)> {
        let schema = self.book.schema();
        let name = section.required_text("kind")?;
        let kind = schema.kind_named(name);
        if kind.is_none() {
            self.source.fault(section.place("kind"), msg!("pack-kind-unknown", name = name));
        }
        kind.map(|id| (id, schema.kind(id)))
    }

    /// Those named, or all.
    fn fields(&self, section: &Section<'_, '_>, kind: &Kind) -> Vec<FieldId> {
        if !section.has("fields") {
            return kind.field_ids().map(|(id, _)| id).collect();
        }
        let named = section.spanned_texts("fields");
        if named.is_empty() {
            self.source.fault(section.place("fields"), msg!("report-no-fields"));
        }
        named.into_iter().filter_map(|(name, at)| self.field(kind, name, at)).collect()
    }

    fn period(&self, section: &Section<'_, '_>, kind: &Kind) -> Option<FieldId> {
        let name = section.required_text("period")?;
        let field = self.field(kind, name, section.place("period"))?;
        if !kind.field(field).value.is_when() {
            self.source.fault(section.place("period"), msg!("pack-event-unknown", name = name, kind = &kind.id));
        }
        Some(field)
    }

    /// What a record of the kind must be like.
    fn condition(&self, section: &Section<'_, '_>, key: &'static str, kind: KindId) -> Option<Expr> {
        let text = section.text(key)?;
        let read = Parser::new(self.book.schema(), kind).condition(text);
        read.map_err(|message| self.source.fault(section.place(key), *message)).ok()
    }

    fn field(&self, kind: &Kind, name: &str, at: std::ops::Range<usize>) -> Option<FieldId> {
        let field = kind.field_named(name);
        if field.is_none() {
            let near = nearest(name, kind.fields.iter().map(|field| field.id.as_str()));
            self.source.fault(
                at,
                match near {
                    Some(near) => msg!("condition-name-unknown-near", name = name, kind = &kind.id, near = near),
                    None => msg!("condition-name-unknown", name = name, kind = &kind.id),
                },
            );
        }
        field
    }

    /// Those named, or all of the pack's own on that kind.
    fn duties(&self, section: &Section<'_, '_>, id: KindId, kind: &Kind) -> Vec<String> {
        if !section.has("duties") {
            let own = self.book.duties().iter().filter(|duty| duty.pack == self.pack.id && duty.on() == id);
            return own.map(|duty| duty.id.clone()).collect();
        }
        let mut duties = Vec::new();
        for (name, at) in section.spanned_texts("duties") {
            match self.book.duty(name) {
                Some(duty) if duty.on() == id => duties.push(name.to_owned()),
                Some(_) => self.source.fault(at, msg!("report-duty-kind", duty = name, kind = &kind.label)),
                None => self.source.fault(
                    at,
                    match self.book.nearest_id(name) {
                        Some(near) => msg!("no-duty-near", id = name, near = near),
                        None => msg!("no-duty", id = name),
                    },
                ),
            }
        }
        duties
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACK: &str = "id = 'ours'\nzh = '本院'\n";

    fn faults(report: &str, page: bool) -> Vec<(usize, String)> {
        let mut files = vec![
            ("ours/specialist.toml".to_owned(), PACK.to_owned()),
            ("ours/reports/all/report.toml".to_owned(), report.to_owned()),
        ];
        if page {
            files.push(("ours/reports/all/page.html.j2".to_owned(), String::new()));
        }
        let packs = [PackSource { files }];
        let (book, none) = Rulebook::load(&packs);
        assert!(none.is_empty(), "{none:?}");
        let (found, faults) = load(&packs, &book);
        assert_eq!(found.is_empty(), !faults.is_empty());
        faults.into_iter().map(|fault| (fault.line, fault.message.id.into_owned())).collect()
    }

    #[test]
    fn every_fault_of_a_report_has_its_line() {
        let sound = "id = 'ours.all'\ntitle = '全部'\nmodel = 'records'\nkind = 'case'\nperiod = 'filed_at'\n";
        assert_eq!(faults(sound, true), []);
        let cases = [
            (sound.replace("ours.all", "all"), (1, "report-id-prefix")),
            (sound.replace("records", "sums"), (3, "pack-choice")),
            (sound.replace("'case'", "'csae'"), (4, "pack-kind-unknown")),
            (sound.replace("'filed_at'", "'filed_to'"), (5, "condition-name-unknown-near")),
            (sound.replace("'filed_at'", "'case_no'"), (5, "pack-event-unknown")),
            (format!("{sound}fields = ['filed_at',\n'colour_of_the_hat']\n"), (7, "condition-name-unknown")),
            (format!("{sound}fields = []\n"), (6, "report-no-fields")),
            (format!("{sound}duties = ['ours.nothing']\n"), (6, "no-duty")),
            (format!("{sound}where = 'state = 3'\n"), (6, "condition-types-differ")),
            (format!("{sound}carried = 'open'\n"), (6, "condition-name-unknown")),
            (format!("{sound}titel = 'x'\n"), (6, "pack-key-unknown-near")),
        ];
        for (text, (line, id)) in cases {
            assert_eq!(faults(&text, true), [(line, id.to_owned())], "{text}");
        }
        assert_eq!(faults(sound, false), [(1, "report-file-missing".to_owned())]);
    }
}
