// The work over Go channels: one goroutine and one buffered channel for each district and each team, as Go programmers
// write actors. GOMAXPROCS is the environment's.
//
// outside: the two producers are threads of their own (LockOSThread) that sleep in the kernel until something is due.
// inside: they are goroutines like all others, which yield while nothing is due; Go has no loop of one's own per core.
package main

import (
	"flag"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	producers        = 2
	districtBuffer   = 1024
	teamBuffer       = 64
	closedLoopWindow = 8192
	turn             = 256
	startDelay       = 100 * time.Millisecond
	look             = time.Millisecond
	unit             = 10 * time.Nanosecond
)

type event struct {
	payload  []byte
	intended int64
	sequence uint32
	team     uint32
	flags    uint16
}

type sample struct{ sequence, latency uint32 }

// counter is read by others while it is written, and has a cache line of its own.
type counter struct {
	atomic.Uint64
	_ [120]byte
}

// counters of many actors: enough that they seldom meet, few enough to be summed for a closed loop's window.
type counters [64]counter

func (c *counters) add(index int) { c[index%len(c)].Add(1) }

func (c *counters) sum() (sum uint64) {
	for i := range c {
		sum += c[i].Load()
	}
	return sum
}

// actor is the state that one goroutine owns.
type actor struct {
	inbox           chan event
	events          uint64
	lastSequence    uint64
	checksum        uint64
	triggerChecksum uint64
	triggers        uint64
	samples         []sample
	_               [64]byte
}

func (a *actor) touch(e *event, index uint64) {
	a.events++
	a.lastSequence = uint64(e.sequence)
	added := contribution(e.payload, e.sequence, index)
	if e.flags&trigger != 0 {
		a.triggers++
		a.triggerChecksum += added
	} else {
		a.checksum += added
	}
}

type world struct {
	*schedule
	shared    bool
	start     time.Time
	districts []actor
	teams     []actor
	events    counters
	followUps counters
}

// now is on the clock that the schedule is on, from the start.
func (w *world) now() int64 { return int64(time.Since(w.start)) }

func (w *world) runDistrict(index int) {
	own := &w.districts[index]
	for e := range own.inbox {
		own.touch(&e, uint64(index))
		if e.flags&followUp != 0 {
			w.teams[e.team].inbox <- e
		}
		if w.measured(int(e.sequence)) {
			latency := (w.now() - e.intended) / int64(unit)
			own.samples = append(own.samples, sample{e.sequence, uint32(latency)})
		}
		w.events.add(index)
	}
}

func (w *world) runTeam(index int) {
	own := &w.teams[index]
	for e := range own.inbox {
		own.touch(&e, uint64(w.schedule.districts)+uint64(index))
		w.followUps.add(index)
	}
}

// payload is made for each event, or is the text itself.
func (w *world) payload(sequence int) []byte {
	text := w.textOf(sequence)
	if w.shared {
		return text
	}
	made := make([]byte, len(text))
	copy(made, text)
	return made
}

func (w *world) send(sequence int) {
	at := &w.records[sequence]
	w.districts[at.district].inbox <- event{w.payload(sequence), at.intended, uint32(sequence), at.team, at.flags}
}

func (w *world) produceOpenLoop(first int, outside bool) {
	for at := first; at < len(w.records); {
		now := w.now()
		for ; at < len(w.records) && w.records[at].intended <= now; at += producers {
			w.send(at)
		}
		if at >= len(w.records) {
			return
		}
		if wait := w.records[at].intended - w.now(); wait <= 0 {
			continue
		} else if outside {
			pause := syscall.NsecToTimespec(wait)
			_ = syscall.Nanosleep(&pause, nil)
		} else {
			runtime.Gosched()
		}
	}
}

func (w *world) produceClosedLoop(first int) {
	var known uint64
	for at := first; at < len(w.records); at += producers {
		for uint64(at) >= known+closedLoopWindow {
			if known = w.events.sum(); uint64(at) >= known+closedLoopWindow {
				runtime.Gosched()
			}
		}
		w.send(at)
	}
}

