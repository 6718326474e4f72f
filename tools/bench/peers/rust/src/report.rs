//! What the run cost, and the one line of JSON.

use crate::schedule::Schedule;
use std::fmt::Write;
use std::time::Instant;

/// Latencies are kept in units of 10 ns.
pub const UNIT_NS: i64 = 10;
const BIN_NS: i64 = 100_000_000;

#[derive(Clone, Copy)]
pub struct Sample {
    pub sequence: u32,
    pub latency: u32,
}

pub struct Usage {
    pub at: Instant,
    pub cpu_seconds: f64,
    pub allocated: (u64, u64),
}

pub fn usage_now() -> Usage {
    // SAFETY: all zeros is a rusage, and the kernel fills it in.
    let used: libc::rusage = unsafe {
        let mut used = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_SELF, &mut used);
        used
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 * 1e-6;
    Usage {
        at: Instant::now(),
        cpu_seconds: seconds(used.ru_utime) + seconds(used.ru_stime),
        allocated: crate::allocations::so_far(),
    }
}

/// Asks /proc, since getrusage begins with the most that the parent had before exec.
pub fn resident_bytes_most() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("/proc is mounted");
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells VmHWM");
    most.trim().trim_end_matches(" kB").parse::<usize>().expect("a number of kB") * 1024
}

#[derive(Default)]
pub struct Sums {
    pub events: u64,
    pub follow_ups: u64,
    pub triggers: u64,
    pub checksum: u64,
    pub trigger_checksum: u64,
}

impl Sums {
    pub fn add(&mut self, other: &Sums) {
        self.events += other.events;
        self.follow_ups += other.follow_ups;
        self.triggers += other.triggers;
        self.checksum = self.checksum.wrapping_add(other.checksum);
        self.trigger_checksum = self.trigger_checksum.wrapping_add(other.trigger_checksum);
    }
}

pub struct Run {
    pub variant: String,
    pub mode: String,
    pub sums: Sums,
    pub from: Usage,
    pub to: Usage,
    pub events_measured: u64,
    pub resident_bytes: usize,
    pub samples: Vec<Sample>,
}

fn micros(latency: u32) -> f64 {
    f64::from(latency) * UNIT_NS as f64 / 1e3
}

/// Of sorted latencies, the smallest that `share` of all do not exceed.
fn at_share(sorted: &[u32], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    micros(sorted[rank.clamp(1, sorted.len()) - 1])
}

fn percentiles(sorted: &[u32]) -> String {
    match sorted.last() {
        None => "null".to_owned(),
        Some(&max) => format!(
            r#"{{"p50":{:.2},"p90":{:.2},"p99":{:.2},"p99_9":{:.2},"max":{:.2}}}"#,
            at_share(sorted, 0.5),
            at_share(sorted, 0.9),
            at_share(sorted, 0.99),
            at_share(sorted, 0.999),
            micros(max)
        ),
    }
}

fn curve(sorted: &[u32]) -> String {
    let points = (1..).map(|point| 10f64.powf(-f64::from(point) / 8.0));
    let told = points.take_while(|beyond| sorted.len() as f64 * beyond >= 1.0);
    let pairs: Vec<_> =
        told.map(|beyond| format!("[{:.7},{:.2}]", 1.0 - beyond, at_share(sorted, 1.0 - beyond))).collect();
    pairs.join(",")
}

fn sorted(mut latencies: Vec<u32>) -> Vec<u32> {
    latencies.sort_unstable();
    latencies
}

/// p99 and maximum of every 100 ms, of the districts beside the opening one.
fn timeline(schedule: &Schedule, samples: &[Sample]) -> String {
    let bin_of = |sample: &Sample| schedule.records[sample.sequence as usize].intended / BIN_NS;
    let mut told = Vec::new();
    let mut first = 0;
    while first < samples.len() {
        let bin = bin_of(&samples[first]);
        let count = samples[first..].iter().take_while(|sample| bin_of(sample) == bin).count();
        let latencies = sorted(others(schedule, &samples[first..first + count]));
        if let Some(&max) = latencies.last() {
            told.push(format!("[{},{:.2},{:.2}]", bin * BIN_NS / 1_000_000, at_share(&latencies, 0.99), micros(max)));
        }
        first += count;
    }
    told.join(",")
}

fn others(schedule: &Schedule, samples: &[Sample]) -> Vec<u32> {
    let other = |sample: &&Sample| u32::from(schedule.records[sample.sequence as usize].district) != schedule.opening;
    samples.iter().filter(other).map(|sample| sample.latency).collect()
}

pub fn to_json(schedule: &Schedule, mut run: Run) -> String {
    run.samples.sort_unstable_by_key(|sample| sample.sequence);
    let all = sorted(run.samples.iter().map(|sample| sample.latency).collect());
    let beside = sorted(others(schedule, &run.samples));
    let spike = (schedule.opening as usize) < schedule.districts;
    let seconds = run.to.at.duration_since(run.from.at).as_secs_f64();
    let mut out = String::new();
    let mut put = |text: String| out.write_str(&text).expect("a String takes everything");
    put(format!(r#"{{"program":"rust","variant":"{}","mode":"{}","#, run.variant, run.mode));
    put(format!(r#""profile":"{}","events":{},"#, schedule.profile, run.sums.events));
    put(format!(r#""follow_ups":{},"triggers":{},"merged":0,"#, run.sums.follow_ups, run.sums.triggers));
    put(format!(r#""checksum":"{:016x}","#, run.sums.checksum));
    put(format!(r#""trigger_checksum":"{:016x}","#, run.sums.trigger_checksum));
    put(format!(r#""seconds":{seconds:.3},"events_per_second":{:.0},"#, run.events_measured as f64 / seconds));
    let (bytes, count) = (run.to.allocated.0 - run.from.allocated.0, run.to.allocated.1 - run.from.allocated.1);
    put(format!(r#""allocated_bytes_per_second":{:.0},"allocations":{count},"#, bytes as f64 / seconds));
    put(format!(r#""cpu_seconds":{:.3},"#, run.to.cpu_seconds - run.from.cpu_seconds));
    put(format!(r#""rss_bytes":{},"latency_us":{},"#, run.resident_bytes, percentiles(&all)));
    put(format!(r#""others_us":{},"#, if spike { percentiles(&beside) } else { "null".to_owned() }));
    put(format!(r#""timeline":[{}],"curve":[{}]}}"#, timeline(schedule, &run.samples), curve(&beside)));
    out
}
