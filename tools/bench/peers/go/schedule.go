package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"syscall"
	"unsafe"
)

const (
	followUp = 1
	trigger  = 2

	headerBytes = 80
	recordBytes = 16
	readBytes   = 64
)

// record is as it stands in the file: workload/FORMAT.md.
type record struct {
	intended int64
	team     uint32
	district uint16
	flags    uint16
}

type schedule struct {
	profile      string
	duration     int64
	warmEvents   uint64
	districts    uint32
	teams        uint32
	payloadBytes uint32
	opening      uint32
	texts        [][]byte
	records      []record
	bytes        uint64
}

// mapFile keeps the file off Go's heap, where it would put collections off.
func mapFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	about, err := file.Stat()
	if err != nil {
		return nil, err
	}
	return syscall.Mmap(int(file.Fd()), 0, int(about.Size()), syscall.PROT_READ, syscall.MAP_PRIVATE|syscall.MAP_POPULATE)
}

func load(path string) (*schedule, error) {
	file, err := mapFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(file) < headerBytes || string(file[:8]) != "CAIRNWL1" {
		return nil, fmt.Errorf("%s is not a schedule", path)
	}
	u32 := func(at int) uint32 { return binary.LittleEndian.Uint32(file[at:]) }
	u64 := func(at int) uint64 { return binary.LittleEndian.Uint64(file[at:]) }
	s := &schedule{
		duration:     int64(u64(32)),
		warmEvents:   u64(16),
		districts:    u32(40),
		teams:        u32(44),
		payloadBytes: u32(48),
		opening:      u32(52),
		bytes:        uint64(len(file)),
	}
	events, texts, recordsAt := u64(8), u32(56), u32(60)
	if uint64(len(file)) != uint64(recordsAt)+events*recordBytes {
		return nil, fmt.Errorf("%s contradicts itself", path)
	}
	name := file[64:80]
	for len(name) > 0 && name[len(name)-1] == 0 {
		name = name[:len(name)-1]
	}
	s.profile = string(name)
	for i := uint32(0); i < texts; i++ {
		s.texts = append(s.texts, file[headerBytes+i*s.payloadBytes:][:s.payloadBytes:s.payloadBytes])
	}
	s.records = unsafe.Slice((*record)(unsafe.Pointer(&file[recordsAt])), events)
	return s, nil
}

func (s *schedule) closedLoop() bool { return s.duration == 0 }

func (s *schedule) textOf(sequence int) []byte { return s.texts[sequence%len(s.texts)] }

func (s *schedule) measured(sequence int) bool {
	return !s.closedLoop() && uint64(sequence) >= s.warmEvents
}

func contribution(payload []byte, sequence uint32, actor uint64) uint64 {
	payload = payload[:readBytes]
	var folded uint64
	for at := 0; at < readBytes; at += 8 {
		folded ^= binary.LittleEndian.Uint64(payload[at:])
	}
	return (folded ^ uint64(sequence)) * (2*actor + 1)
}
