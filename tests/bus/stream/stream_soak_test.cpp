// Goal: two cores read, resume and park while one writer laps them over and over, and no byte is ever another
// one. Breaks: tiny segments, windows of a few of them, many trims. Meant for ThreadSanitizer; true without
// it as well.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "bus/random.hpp"
#include "bus/stream/stream_set.hpp"
#include "tests/bus/stream/stream_world.hpp"

using namespace cairn::bus;

namespace {

constexpr std::size_t kCores = 2;
constexpr std::array<std::uint32_t, 3> kStreams{0, 1U << 28U, (2U << 28U) | 3U};
constexpr std::uint64_t kOffsets = 30'000;

struct Cursor {
  std::uint32_t stream = 0;
  std::uint64_t position = 0;
  FrameChecker checker{0, 1};
  bool started = false;
};

struct Outcome {
  std::string wrong;
  std::uint64_t bytes = 0;
  std::uint64_t missed = 0;
  std::uint64_t resumed = 0;
  std::array<bool, kStreams.size()> saw_the_end{};
};

// Goes on behind an offset near the end, as a client that resumes does.
bool resume(Cursor& cursor, const StreamLog& log, Outcome& outcome, std::uint64_t back) {
  const std::uint64_t last = log.last_offset();
  const std::uint64_t after = last > back ? last - back : last;
  const auto position = log.position_after(after);
  if (!position) return false;
  cursor.position = *position;
  cursor.checker.restart(after + 1);
  cursor.started = true;
  ++outcome.resumed;
  return true;
}

void read_some(Cursor& cursor, const StreamLog& log, SeededRandom& random, Outcome& outcome) {
  if (!cursor.started || cursor.position < log.begin()) {
    if (cursor.started) ++outcome.missed;
    cursor.started = false;
    if (!resume(cursor, log, outcome, random.next() % 20)) return;
  }
  std::array<iovec, 3> out;
  const std::size_t slots = 1 + random.next() % out.size();
  const StreamLog::Slice slice =
      log.read(cursor.position, std::span(out).first(slots), 1 + random.next() % 900);
  for (std::size_t i = 0; i < slice.count; ++i) {
    if (!cursor.checker.take(bytes_of(out[i]))) outcome.wrong = "a byte is not the one that was written";
  }
  // A socket took a part only.
  if (slice.bytes > 0 && random.next() % 4 == 0 && log.advance(cursor.position, slice.bytes) != slice.next) {
    // The segment may have left the window within this turn; then begin() is beyond it.
    if (log.begin() <= cursor.position) outcome.wrong = "advance() and read() disagree";
  }
  outcome.bytes += slice.bytes;
  cursor.position = slice.next;
  if (cursor.checker.between_frames() && slice.bytes > 0 && log.begin() <= cursor.position) {
    const std::uint64_t boundary = log.boundary_before(cursor.position, cursor.position);
    if (boundary != cursor.position) outcome.wrong = "a frame's end is not a boundary";
  }
}

void run_core(StreamSet& set, std::size_t core, Outcome& outcome) {
  SeededRandom random(core + 1);
  std::array<Cursor, 2 * kStreams.size()> cursors;
  for (std::size_t i = 0; i < cursors.size(); ++i) {
    cursors[i].stream = kStreams[i % kStreams.size()];
    cursors[i].checker = FrameChecker(cursors[i].stream, 1);
  }
  for (;;) {
    set.epochs().acknowledge(core);
    bool all_seen = true;
    for (std::size_t i = 0; i < cursors.size(); ++i) {
      const StreamLog* log = set.find(cursors[i].stream);
      if (log != nullptr) read_some(cursors[i], *log, random, outcome);
      bool& seen = outcome.saw_the_end[i % kStreams.size()];
      seen = seen || (log != nullptr && log->last_offset() == kOffsets && cursors[i].position == log->end());
      all_seen = all_seen && seen;
    }
    if (all_seen || !outcome.wrong.empty()) break;
    if (random.next() % 16 == 0) {
      set.epochs().park(core);
      std::this_thread::yield();
    }
  }
  set.epochs().park(core);
}

}  // namespace

TEST_CASE("no reader ever sees a byte of another frame while segments are used again and again") {
  StreamSet set({1, 1, 4, 1}, kCores, {{{256, 8}, {128, 4}, {128, 2}, {128, 2}}});
  std::array<Outcome, kCores> outcomes;
  std::vector<std::thread> cores;
  for (std::size_t core = 0; core < kCores; ++core) {
    cores.emplace_back([&set, &outcomes, core] { run_core(set, core, outcomes[core]); });
  }
  for (std::uint64_t offset = 1; offset <= kOffsets; ++offset) {
    for (const std::uint32_t stream : kStreams) set.log(stream).append(offset, sample_frame(stream, offset));
    if (offset % 32 == 0) std::this_thread::yield();
  }
  for (std::thread& core : cores) core.join();
  for (const Outcome& outcome : outcomes) {
    CHECK(outcome.wrong == "");
    CHECK(outcome.bytes > 0);
    CHECK(outcome.resumed > 0);
  }
  MESSAGE("bytes read " << outcomes[0].bytes + outcomes[1].bytes << ", windows missed "
                        << outcomes[0].missed + outcomes[1].missed << ", segments made "
                        << set.segments_allocated());
  CHECK(set.find(0)->begin() > 0);
}
