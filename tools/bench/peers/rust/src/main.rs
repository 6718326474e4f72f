//! The work over tokio: a current-thread runtime with a LocalSet pinned to each core, a task and a bounded mpsc channel
//! for each district and each team.
//!
//! outside: two threads send with blocking_send and sleep until something is due. inside: a task in each LocalSet sends
//! what is due and yields in between, which keeps the runtime awake: tokio's timers know whole milliseconds only.

mod allocations;
mod report;
mod schedule;

use report::{Run, Sample, Sums, UNIT_NS};
use schedule::{contribution, Schedule, FOLLOW_UP, TRIGGER};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::task::{yield_now, LocalSet};

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

const CORES: usize = 2;
const PRODUCERS: usize = 2;
const DISTRICT_BUFFER: usize = 1024;
const TEAM_BUFFER: usize = 64;
const CLOSED_LOOP_WINDOW: u64 = 8192;
const START_DELAY: Duration = Duration::from_millis(100);
const LOOK: Duration = Duration::from_millis(1);

#[derive(Debug)]
struct Event {
    payload: Arc<String>,
    intended: i64,
    sequence: u32,
    team: u32,
    flags: u16,
}

#[repr(align(128))]
#[derive(Default)]
struct Progress {
    events: AtomicU64,
}

struct World {
    schedule: Schedule,
    /// So many events of each district.
    measured: Vec<usize>,
    shared: Option<Vec<Arc<String>>>,
    start: Instant,
    progress: [Progress; CORES],
}

type Senders = Vec<mpsc::Sender<Event>>;
type Receivers = Vec<(usize, mpsc::Receiver<Event>)>;

impl World {
    /// On the clock that the schedule is on, from the start; before it, negative.
    fn now(&self) -> i64 {
        let now = Instant::now();
        match now.checked_duration_since(self.start) {
            Some(since) => since.as_nanos() as i64,
            None => -(self.start.duration_since(now).as_nanos() as i64),
        }
    }
    fn events(&self) -> u64 {
        self.progress.iter().map(|core| core.events.load(SeqCst)).sum()
    }
    /// The payload is made for each event, or only counted once more.
    fn event(&self, sequence: usize) -> Event {
        let at = &self.schedule.records[sequence];
        let payload = match &self.shared {
            Some(texts) => texts[sequence % texts.len()].clone(),
            None => Arc::new(self.schedule.text_of(sequence).to_owned()),
        };
        Event { payload, intended: at.intended, sequence: sequence as u32, team: at.team, flags: at.flags }
    }
    /// Whether event number `sequence` may be sent now; `known` remembers how many had been handled.
    fn due(&self, sequence: usize, now: i64, known: &mut u64) -> bool {
        if !self.schedule.closed_loop() {
            return self.schedule.records[sequence].intended <= now;
        }
        if sequence as u64 >= *known + CLOSED_LOOP_WINDOW {
            *known = self.events();
        }
        (sequence as u64) < *known + CLOSED_LOOP_WINDOW
    }
}

#[derive(Default)]
struct Actor {
    last_sequence: u64,
    sums: Sums,
    samples: Vec<Sample>,
}

impl Actor {
    fn touch(&mut self, event: &Event, actor: u64) {
        self.last_sequence = u64::from(event.sequence);
        let added = contribution(&event.payload, event.sequence, actor);
        let sum = if event.flags & TRIGGER != 0 { &mut self.sums.trigger_checksum } else { &mut self.sums.checksum };
        *sum = sum.wrapping_add(added);
    }
}

async fn district(world: Arc<World>, teams: Rc<Senders>, index: usize, mut inbox: mpsc::Receiver<Event>) -> Actor {
    let mut own = Actor { samples: Vec::with_capacity(world.measured[index]), ..Actor::default() };
    while let Some(event) = inbox.recv().await {
        own.touch(&event, index as u64);
        *(if event.flags & TRIGGER != 0 { &mut own.sums.triggers } else { &mut own.sums.events }) += 1;
        let (sequence, intended) = (event.sequence, event.intended);
        if event.flags & FOLLOW_UP != 0 {
            teams[event.team as usize].send(event).await.expect("teams outlive districts");
        }
        if world.schedule.measured(sequence as usize) {
            own.samples.push(Sample { sequence, latency: ((world.now() - intended) / UNIT_NS) as u32 });
        }
        world.progress[index % CORES].events.fetch_add(1, SeqCst);
    }
    own
}

async fn team(actor: u64, mut inbox: mpsc::Receiver<Event>) -> Actor {
    let mut own = Actor::default();
    while let Some(event) = inbox.recv().await {
        own.touch(&event, actor);
        own.sums.follow_ups += 1;
    }
    own
}

async fn produce_inside(world: Arc<World>, districts: Senders, first: usize) {
    let mut known = 0;
    for at in (first..world.schedule.records.len()).step_by(PRODUCERS) {
        while !world.due(at, world.now(), &mut known) {
            yield_now().await;
        }
        let to = &districts[usize::from(world.schedule.records[at].district)];
        to.send(world.event(at)).await.expect("districts outlive producers");
    }
}

fn produce_outside(world: &World, districts: Senders, first: usize) {
    thread::sleep(world.start.saturating_duration_since(Instant::now()));
    let mut known = 0;
    let mut now = world.now();
    for at in (first..world.schedule.records.len()).step_by(PRODUCERS) {
        while !world.due(at, now, &mut known) {
            now = world.now();
            let wait = world.schedule.records[at].intended - now;
            if world.schedule.closed_loop() {
                thread::yield_now();
            } else if wait > 0 {
                thread::sleep(Duration::from_nanos(wait as u64));
                now = world.now();
            }
        }
        let to = &districts[usize::from(world.schedule.records[at].district)];
        to.blocking_send(world.event(at)).expect("districts outlive producers");
    }
}

