//! Whether a plugin's folder is what the court allowed: its digest, and a signature by a key the court holds.
//!
//! Everything here works offline. A key is a file of one line that says which of the two it is; the court keeps the private one where nobody
//! else reaches it, and the store keeps the public one of whoever signed what it allows.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use duban_core::msg;
use duban_core::words::Message;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::folder::{PackReadFault, read_text};

/// The signature's name within a plugin's folder; not part of what is signed.
pub const SIGNATURE: &str = "plugin.sig";
/// What is put before the digest when it is signed, so that a signature means this and nothing else.
const PURPOSE: &str = "duban plugin 1\n";
/// Most files of a plugin, and their size together.
const MOST_FILES: usize = 2_000;
const LARGEST_PLUGIN_BYTES: u64 = 512 << 20;

/// Why a plugin is not trusted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Distrust {
    /// A file could not be read.
    Unreadable(String, String),
    /// It has more files, or larger ones, than any plugin.
    TooLarge,
    /// It holds something that is neither a file nor a folder.
    Strange(String),
    /// It is not signed.
    Unsigned,
    /// Its signature cannot be read.
    Malformed,
    /// It was changed after it was signed.
    Changed(Vec<String>),
    /// The signature is not by the key it names.
    Forged,
    /// Another key signed it than the one that is expected.
    OtherKey(String),
}

impl Distrust {
    /// Why, as a sentence that says what to do.
    pub fn message(&self) -> Message {
        match self {
            Distrust::Unreadable(path, why) => msg!("plugin-unreadable", path = path, why = why),
            Distrust::TooLarge => msg!("plugin-too-large"),
            Distrust::Strange(path) => msg!("plugin-strange-file", path = path),
            Distrust::Unsigned => msg!("plugin-unsigned"),
            Distrust::Malformed => msg!("plugin-signature-malformed"),
            Distrust::Changed(files) => msg!("plugin-changed", files = files.join(", ")),
            Distrust::Forged => msg!("plugin-forged"),
            Distrust::OtherKey(key) => msg!("plugin-other-key", key = key),
        }
    }
}

/// What a signature file says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Signed {
    /// Each file and its SHA-256, in order of name.
    pub files: Vec<(String, String)>,
    /// The public key.
    pub key: String,
    /// The signature over the digest of `files`.
    pub signature: String,
}

/// The files of a folder with their SHA-256, in order of name; the signature left out.
///
/// # Errors
/// If a file cannot be read, or the folder holds more than a plugin may.
pub fn digests(folder: &Path) -> Result<Vec<(String, String)>, Distrust> {
    let mut found = Vec::new();
    let mut bytes = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).map_err(|error| unreadable(&next, &error))? {
            let entry = entry.map_err(|error| unreadable(&next, &error))?;
            let path = entry.path();
            let kind = entry.file_type().map_err(|error| unreadable(&path, &error))?;
            let shown = path.strip_prefix(folder).unwrap_or(&path);
            // Two names must never read the same.
            let name = match shown.to_str().filter(|name| !name.chars().any(char::is_control)) {
                Some(name) => name.to_owned(),
                None => return Err(Distrust::Strange(shown.to_string_lossy().into_owned())),
            };
            if kind.is_dir() {
                folders.push(path);
            } else if !kind.is_file() {
                return Err(Distrust::Strange(name));
            } else if name != SIGNATURE {
                bytes += entry.metadata().map_err(|error| unreadable(&path, &error))?.len();
                if found.len() >= MOST_FILES || bytes > LARGEST_PLUGIN_BYTES {
                    return Err(Distrust::TooLarge);
                }
                found.push((name, path));
            }
        }
    }
    found.sort();
    let digest = |(name, path): (String, PathBuf)| {
        let digest = file_digest(&path).map_err(|error| unreadable(&path, &error))?;
        Ok((name, digest))
    };
    found.into_iter().map(digest).collect()
}

/// One digest for all files of a plugin: what the allow list keeps.
pub fn digest_of(files: &[(String, String)]) -> String {
    let mut text = String::new();
    for (name, digest) in files {
        let _ = writeln!(text, "{} {name} {digest}", name.len());
    }
    digest(text.as_bytes())
}

/// Signs a plugin's folder: writes [`SIGNATURE`] into it.
///
/// # Errors
/// If the folder cannot be read or written.
pub fn sign(folder: &Path, key: &SigningKey) -> Result<Signed, Distrust> {
    let files = digests(folder)?;
    let signature = key.sign(&statement(&files));
    let signed = Signed { files, key: hex(key.verifying_key().as_bytes()), signature: hex(&signature.to_bytes()) };
    let path = folder.join(SIGNATURE);
    let text = serde_json::to_string_pretty(&signed).expect("a signature is plain data");
    fs::write(&path, text + "\n").map_err(|error| unreadable(&path, &error))?;
    Ok(signed)
}

