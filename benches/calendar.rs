//! The arithmetic of limits.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duban_core::calendar::{Calendar, Limit, Tolling};
use duban_core::model::{Day, Time};

/// The last day of a limit, from every day of twenty years.
fn last_days(c: &mut Criterion) {
    let calendar = Calendar::built_in();
    let first = Day::from_ymd(2007, 1, 1).expect("a day of the calendar");
    let starts: Vec<Day> = (0..7_305).map(|n| first.plus(n)).collect();
    let mut group = c.benchmark_group("last day of a limit");
    group.throughput(Throughput::Elements(starts.len() as u64));
    for limit in [Limit::Workdays(10), Limit::Days(15), Limit::Months(6)] {
        group.bench_function(BenchmarkId::new("alone", limit), |b| {
            b.iter(|| {
                starts.iter().map(|start| u32::from(calendar.last_day(*start, limit, false).code())).sum::<u32>()
            });
        });
        group.bench_function(BenchmarkId::new("and what it rests on", limit), |b| {
            let due = |start: &Day| calendar.due(Time::on(*start), limit, Tolling::default(), false);
            b.iter(|| starts.iter().map(|start| u32::from(due(start).due.day().code())).sum::<u32>());
        });
    }
}

criterion_group!(benches, last_days);
criterion_main!(benches);
