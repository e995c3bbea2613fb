//! All packs together: the schema they make and the duties in force, with every override applied.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::definition::{CalendarChoice, Duty, Form, Origin, Parameter, Version};
use super::draft::{self, At, DutyDraft, ExampleDraft};
use super::resolve::Resolver;
use crate::limits;
use crate::msg;
use crate::schema::source::{Fault, Section, Source, nearest};
use crate::schema::{Schema, SchemaLoader};
use crate::words::Label;

/// A pack as texts: a manifest and any number of duty files, or one file that holds all; and its reports, each in a
/// folder of its own under `reports` beside the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackSource {
    /// Each file's name, as faults will give it, and its text, the manifest first. It is the one that has an `id`.
    pub files: Vec<(String, String)>,
}

impl PackSource {
    /// The files that hold rules: all but those of reports.
    fn rules(&self) -> impl Iterator<Item = &(String, String)> {
        self.files.iter().filter(|(name, _)| self.below_reports(name).is_none())
    }

    /// The files of each report, by name within its folder; the folder as the files are named.
    pub(crate) fn reports(&self) -> BTreeMap<String, Vec<(&str, &str)>> {
        let mut reports: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
        for (name, text) in &self.files {
            if let Some((_, file)) = self.below_reports(name).and_then(|rest| rest.split_once('/')) {
                let folder = name[..name.len() - file.len() - 1].to_owned();
                reports.entry(folder).or_default().push((file, text));
            }
        }
        reports
    }

    /// A name within the folder `reports` beside the manifest, which is the first file.
    fn below_reports<'n>(&self, name: &'n str) -> Option<&'n str> {
        let manifest = self.files.first()?.0.as_str();
        let root = manifest.rsplit_once('/').map_or(0, |(root, _)| root.len() + 1);
        name.strip_prefix(&manifest[..root])?.strip_prefix("reports/")
    }

    /// A digest of the rules, whatever their files are called. How a report looks is no rule.
    pub(crate) fn digest(&self) -> String {
        let mut texts: Vec<&str> = self.rules().map(|(_, text)| text.as_str()).collect();
        texts.sort_unstable();
        let mut hasher = Sha256::new();
        for text in texts {
            hasher.update((text.len() as u64).to_le_bytes());
            hasher.update(text);
        }
        hex(&hasher.finalize()[..16])
    }
}

/// What a pack says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Its id.
    pub id: String,
    /// Its name: 执行质效专员.
    pub label: Label,
    /// Its version number.
    pub version: i64,
    /// The pack whose duties it changes.
    pub extends: Option<String>,
    /// Digest of its files.
    pub digest: String,
}

/// Schema and duties, as all packs together make them.
#[derive(Clone, Debug)]
pub struct Rulebook {
    schema: Schema,
    packs: Vec<Pack>,
    duties: Vec<Duty>,
    examples: Vec<(String, At<ExampleDraft>)>,
}

/// A pack while it is read.
struct Reading {
    pack: Pack,
    calendar: CalendarChoice,
    duties: Vec<DutyDraft>,
}

impl Rulebook {
    /// Reads packs in order: an override after what it extends. A faulty duty is left out; the rest is carried out.
    pub fn load(packs: &[PackSource]) -> (Rulebook, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut loader = SchemaLoader::new(Schema::built_in());
        let readings = read(packs, &mut loader, &mut faults);
        let schema = loader.finish();
        let mut book = Rulebook { schema, packs: Vec::new(), duties: Vec::new(), examples: Vec::new() };
        let mut drafts: BTreeMap<String, DutyDraft> = BTreeMap::new();
        for reading in readings {
            book.add(reading, &mut drafts, &mut faults);
        }
        book.duties.sort_by(|a, b| a.id.cmp(&b.id));
        (book, faults)
    }

    /// Kinds, fields and roll-ups.
    pub const fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The packs, in order of reading.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The duties, in order of id.
    pub fn duties(&self) -> &[Duty] {
        &self.duties
    }

