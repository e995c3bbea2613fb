//! All specialists of a court: those linked in, and those in the folder `plugins/` of its store. One registration for
//! both; who may not be in is refused by name, and the rest goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use duban_abi::{REPORT_DATA, REVIEW};
use duban_core::calendar::Calendar;
use duban_core::duty::{CheckFault, NativeBatch, NativeChecks, NativeFinding, PackSource, Rulebook};
use duban_core::msg;
use duban_core::words::Message;

use crate::batch::{CalendarTables, LentBatch};
use crate::child::{Confinement, Program};
use crate::folder::read_pack;
use crate::library::Table;
use crate::linked;
use crate::manifest::{Isolation, MANIFEST, Manifest, Native};
use crate::quarantine::Loading;
use crate::running::Running;
use crate::sealed::Sealed;
use crate::trust::{self, Distrust};

/// A plugin that the court allowed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allowed {
    /// Its id.
    pub id: String,
    /// The digest of its files.
    pub digest: String,
    /// The public key of whoever signed it.
    pub key: String,
}

/// How specialists are gathered.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The tables of those that are linked in: [`linked`](crate::linked()), as a rule.
    pub linked: Vec<Table>,
    /// Whether native code is loaded at all: to look after a store needs none.
    pub code: bool,
    /// Native code that was not allowed is loaded all the same: for whoever writes a plugin.
    pub dev: bool,
    /// What the court allowed.
    pub allowed: Vec<Allowed>,
    /// The program that becomes a child.
    pub program: Program,
    /// How many calls a child answers at once.
    pub slots: usize,
}

/// A specialist and what became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Its id, or the name of its folder where it has none.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// Its folder; none for one that is linked in.
    pub folder: Option<PathBuf>,
    /// Digest of its files, where it has a folder.
    pub digest: String,
    /// What became of it.
    pub state: State,
}

/// See [`Listed`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// Texts alone.
    Texts,
    /// Native code, in this process.
    Here,
    /// Native code in a process of its own, and what is in force around it.
    Apart(Confinement),
    /// Refused, for this reason.
    Refused(Message),
}

/// The specialists in use.
#[derive(Debug, Default)]
pub struct Specialists {
    packs: Vec<PackSource>,
    listed: Vec<Listed>,
    running: BTreeMap<String, Arc<Running>>,
    tables: Mutex<Option<Arc<CalendarTables>>>,
}

/// Most specialists of a court.
const MOST_PLUGINS: usize = 200;

impl Specialists {
    /// Those linked in, then those in `<store>/plugins/`, in order of name.
    pub fn gather(store: Option<&Path>, settings: &Settings) -> Specialists {
        Specialists::default().renewed(store, settings)
    }

    /// Gathers anew, for a program that goes on: what is as it was keeps running, what is new or changed is loaded beside
    /// it. These stay as they are for whoever still scans with them, and end when nobody does.
    #[must_use]
    pub fn renewed(&self, store: Option<&Path>, settings: &Settings) -> Specialists {
        let mut all = Specialists::default();
        for table in &settings.linked {
            all.add_linked(*table, self);
        }
        all.packs.push(linked::system());
        if let Some(store) = store {
            for folder in folders(&store.join("plugins")) {
                all.add_folder(&folder, settings, self);
            }
        }
        all
    }

    /// The packs of all that are in use, in order.
    pub fn packs(&self) -> &[PackSource] {
        &self.packs
    }

    /// All, with what became of them.
    pub fn listed(&self) -> &[Listed] {
        &self.listed
    }

    /// Those that were refused, and why.
    pub fn refused(&self) -> impl Iterator<Item = (&Listed, &Message)> {
        self.listed.iter().filter_map(|listed| match &listed.state {
            State::Refused(why) => Some((listed, why)),
            _ => None,
        })
    }

    /// A native plugin in use.
    pub fn running(&self, id: &str) -> Option<&Running> {
        self.running.get(id).map(Arc::as_ref)
    }

    /// What a specialist's own code adds to a report; none where it has no `duban.report-data/1`,
    /// or nothing for a report of that name.
    ///
    /// # Errors
    /// Why its code could not say.
    pub fn report_data(&self, id: &str, report: &str, request: &str) -> Result<Option<String>, Message> {
        let answers = |running: &&Arc<Running>| running.extensions().iter().any(|known| known == REPORT_DATA);
        let Some(running) = self.running.get(id).filter(answers) else { return Ok(None) };
        running.report_data(report, request).map_err(|why| why.message())
    }

    /// What the specialists' own code says of a case, by specialist, in order of id: those that have `duban.review/1` and
    /// know a review of that name. `record`: as the header says.
    pub fn reviews(&self, name: &str, record: &str) -> Vec<(String, Result<String, Message>)> {
        let knows = |running: &&Arc<Running>| running.extensions().iter().any(|known| known == REVIEW);
        let asked = self.running.iter().filter(|(_, running)| knows(running)).filter_map(|(id, running)| {
            let answer = running.review(name, record).map_err(|why| why.message()).transpose()?;
            Some((id.clone(), answer))
        });
        asked.collect()
    }