/// Looks whether a folder is what was signed, and by which key. Returns its digest.
///
/// # Errors
/// If it is not signed, was changed, or the signature is not by the key it names.
pub fn verify(folder: &Path) -> Result<(String, Signed), Distrust> {
    let signed = signature(folder)?;
    let found = digests(folder)?;
    signed.is_of(&found)?;
    Ok((digest_of(&found), signed))
}

/// What a folder's signature file says; whether it is true is another matter.
///
/// # Errors
/// If there is none, or it cannot be read.
pub(crate) fn signature(folder: &Path) -> Result<Signed, Distrust> {
    let path = folder.join(SIGNATURE);
    let text = read_text(&path).map_err(|error| match error.why {
        PackReadFault::Io(error) if error.kind() == io::ErrorKind::NotFound => Distrust::Unsigned,
        PackReadFault::Io(error) => unreadable(&path, &error),
        PackReadFault::NoFile => Distrust::Strange(SIGNATURE.to_owned()),
        _ => Distrust::Malformed,
    })?;
    serde_json::from_str(&text).map_err(|_| Distrust::Malformed)
}

impl Signed {
    /// Looks whether these files are what was signed, by the key it names.
    ///
    /// # Errors
    /// If they were changed, or the signature is not by that key.
    pub(crate) fn is_of(&self, found: &[(String, String)]) -> Result<(), Distrust> {
        if found != self.files {
            return Err(Distrust::Changed(changed(&self.files, found)));
        }
        let key = public_key(&self.key).ok_or(Distrust::Malformed)?;
        let signature: [u8; 64] = unhex(&self.signature).and_then(|b| b.try_into().ok()).ok_or(Distrust::Malformed)?;
        key.verify_strict(&statement(found), &Signature::from_bytes(&signature)).map_err(|_| Distrust::Forged)
    }
}

/// Names of the files that differ.
fn changed(signed: &[(String, String)], found: &[(String, String)]) -> Vec<String> {
    let lacking = |of: &(String, String), list: &[(String, String)]| !list.contains(of);
    let mut names: Vec<String> =
        signed.iter().filter(|file| lacking(file, found)).map(|(name, _)| name.clone()).collect();
    names.extend(found.iter().filter(|file| lacking(file, signed)).map(|(name, _)| name.clone()));
    names.sort();
    names.dedup();
    names
}

fn statement(files: &[(String, String)]) -> Vec<u8> {
    [PURPOSE.as_bytes(), digest_of(files).as_bytes()].concat()
}

/// Makes a new key pair and writes it: `path`, readable by its owner alone, and `path.pub`. Returns the public key.
///
/// # Errors
/// If either exists already or cannot be written.
pub fn new_key(path: &Path) -> io::Result<String> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(io::Error::other)?;
    let key = SigningKey::from_bytes(&seed);
    let public = hex(key.verifying_key().as_bytes());
    let write = |path: &Path, mode, text: &str| -> io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        file.sync_all()
    };
    write(&public_path(path), 0o644, &format!("{PUBLIC}{public}\n"))?;
    write(path, 0o600, &format!("{PRIVATE}{}\n", hex(&seed)))?;
    Ok(public)
}

/// Where the public key of a private one lies.
pub fn public_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pub");
    name.into()
}

/// What a file that should hold a key holds.
#[derive(Debug)]
pub enum KeyFile {
    /// The key that signs.
    Private(Box<SigningKey>),
    /// The key by which signatures are verified, in hexadecimal.
    Public(String),
    /// No key.
    Neither,
}

/// What stands before a key in its file, so that one is not taken for the other.
const PRIVATE: &str = "duban-private-key ";
const PUBLIC: &str = "duban-public-key ";

/// Reads a key from its file.
///
/// # Errors
/// What the system says.
pub fn read_key(path: &Path) -> io::Result<KeyFile> {
    let text = fs::read_to_string(path)?;
    let text = text.trim();
    let seed = text.strip_prefix(PRIVATE).and_then(unhex).and_then(|bytes| bytes.try_into().ok());
    let public = text.strip_prefix(PUBLIC).filter(|text| public_key(text).is_some());
    Ok(match (seed, public) {
        (Some(seed), _) => KeyFile::Private(Box::new(SigningKey::from_bytes(&seed))),
        (None, Some(public)) => KeyFile::Public(public.to_owned()),
        (None, None) => KeyFile::Neither,
    })
}

