package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"runtime"
	"sort"
	"strings"
	"syscall"
	"time"
)

// usage is what the process has cost so far.
type usage struct {
	at          time.Time
	cpuSeconds  float64
	allocated   uint64
	allocations uint64
}

func usageNow() usage {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	cpu := time.Duration(used.Utime.Nano() + used.Stime.Nano()).Seconds()
	return usage{time.Now(), cpu, memory.TotalAlloc, memory.Mallocs}
}

// residentBytesMost asks /proc, since getrusage begins with the most that the parent had before exec.
func residentBytesMost() uint64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		fail(err)
	}
	for _, line := range strings.Split(string(status), "\n") {
		var kilobytes uint64
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &kilobytes); err == nil {
			return kilobytes * 1024
		}
	}
	fail("/proc/self/status tells no VmHWM")
	return 0
}

type percentiles struct {
	P50  float64 `json:"p50"`
	P90  float64 `json:"p90"`
	P99  float64 `json:"p99"`
	P999 float64 `json:"p99_9"`
	Max  float64 `json:"max"`
}

type report struct {
	Program         string       `json:"program"`
	Variant         string       `json:"variant"`
	Mode            string       `json:"mode"`
	Profile         string       `json:"profile"`
	Events          uint64       `json:"events"`
	FollowUps       uint64       `json:"follow_ups"`
	Triggers        uint64       `json:"triggers"`
	Merged          uint64       `json:"merged"`
	Checksum        string       `json:"checksum"`
	TriggerChecksum string       `json:"trigger_checksum"`
	Seconds         float64      `json:"seconds"`
	EventsPerSecond float64      `json:"events_per_second"`
	AllocatedPerSec float64      `json:"allocated_bytes_per_second"`
	Allocations     uint64       `json:"allocations"`
	CPUSeconds      float64      `json:"cpu_seconds"`
	RSSBytes        uint64       `json:"rss_bytes"`
	Latency         *percentiles `json:"latency_us"`
	Others          *percentiles `json:"others_us"`
	Timeline        [][3]float64 `json:"timeline"`
	Curve           [][2]float64 `json:"curve"`
}

func micros(latency uint32) float64 { return math.Round(float64(latency)*unit.Seconds()*1e8) / 100 }

// atShare: of sorted latencies, the smallest that `share` of all do not exceed.
func atShare(sorted []uint32, share float64) float64 {
	rank := int(math.Ceil(share * float64(len(sorted))))
	if rank < 1 {
		rank = 1
	}
	return micros(sorted[rank-1])
}

func summary(sorted []uint32) *percentiles {
	if len(sorted) == 0 {
		return nil
	}
	return &percentiles{atShare(sorted, 0.5), atShare(sorted, 0.9), atShare(sorted, 0.99), atShare(sorted, 0.999),
		micros(sorted[len(sorted)-1])}
}

func sortLatencies(latencies []uint32) {
	sort.Slice(latencies, func(a, b int) bool { return latencies[a] < latencies[b] })
}

const binNs = 100_000_000

// describe fills in the latencies of the report: all, those of the districts beside the opening one, over time, and how
// they are distributed.
func (r *report) describe(s *schedule, samples []sample) {
	sort.Slice(samples, func(a, b int) bool { return samples[a].sequence < samples[b].sequence })
	var all, others, bin []uint32
	from := int64(0)
	r.Timeline, r.Curve = [][3]float64{}, [][2]float64{}
	endBin := func() {
		if len(bin) > 0 {
			sortLatencies(bin)
			r.Timeline = append(r.Timeline, [3]float64{float64(from / 1_000_000), atShare(bin, 0.99), micros(bin[len(bin)-1])})
			bin = bin[:0]
		}
	}
	for _, one := range samples {
		at := &s.records[one.sequence]
		if start := at.intended / binNs * binNs; start != from {
			endBin()
			from = start
		}
		all = append(all, one.latency)
		if uint32(at.district) == s.opening {
			continue
		}
		bin = append(bin, one.latency)
		if s.opening < s.districts {
			others = append(others, one.latency)
		}
	}
	endBin()
	sortLatencies(all)
	sortLatencies(others)
	r.Latency, r.Others = summary(all), summary(others)
	if len(others) > 0 {
		all = others
	}
	for point := 1; ; point++ {
		beyond := math.Pow(10, -float64(point)/8)
		if float64(len(all))*beyond < 1 {
			break
		}
		r.Curve = append(r.Curve, [2]float64{1 - beyond, atShare(all, 1-beyond)})
	}
}

func (r *report) print() {
	line, err := json.Marshal(r)
	if err != nil {
		fail(err)
	}
	fmt.Println(string(line))
}

func fail(what any) {
	fmt.Fprintln(os.Stderr, "bench_peer_go:", strings.TrimSpace(fmt.Sprint(what)))
	os.Exit(1)
}