    /// Begins a run: plugins that failed in the last one get another chance.
    pub fn begin(&self) {
        self.running.values().for_each(|running| running.begin());
    }

    /// Plugins that are off since the run began, and why.
    pub fn faults(&self) -> Vec<(String, Message)> {
        let faulty = self.running.iter().filter_map(|(id, running)| Some((id.clone(), running.fault()?.message())));
        faulty.collect()
    }

    fn add_linked(&mut self, table: Table, before: &Specialists) {
        let id = table.id().unwrap_or_default().to_owned();
        let texts = PackSource { files: table.files().unwrap_or_default() };
        let running = match before.still(&id, None).map_or_else(|| Running::linked(&id, table).map(Arc::new), Ok) {
            Ok(running) => running,
            Err(why) => return self.refuse(&id, None, String::new(), why.message()),
        };
        let native = !running.extensions().is_empty();
        self.packs.push(texts);
        self.running.insert(id.clone(), running);
        let state = if native { State::Here } else { State::Texts };
        self.listed.push(Listed { id, version: 1, folder: None, digest: String::new(), state });
    }

    fn add_folder(&mut self, folder: &Path, settings: &Settings, before: &Specialists) {
        let name = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let manifest = match Manifest::read(folder) {
            Ok(manifest) => manifest,
            Err(why) => return self.refuse(&name, Some(folder), String::new(), why),
        };
        if self.listed.iter().any(|listed| listed.id == manifest.id && !matches!(listed.state, State::Refused(_))) {
            return self.refuse(&manifest.id, Some(folder), String::new(), msg!("plugin-id-taken", id = &manifest.id));
        }
        let files = match trust::digests(folder) {
            Ok(files) => files,
            Err(why) => return self.refuse(&manifest.id, Some(folder), String::new(), why.message()),
        };
        let digest = trust::digest_of(&files);
        let found = Found { folder, manifest: &manifest, files: &files, digest: &digest };
        match self.admit(&found, settings, before) {
            Ok((pack, running)) => {
                let state = match (&manifest.native, &running) {
                    (Some(Native { isolation: Isolation::Child, .. }), Some(running)) => {
                        State::Apart(running.confinement())
                    }
                    (Some(_), Some(_)) => State::Here,
                    _ => State::Texts,
                };
                self.packs.push(pack);
                self.running.extend(running.map(|running| (manifest.id.clone(), running)));
                let (id, version, folder) = (manifest.id, manifest.version, Some(folder.to_owned()));
                self.listed.push(Listed { id, version, folder, digest, state });
            }
            Err(why) => self.refuse(&manifest.id, Some(folder), digest, why),
        }
    }

    /// Looks at a plugin's texts, then at whether its code is trusted, and only then opens it.
    fn admit(
        &self,
        found: &Found<'_>,
        settings: &Settings,
        before: &Specialists,
    ) -> Result<(PackSource, Option<Arc<Running>>), Message> {
        let Found { folder, manifest, .. } = *found;
        let pack = read_pack(folder).map_err(|error| error.message())?;
        found.is_still(&pack)?;
        self.fits(&pack)?;
        // What was allowed once stays what was allowed, also where its code was taken out.
        let known = settings.allowed.iter().any(|allowed| allowed.id == manifest.id);
        if !settings.dev && (known || manifest.native.is_some()) {
            found.is_trusted(&settings.allowed)?;
        }
        let Some(native) = manifest.native.as_ref().filter(|_| settings.code) else { return Ok((pack, None)) };
        if let Some(running) = before.still(&manifest.id, Some(found.digest)) {
            return Ok((pack, Some(running)));
        }
        let library = Arc::new(found.sealed(native)?);
        let loading = match native.isolation {
            Isolation::Child => None,
            Isolation::None => found.loading(&library)?,
        };
        let running = Running::start(&manifest.id, native, library, &settings.program, settings.slots);
        loading.into_iter().for_each(Loading::done);
        Ok((pack, Some(Arc::new(running.map_err(|why| why.message())?))))
    }

    /// The native code of a plugin that is in use, if its files are still these.
    fn still(&self, id: &str, digest: Option<&str>) -> Option<Arc<Running>> {
        let same = |listed: &&Listed| listed.id == id && !matches!(listed.state, State::Refused(_));
        let listed = self.listed.iter().find(same)?;
        let unchanged =
            listed.folder.is_none() == digest.is_none() && digest.is_none_or(|digest| listed.digest == digest);
        self.running.get(id).filter(|_| unchanged).cloned()
    }

    /// Whether a pack clashes with nothing that is in use already.
    fn fits(&self, pack: &PackSource) -> Result<(), Message> {
        let mut packs = self.packs.clone();
        packs.push(pack.clone());
        let own: BTreeSet<&str> = pack.files.iter().map(|(name, _)| name.as_str()).collect();
        let (_, faults) = Rulebook::load(&packs);
        let clash = faults.iter().find(|fault| {
            !fault.warning && own.contains(fault.file.as_str()) && CLASHES.contains(&fault.message.id.as_ref())
        });
        match clash {
            Some(fault) => {
                Err(msg!("plugin-clashes", file = &fault.file, line = fault.line as u64, why = fault.message.clone()))
            }
            None => Ok(()),
        }
    }

