//! What holds, does not, or cannot be told: unknown is never false.

/// Whether something holds; nothing where it cannot be told.
pub(crate) type Truth = Option<bool>;

/// Fails only if both do.
pub(crate) fn or(a: Truth, b: Truth) -> Truth {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// Holds only if both do.
pub(crate) fn and(a: Truth, b: Truth) -> Truth {
    not(or(not(a), not(b)))
}

/// The opposite.
pub(crate) fn not(a: Truth) -> Truth {
    a.map(|a| !a)
}

/// Whether one of many holds.
pub(crate) fn any(truths: impl IntoIterator<Item = Truth>) -> Truth {
    truths.into_iter().fold(Some(false), or)
}