    /// The duty of that id.
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.duties.binary_search_by(|duty| duty.id.as_str().cmp(id)).ok().map(|index| &self.duties[index])
    }

    /// What is wrong where an item of a requirement does not hold, by the ids that a finding's `reason` gives.
    pub fn item(&self, duty: &str, item: &str) -> Option<&Label> {
        self.duty(duty)?.versions.iter().rev().find_map(|version| match &version.form {
            Form::Requirement(form) => form.items.iter().find(|known| known.id == item).map(|known| &known.says),
            Form::Native(form) => form.reasons.iter().find(|known| known.id == item).map(|known| &known.says),
            Form::Deadline(_) => None,
        })
    }

    /// The id nearest to one that does not exist.
    pub fn nearest_id(&self, id: &str) -> Option<&str> {
        nearest(id, self.duties.iter().map(|duty| duty.id.as_str()))
    }

    /// Keeps only the duties for which `keep` says so.
    #[must_use]
    pub fn retain(mut self, keep: impl Fn(&str) -> bool) -> Rulebook {
        self.duties.retain(|duty| keep(&duty.id));
        self
    }

    /// The examples of all duties, each with its duty's id.
    pub(super) fn examples(&self) -> &[(String, At<ExampleDraft>)] {
        &self.examples
    }

    /// Names the content of all packs together.
    pub fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        for pack in &self.packs {
            hasher.update(&pack.digest);
        }
        hex(&hasher.finalize()[..16])
    }

    fn add(&mut self, reading: Reading, drafts: &mut BTreeMap<String, DutyDraft>, faults: &mut Vec<Fault>) {
        let Reading { pack, calendar, duties } = reading;
        let extended = pack.extends.clone();
        for mut draft in duties {
            let id = draft.id.value.clone();
            for example in std::mem::take(&mut draft.examples) {
                self.examples.push((id.clone(), example));
            }
            let known = drafts.get(&id).cloned();
            match (&extended, known) {
                (None, Some(_)) => faults.push(draft.id.fault(msg!("duty-twice", duty = &id))),
                (None, None) if self.duties.len() >= limits::MOST_DUTIES => {
                    faults.push(draft.id.fault(msg!("pack-too-many", what = "duty", most = limits::MOST_DUTIES)));
                    break;
                }
                (None, None) => {
                    if !id.starts_with(&format!("{}.", pack.id)) {
                        faults.push(draft.id.fault(msg!("duty-id-prefix", duty = &id, pack = &pack.id)));
                    }
                    let mut resolver =
                        Resolver { schema: &self.schema, pack: &pack.id, overriding: false, calendar, faults };
                    if let Some(version) = resolver.version(&draft, BTreeMap::new()) {
                        self.duties.push(Duty { id: id.clone(), pack: pack.id.clone(), versions: vec![version] });
                    }
                    drafts.insert(id, draft);
                }
                (Some(_), Some(before)) => self.change(&pack, before, draft, drafts, faults),
                (Some(extended), None) => {
                    let message = match nearest(&id, drafts.keys().map(String::as_str)) {
                        Some(near) => msg!("duty-unknown-near", duty = &id, near = near),
                        None => msg!("duty-not-in-pack", duty = &id, pack = extended),
                    };
                    faults.push(draft.id.fault(message));
                }
            }
        }
        self.packs.push(pack);
    }

    /// Applies an override: what it names is changed, from its day of effect on or for good.
    fn change(
        &mut self,
        pack: &Pack,
        before: DutyDraft,
        change: DutyDraft,
        drafts: &mut BTreeMap<String, DutyDraft>,
        faults: &mut Vec<Fault>,
    ) {
        let Some(duty) = self.duties.iter_mut().find(|duty| duty.id == change.id.value) else { return };
        let latest = duty.latest();
        if duty.versions.len() >= limits::MOST_VERSIONS {
            faults.push(change.id.fault(msg!("pack-too-many", what = "version", most = limits::MOST_VERSIONS)));
            return;
        }
        if let Some(on) = change.on.as_ref().filter(|on| on.value != self.schema.kind(latest.on).id) {
            faults.push(on.fault(msg!("duty-on-changed", duty = &duty.id)));
            return;
        }
        let (calendar, mut origins) = (latest.calendar, latest.origins.clone());
        for parameter in change.parameters() {
            origins.remove(&parameter);
        }
        let from = change.in_force.clone();
        let id = change.id.clone();
        let merged = before.changed_by(change);
        let mut resolver = Resolver { schema: &self.schema, pack: &pack.id, overriding: true, calendar, faults };
        let Some(version) = resolver.version(&merged, origins) else { return };
        match from {
            Some(day) if day.value <= duty.latest().in_force => {
                faults.push(id.fault(msg!("duty-version-order", duty = &duty.id, day = duty.latest().in_force)));
                return;
            }
            Some(_) => duty.versions.push(version),
            None => {
                let in_force = duty.latest().in_force;
                *duty.versions.last_mut().expect("a duty has a version") = Version { in_force, ..version };
            }
        }
        drafts.insert(merged.id.value.clone(), merged);
    }
}