func (w *world) produce(first int, outside bool) {
	if outside {
		runtime.LockOSThread()
	}
	time.Sleep(time.Until(w.start))
	if w.closedLoop() {
		w.produceClosedLoop(first)
	} else {
		w.produceOpenLoop(first, outside)
	}
}

func newWorld(s *schedule, shared bool) *world {
	w := &world{schedule: s, shared: shared, districts: make([]actor, s.districts), teams: make([]actor, s.teams)}
	measured := make([]int, s.districts)
	for i := range s.records {
		if s.measured(i) {
			measured[s.records[i].district]++
		}
	}
	for i := range w.districts {
		w.districts[i].inbox = make(chan event, districtBuffer)
		w.districts[i].samples = make([]sample, 0, measured[i])
	}
	for i := range w.teams {
		w.teams[i].inbox = make(chan event, teamBuffer)
	}
	return w
}

// run returns the usage when what is measured began, how many events were handled before, and the usage at the end.
func (w *world) run(outside bool) (usage, uint64, usage) {
	var districts, teams, sending sync.WaitGroup
	start := func(group *sync.WaitGroup, count int, run func(int)) {
		group.Add(count)
		for i := 0; i < count; i++ {
			go func(i int) { defer group.Done(); run(i) }(i)
		}
	}
	w.start = time.Now().Add(startDelay)
	start(&districts, len(w.districts), w.runDistrict)
	start(&teams, len(w.teams), w.runTeam)
	start(&sending, producers, func(i int) { w.produce(i, outside) })

	if w.closedLoop() {
		for w.events.sum() < w.warmEvents {
			time.Sleep(look)
		}
	} else {
		time.Sleep(time.Until(w.start.Add(time.Duration(w.records[w.warmEvents].intended))))
	}
	from, before := usageNow(), w.events.sum()
	sending.Wait()
	for i := range w.districts {
		close(w.districts[i].inbox)
	}
	districts.Wait()
	for i := range w.teams {
		close(w.teams[i].inbox)
	}
	teams.Wait()
	return from, before, usageNow()
}

func main() {
	path := flag.String("schedule", "", "the schedule's file")
	mode := flag.String("mode", "outside", "inside or outside")
	payload := flag.String("payload", "fresh", "fresh: allocated for each event; shared: the text itself")
	flag.Parse()
	s, err := load(*path)
	if err != nil {
		fail(err)
	}
	w := newWorld(s, *payload == "shared")
	from, before, to := w.run(*mode != "inside")
	rss := residentBytesMost() - s.bytes

	seconds := to.at.Sub(from.at).Seconds()
	r := report{
		Program: "go", Variant: fmt.Sprintf("gomaxprocs-%d-%s", runtime.GOMAXPROCS(0), *payload), Mode: *mode,
		Profile: s.profile, Seconds: seconds,
		EventsPerSecond: float64(w.events.sum()-before) / seconds,
		AllocatedPerSec: float64(to.allocated-from.allocated) / seconds,
		Allocations:     to.allocations - from.allocations,
		CPUSeconds:      to.cpuSeconds - from.cpuSeconds,
	}
	var samples []sample
	var checksum, triggerChecksum uint64
	for i := range w.districts {
		own := &w.districts[i]
		r.Triggers += own.triggers
		checksum += own.checksum
		triggerChecksum += own.triggerChecksum
		rss -= uint64(cap(own.samples)) * 8
		samples = append(samples, own.samples...)
	}
	for i := range w.teams {
		checksum += w.teams[i].checksum
	}
	r.Events, r.FollowUps = w.events.sum()-r.Triggers, w.followUps.sum()
	r.Checksum, r.TriggerChecksum = fmt.Sprintf("%016x", checksum), fmt.Sprintf("%016x", triggerChecksum)
	r.RSSBytes = rss
	r.describe(s, samples)
	r.print()
}
