//! Courts made by chance, against independent readings of the same rules.
