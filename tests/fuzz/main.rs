//! Random bytes as any input: a problem or an error, never a panic.
