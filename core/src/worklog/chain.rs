//! The hash chain: each entry's hash covers the entry before it, so none can be changed, left out or put in unseen.
//!
//! hash(n) = H(hash(n-1) ‖ text(n)), hash(0) = 32 zero bytes; text(n) is the entry's JSON line, without its line end, as
//! UTF-8. H is SM3 or SHA-256, chosen when the store is made.

use sha2::Digest as _;

/// The hash of a chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ChainHash {
    /// SM3 (GB/T 32905-2016), as Chinese courts expect it; a pure-Rust implementation, not a certified product.
    #[default]
    Sm3,
    /// SHA-256 (FIPS 180-4).
    Sha256,
}

/// A link of the chain.
pub type Hash = [u8; 32];

/// What stands before the first entry.
pub const GENESIS: Hash = [0; 32];

impl ChainHash {
    /// Its name: `sm3` or `sha256`.
    pub const fn name(self) -> &'static str {
        match self {
            ChainHash::Sm3 => "sm3",
            ChainHash::Sha256 => "sha256",
        }
    }

    /// The hash of that name.
    pub fn from_name(name: &str) -> Option<ChainHash> {
        [ChainHash::Sm3, ChainHash::Sha256].into_iter().find(|hash| hash.name() == name)
    }

    /// The next link.
    pub fn link(self, before: &Hash, text: &[u8]) -> Hash {
        match self {
            ChainHash::Sm3 => sm3::Sm3::new().chain_update(before).chain_update(text).finalize().into(),
            ChainHash::Sha256 => sha2::Sha256::new().chain_update(before).chain_update(text).finalize().into(),
        }
    }
}

/// A link in hexadecimal.
pub fn hex(hash: &Hash) -> String {
    use std::fmt::Write as _;
    hash.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_links_are_those_of_the_published_hashes() {
        // SM3 and SHA-256 of 32 zero bytes followed by "abc", computed with independent programs.
        let sha256 = ChainHash::Sha256.link(&GENESIS, b"abc");
        assert_eq!(hex(&sha256), SHA256_OF_ZEROS_ABC);
        let sm3 = ChainHash::Sm3.link(&GENESIS, b"abc");
        assert_eq!(hex(&sm3), SM3_OF_ZEROS_ABC);
    }

    const SHA256_OF_ZEROS_ABC: &str = "365aa7d8f7f9402c4b9434502b4cc89ddb09fe50d7cd95b493b834c62d5a5370";
    const SM3_OF_ZEROS_ABC: &str = "454ad3b7cebd18f2879d672612b4a8e8403584a6d66685009b198429b6819514";
}
