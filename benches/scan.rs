//! The scan: how it grows with the caseload and with the number of duties.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duban_benches::{Caseload, now, size};
use duban_core::scan::Hits;

/// Warm scans of forty duties: a straight line in the number of cases.
fn caseloads(c: &mut Criterion) {
    let mut group = c.benchmark_group("scan of 40 duties, by cases");
    for cases in [100_000, 300_000, 1_000_000].map(size) {
        let caseload = Caseload::of(cases);
        let docket = caseload.docket();
        let mut hits = Hits::default();
        group.throughput(Throughput::Elements(cases));
        group.bench_function(BenchmarkId::from_parameter(cases), |b| {
            b.iter(|| docket.scan_into(now(), &mut hits).expect("a scan of what was imported"));
        });
        group.bench_function(BenchmarkId::new("reading the same bytes", cases), |b| {
            b.iter(|| docket.read_all(now()).expect("a read of what was imported"));
        });
    }
}

/// Warm scans of one caseload: what one more duty costs.
fn duties(c: &mut Criterion) {
    let mut group = c.benchmark_group("scan, by duties");
    let caseload = Caseload::of(size(300_000));
    caseload.docket().close().expect("a store that was just made");
    for duties in [20, 40, 41, 80] {
        let docket = caseload.reopened_with(duties);
        let mut hits = Hits::default();
        docket.scan_into(now(), &mut hits).expect("the index is made for these duties");
        group.bench_function(BenchmarkId::from_parameter(duties), |b| {
            b.iter(|| docket.scan_into(now(), &mut hits).expect("a scan of what was imported"));
        });
        docket.close().expect("a store that was only read");
    }
}

criterion_group!(benches, caseloads, duties);
criterion_main!(benches);
