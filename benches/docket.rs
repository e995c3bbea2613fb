//! A docket's day: opening it, one fact entered, an ordinary run, an import.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use duban::workload::as_of;
use duban_benches::{Caseload, change_one, import, now, size};
use duban_core::model::Time;
use duban_core::scan::Hits;

/// Opening and the first scan, as a process that has just started does it.
fn opening(c: &mut Criterion) {
    let caseload = Caseload::of(size(300_000));
    caseload.docket().close().expect("a store that was just made");
    c.bench_function("open and first scan", |b| {
        b.iter(|| {
            let docket = caseload.reopened();
            let mut hits = Hits::default();
            docket.scan_into(now(), &mut hits).expect("a scan of what was imported");
            docket.close().expect("a store that was only read");
            hits.len()
        });
    });
}

/// One fact, durable, and the scan that sees it.
fn update(c: &mut Criterion) {
    let caseload = Caseload::of(size(100_000));
    let docket = caseload.docket();
    let (mut hits, mut n) = (Hits::default(), 0u64);
    c.bench_function("one fact, and a scan that sees it", |b| {
        b.iter(|| {
            n += 1;
            change_one(&docket, n * 7_919 % caseload.cases, as_of().plus(-((n % 900) as i32) - 1));
            docket.scan_into(now(), &mut hits).expect("a scan of what was imported");
        });
    });
}

/// A day like any other: the run of the day after.
fn day(c: &mut Criterion) {
    let caseload = Caseload::of(size(100_000));
    let docket = caseload.docket();
    let mut today = as_of();
    let mut run = || {
        let now = Time::midnight(today);
        today = today.plus(1);
        docket.run_days(now, now, "bench", &mut |_, _| {}).expect("a day's run")
    };
    run();
    let mut group = c.benchmark_group("day run");
    group.sample_size(10);
    group.bench_function("an ordinary one", |b| b.iter(&mut run));
}

/// Lines into an empty docket.
fn importing(c: &mut Criterion) {
    let caseload = Caseload::of(size(20_000));
    let mut group = c.benchmark_group("import");
    group.sample_size(10).throughput(Throughput::Elements(caseload.cases));
    group.bench_function("JSON Lines", |b| {
        b.iter_batched(|| caseload.empty(), |docket| import(&docket, &caseload.lines()), BatchSize::PerIteration);
    });
}

criterion_group!(benches, opening, update, day, importing);
criterion_main!(benches);