fn pin_this_thread(index: usize) {
    // SAFETY: all zeros is a cpu_set_t, and the kernel is told its size.
    let pinned = unsafe {
        let mut allowed: libc::cpu_set_t = std::mem::zeroed();
        libc::sched_getaffinity(0, std::mem::size_of_val(&allowed), &mut allowed);
        let cpus: Vec<_> = (0..libc::CPU_SETSIZE as usize).filter(|&cpu| libc::CPU_ISSET(cpu, &allowed)).collect();
        let mut one: libc::cpu_set_t = std::mem::zeroed();
        libc::CPU_SET(cpus[index % cpus.len()], &mut one);
        libc::sched_setaffinity(0, std::mem::size_of_val(&one), &one) == 0
    };
    if !pinned {
        eprintln!("a thread could not be pinned and goes on unpinned");
    }
}

/// One core: its districts and teams, and inside its producer, until no more can come.
fn run_core(
    world: Arc<World>,
    core: usize,
    districts: Receivers,
    teams: Receivers,
    to_teams: Senders,
    to_districts: Option<Senders>,
) -> Vec<Actor> {
    pin_this_thread(core);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let local = LocalSet::new();
    let first_team = world.schedule.districts;
    let teams: Vec<_> =
        teams.into_iter().map(|(i, inbox)| local.spawn_local(team((first_team + i) as u64, inbox))).collect();
    let to_teams = Rc::new(to_teams);
    let running: Vec<_> = districts
        .into_iter()
        .map(|(i, inbox)| local.spawn_local(district(world.clone(), to_teams.clone(), i, inbox)))
        .chain(teams)
        .collect();
    drop(to_teams);
    if let Some(senders) = to_districts {
        thread::sleep(world.start.saturating_duration_since(Instant::now()));
        local.spawn_local(produce_inside(world, senders, core));
    }
    local.block_on(&runtime, async {
        let mut ended = Vec::new();
        for actor in running {
            ended.push(actor.await.expect("an actor that panics ends the run"));
        }
        ended
    })
}

/// Deals the ends of one channel for each actor out to the cores.
fn channels(count: usize, buffer: usize) -> (Senders, Vec<Receivers>) {
    let mut receivers: Vec<Receivers> = (0..CORES).map(|_| Vec::new()).collect();
    let senders = (0..count)
        .map(|i| {
            let (sender, receiver) = mpsc::channel(buffer);
            receivers[i % CORES].push((i, receiver));
            sender
        })
        .collect();
    (senders, receivers)
}

fn run(world: &Arc<World>, inside: bool) -> Run {
    let (to_districts, mut districts) = channels(world.schedule.districts, DISTRICT_BUFFER);
    let (to_teams, mut teams) = channels(world.schedule.teams, TEAM_BUFFER);
    let cores: Vec<_> = (0..CORES)
        .map(|core| {
            let (world, to_teams) = (world.clone(), to_teams.clone());
            let (districts, teams) = (std::mem::take(&mut districts[core]), std::mem::take(&mut teams[core]));
            let senders = inside.then(|| to_districts.clone());
            thread::spawn(move || run_core(world, core, districts, teams, to_teams, senders))
        })
        .collect();
    for first in 0..if inside { 0 } else { PRODUCERS } {
        let (world, senders) = (world.clone(), to_districts.clone());
        thread::spawn(move || produce_outside(&world, senders, first));
    }
    drop((to_districts, to_teams));

    if world.schedule.closed_loop() {
        while world.events() < world.schedule.warm_events as u64 {
            thread::sleep(LOOK);
        }
    } else {
        let warm = world.schedule.records[world.schedule.warm_events].intended;
        thread::sleep((world.start + Duration::from_nanos(warm as u64)).saturating_duration_since(Instant::now()));
    }
    let (from, before) = (report::usage_now(), world.events());
    let (mut sums, mut samples) = (Sums::default(), Vec::new());
    let cores: Vec<_> = cores.into_iter().map(|core| core.join().expect("a core that panics ends the run")).collect();
    let (to, resident) = (report::usage_now(), report::resident_bytes_most());
    for actor in cores.into_iter().flatten() {
        sums.add(&actor.sums);
        samples.extend(actor.samples);
    }
    Run {
        variant: (if world.shared.is_some() { "payload-shared" } else { "payload-fresh" }).to_owned(),
        mode: (if inside { "inside" } else { "outside" }).to_owned(),
        sums,
        from,
        to,
        events_measured: world.events() - before,
        resident_bytes: resident.saturating_sub(world.schedule.bytes + samples.len() * std::mem::size_of::<Sample>()),
        samples,
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| arguments.chunks(2).find(|pair| pair[0] == name).and_then(|pair| pair.get(1));
    let path = value("--schedule").unwrap_or_else(|| {
        eprintln!("usage: bench_peer_rust --schedule FILE [--mode inside|outside] [--payload fresh|shared]");
        std::process::exit(2);
    });
    let schedule = Schedule::load(path).unwrap_or_else(|error| {
        eprintln!("bench_peer_rust: {error}");
        std::process::exit(1);
    });
    let shared = (value("--payload").map(String::as_str) == Some("shared"))
        .then(|| schedule.texts.iter().map(|text| Arc::new(text.clone())).collect());
    let mut measured = vec![0; schedule.districts];
    for (i, at) in schedule.records.iter().enumerate() {
        measured[usize::from(at.district)] += usize::from(schedule.measured(i));
    }
    let start = Instant::now() + START_DELAY;
    let world = Arc::new(World { schedule, measured, shared, start, progress: Default::default() });
    let run = run(&world, value("--mode").map(String::as_str) == Some("inside"));
    println!("{}", report::to_json(&world.schedule, run));
}