/// A public key from its 64 hexadecimal digits; weak ones are none.
pub fn public_key(text: &str) -> Option<VerifyingKey> {
    let bytes: [u8; 32] = unhex(text.trim())?.try_into().ok()?;
    VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak())
}

fn file_digest(path: &Path) -> io::Result<String> {
    let mut file = fs::File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hasher.finalize())),
            read => hasher.update(&buffer[..read]),
        }
    }
}

/// The SHA-256 of bytes, in hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn unreadable(path: &Path, error: &io::Error) -> Distrust {
    Distrust::Unreadable(path.display().to_string(), error.to_string())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| char::from(b).to_digit(16);
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some((digit(*high)? * 16 + digit(*low)?) as u8),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plugin() -> (tempfile::TempDir, SigningKey) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("duties")).unwrap();
        fs::write(folder.path().join("specialist.toml"), "id = \"x\"\n").unwrap();
        fs::write(folder.path().join("duties/a.toml"), "[[duty]]\n").unwrap();
        (folder, SigningKey::from_bytes(&[7; 32]))
    }

    #[test]
    fn what_was_signed_is_trusted_and_its_digest_is_that_of_its_files() {
        let (folder, key) = plugin();
        assert_eq!(verify(folder.path()).unwrap_err(), Distrust::Unsigned);
        let signed = sign(folder.path(), &key).unwrap();
        let (digest, read) = verify(folder.path()).unwrap();
        assert_eq!((digest, read.key), (digest_of(&signed.files), hex(key.verifying_key().as_bytes())));
    }

    #[test]
    fn every_change_is_seen_and_named() {
        type Change = fn(&Path);
        let changes: [(Change, &str); 4] = [
            (|folder| fs::write(folder.join("duties/a.toml"), "[[duty]] ").unwrap(), "duties/a.toml"),
            (|folder| fs::write(folder.join("more.txt"), "").unwrap(), "more.txt"),
            (|folder| fs::remove_file(folder.join("duties/a.toml")).unwrap(), "duties/a.toml"),
            (|folder| fs::rename(folder.join("duties"), folder.join("rules")).unwrap(), "duties/a.toml, rules/a.toml"),
        ];
        for (change, names) in changes {
            let (folder, key) = plugin();
            sign(folder.path(), &key).unwrap();
            change(folder.path());
            let Err(Distrust::Changed(files)) = verify(folder.path()) else { panic!("{names}") };
            assert_eq!(files.join(", "), names);
        }
    }

    #[test]
    fn a_signature_that_another_key_made_or_nobody_is_no_signature() {
        let (folder, key) = plugin();
        let signed = sign(folder.path(), &key).unwrap();
        let other = SigningKey::from_bytes(&[8; 32]);
        for forged in [
            Signed { key: hex(other.verifying_key().as_bytes()), ..signed.clone() },
            Signed { signature: "0".repeat(128), ..signed },
        ] {
            fs::write(folder.path().join(SIGNATURE), serde_json::to_string(&forged).unwrap()).unwrap();
            assert_eq!(verify(folder.path()).unwrap_err(), Distrust::Forged);
        }
        fs::write(folder.path().join(SIGNATURE), "{}").unwrap();
        assert_eq!(verify(folder.path()).unwrap_err(), Distrust::Malformed);
    }

    #[test]
    fn a_signature_that_is_no_file_or_no_signature_by_its_size_is_refused_at_once() {
        let (folder, _) = plugin();
        let path = folder.path().join(SIGNATURE);
        rustix::fs::mkfifoat(rustix::fs::CWD, &path, rustix::fs::Mode::RWXU).unwrap();
        assert_eq!(verify(folder.path()).unwrap_err(), Distrust::Strange(SIGNATURE.to_owned()));
        fs::remove_file(&path).unwrap();
        fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(verify(folder.path()).unwrap_err(), Distrust::Malformed);
    }

    #[test]
    fn a_link_out_of_the_folder_is_refused() {
        let (folder, key) = plugin();
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("duties/b.toml")).unwrap();
        assert_eq!(sign(folder.path(), &key).unwrap_err(), Distrust::Strange("duties/b.toml".to_owned()));
    }

    #[test]
    fn a_new_key_is_its_owners_alone_and_never_overwritten() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("court.key");
        let public = new_key(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let KeyFile::Private(key) = read_key(&path).unwrap() else { panic!("the private key") };
        assert_eq!(public_key(&public).unwrap(), key.verifying_key());
        assert!(matches!(read_key(&public_path(&path)).unwrap(), KeyFile::Public(read) if read == public));
        assert!(new_key(&path).is_err());
    }
}