impl DutyDraft {
    /// This draft with everything that `change` writes in its place.
    fn changed_by(self, change: DutyDraft) -> DutyDraft {
        let or = |new: Vec<_>, old: Vec<_>| if new.is_empty() { old } else { new };
        let within = if change.within.is_empty() { self.within } else { change.within };
        let must = if change.must.is_empty() { self.must } else { change.must };
        let reasons = if change.reasons.is_empty() { self.reasons } else { change.reasons };
        let tolled_by = if change.tolled_by.is_empty() { self.tolled_by } else { change.tolled_by };
        let extended_by = if change.extended_by.is_empty() { self.extended_by } else { change.extended_by };
        DutyDraft {
            id: change.id,
            clause: change.clause.or(self.clause),
            title: change.title.or(self.title),
            title_en: change.title_en.or(self.title_en),
            quote: change.quote.or(self.quote),
            note: change.note.or(self.note),
            note_en: change.note_en.or(self.note_en),
            on: change.on.or(self.on),
            when: change.when.or(self.when),
            starts: change.starts.or(self.starts),
            done: or(change.done, self.done),
            within,
            warn: change.warn.or(self.warn),
            tolled_by,
            extended_by,
            must,
            check: change.check.or(self.check),
            columns: or(change.columns, self.columns),
            reasons,
            remind: change.remind.or(self.remind),
            report: change.report.or(self.report),
            in_force: change.in_force.or(self.in_force),
            recurring: change.recurring.or(self.recurring),
            off: change.off.or(self.off),
            origin: change.origin,
            examples: Vec::new(),
        }
    }
}

/// Reads all texts: kinds of every pack first, then roll-ups, then duties.
fn read(packs: &[PackSource], loader: &mut SchemaLoader, faults: &mut Vec<Fault>) -> Vec<Reading> {
    let sources: Vec<Vec<Source<'_>>> =
        packs.iter().map(|pack| pack.rules().map(|(name, text)| Source::new(name, text)).collect()).collect();
    let tables: Vec<Vec<_>> = sources.iter().map(|files| files.iter().map(Source::table).collect()).collect();
    let roots: Vec<Vec<Section<'_, '_>>> = sources
        .iter()
        .zip(&tables)
        .map(|(files, tables)| files.iter().zip(tables).map(|(s, t)| Section::new(s, t.get_ref(), 0..0)).collect())
        .collect();
    roots.iter().flatten().for_each(|root| loader.kind_sections(root));
    roots.iter().flatten().for_each(|root| loader.code_sections(root));
    roots.iter().flatten().for_each(|root| loader.rollup_sections(root));
    let mut readings: Vec<Reading> = Vec::with_capacity(packs.len());
    for (pack, roots) in packs.iter().zip(roots) {
        readings.extend(reading(pack, roots, &readings));
    }
    drop(tables);
    faults.extend(sources.into_iter().flatten().flat_map(Source::into_faults));
    readings
}

fn reading(pack: &PackSource, roots: Vec<Section<'_, '_>>, before: &[Reading]) -> Option<Reading> {
    let manifest = roots.iter().find(|root| root.has("id")).or(roots.first())?;
    let source = manifest.source;
    let id = manifest.required_text("id").unwrap_or_default().to_owned();
    let version = manifest.number("version").unwrap_or(1);
    let extends = manifest.text("extends").map(str::to_owned);
    // What only changes another pack's duties need have no name.
    let named = extends.is_none() || manifest.has("zh");
    let label = if named { manifest.label() } else { Label { zh: id.clone(), en: id.clone() } };
    manifest.spanned_texts("posts");
    // What it says of native code is the host's to read.
    manifest.has("native");
    let calendar = match manifest.text("calendar") {
        None | Some("court") => CalendarChoice::Court,
        Some("none") => CalendarChoice::EveryDay,
        Some(other) => {
            let message = msg!("pack-choice", key = "calendar", value = other, known = "court, none");
            source.fault(manifest.place("calendar"), message);
            CalendarChoice::Court
        }
    };
    if let Some(extended) = extends.as_deref().filter(|extended| !before.iter().any(|r| r.pack.id == **extended)) {
        source.fault(manifest.place("extends"), msg!("pack-extends-unknown", pack = extended));
    }
    if extends.is_none() && before.iter().any(|reading| reading.pack.id == id) {
        source.fault(manifest.place("id"), msg!("pack-twice", pack = &id));
    }
    let duties = roots.iter().flat_map(draft::duties).collect();
    let digest = pack.digest();
    roots.into_iter().for_each(Section::finish);
    if id.is_empty() {
        return None;
    }
    Some(Reading { pack: Pack { id, label, version, extends, digest }, calendar, duties })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where the parameters of a version come from, in the order of [`Parameter::ALL`].
impl Version {
    /// The origin of a parameter, if the version has it.
    pub fn origin(&self, parameter: Parameter) -> Option<&Origin> {
        self.origins.get(&parameter)
    }
}