    fn refuse(&mut self, id: &str, folder: Option<&Path>, digest: String, why: Message) {
        let folder = folder.map(Path::to_owned);
        self.listed.push(Listed { id: id.to_owned(), version: 0, folder, digest, state: State::Refused(why) });
    }

    fn tables_of(&self, calendar: &Calendar) -> Arc<CalendarTables> {
        let mut kept = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.as_ref().filter(|tables| tables.version == calendar.version()) {
            Some(tables) => tables.clone(),
            None => kept.insert(Arc::new(CalendarTables::of(calendar))).clone(),
        }
    }
}

/// Faults by which a pack takes what is another's.
const CLASHES: [&str; 4] = ["pack-twice", "duty-twice", "duty-id-prefix", "pack-field-twice"];

/// A plugin's folder as it was found: whatever is read of it later must be what was found then.
#[derive(Clone, Copy)]
struct Found<'f> {
    folder: &'f Path,
    manifest: &'f Manifest,
    /// Its files with their digests, and the digest of all.
    files: &'f [(String, String)],
    digest: &'f str,
}

impl Found<'_> {
    /// Whether the court allowed it.
    fn is_trusted(&self, allowed: &[Allowed]) -> Result<(), Message> {
        let id = &self.manifest.id;
        let entry =
            allowed.iter().find(|allowed| allowed.id == *id).ok_or_else(|| msg!("plugin-not-allowed", id = id))?;
        let signed = trust::signature(self.folder).map_err(|why| why.message())?;
        signed.is_of(self.files).map_err(|why| why.message())?;
        if signed.key != entry.key {
            return Err(Distrust::OtherKey(signed.key).message());
        }
        match self.digest == entry.digest {
            true => Ok(()),
            false => Err(msg!("plugin-other-version", id = id)),
        }
    }

    /// Whether texts that were read are those that were found, the manifest among them.
    fn is_still(&self, pack: &PackSource) -> Result<(), Message> {
        for (path, text) in &pack.files {
            let name = Path::new(path).strip_prefix(self.folder).unwrap_or(Path::new(path));
            self.has(&name.to_string_lossy(), &trust::digest(text.as_bytes()))?;
            if name == Path::new(MANIFEST) && Manifest::parse(self.folder, text).as_ref() != Ok(self.manifest) {
                return Err(Distrust::Changed(vec![MANIFEST.to_owned()]).message());
            }
        }
        Ok(())
    }

    /// Its library, if it is the one that was found.
    fn sealed(&self, native: &Native) -> Result<Sealed, Message> {
        let sealed = Sealed::read(&native.library).map_err(|why| why.message())?;
        let name = native.library.file_name().unwrap_or_default();
        self.has(&name.to_string_lossy(), &sealed.digest)?;
        Ok(sealed)
    }

    fn has(&self, name: &str, digest: &str) -> Result<(), Message> {
        let same = self.files.iter().any(|(found, of)| found == name && of == digest);
        if same { Ok(()) } else { Err(Distrust::Changed(vec![name.to_owned()]).message()) }
    }

    /// Notes that the library is about to be opened in this process, unless it ended one before.
    fn loading(&self, library: &Sealed) -> Result<Option<Loading>, Message> {
        let id = &self.manifest.id;
        let plugins = self.folder.parent().unwrap_or(self.folder);
        match Loading::begin(plugins, id, &library.digest) {
            Ok(Some(loading)) => Ok(Some(loading)),
            Ok(None) => Err(msg!("plugin-quarantined", id = id)),
            // Where the store may only be read, nothing can be noted and nothing learnt.
            Err(why) if matches!(why.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => Ok(None),
            Err(why) if why.kind() == ErrorKind::ResourceBusy => Err(msg!("plugin-loading-elsewhere", id = id)),
            Err(why) => Err(msg!("plugin-not-noted", id = id, why = &why)),
        }
    }
}

fn folders(plugins: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(plugins).into_iter().flatten().flatten();
    let hidden = |entry: &fs::DirEntry| entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = entries.filter(|entry| !hidden(entry));
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders.truncate(MOST_PLUGINS);
    folders
}

impl NativeChecks for Specialists {
    fn check(
        &self,
        pack: &str,
        check: &str,
        batch: &NativeBatch<'_>,
        found: &mut Vec<NativeFinding>,
    ) -> Result<(), CheckFault> {
        let fault = |message| CheckFault { pack: pack.to_owned(), message };
        let Some(running) = self.running.get(pack) else { return Err(CheckFault::no_code(pack)) };
        let lent = LentBatch::new(batch, self.tables_of(batch.calendar));
        running.check(check, batch, &lent, found).map_err(|why| fault(why.message()))
    }

    fn is_off(&self, pack: &str) -> bool {
        self.running.get(pack).is_none_or(|running| running.fault().is_some())
    }
}
