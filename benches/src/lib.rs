//! What the benches share: a store of the benchmark's caseload.
