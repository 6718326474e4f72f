// Goal: a log gives every reader the same frames, from any offset in its window, in pieces of any size, and
// says so when an offset has left the window. Breaks: segment borders, exact fills, trims, restarts.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "bus/random.hpp"
#include "bus/stream/segment_pool.hpp"
#include "bus/stream/stream_log.hpp"
#include "tests/bus/stream/stream_world.hpp"

using namespace cairn::bus;

namespace {

struct World {
  explicit World(std::size_t segment_bytes = 256, std::uint32_t segments_max = 4)
      : pool(segment_bytes, epochs), log(pool, segments_max) {
    epochs.acknowledge(0);
  }
  void append(std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t offset = first; offset <= last; ++offset) log.append(offset, sample_frame(0, offset));
  }

  ReaderEpochs epochs{1};
  SegmentPool pool;
  StreamLog log;
};

// The whole bytes from a position on, taken in pieces.
std::vector<std::byte> read_all(const StreamLog& log, std::uint64_t position, std::size_t bytes_max,
                                std::size_t slots) {
  std::vector<std::byte> all;
  for (;;) {
    std::array<iovec, 8> out;
    const StreamLog::Slice slice = log.read(position, std::span(out).first(slots), bytes_max);
    if (slice.count == 0) return all;
    CHECK(slice.bytes <= bytes_max);
    CHECK(log.advance(position, slice.bytes) == slice.next);
    for (std::size_t i = 0; i < slice.count; ++i) {
      const auto piece = bytes_of(out[i]);
      all.insert(all.end(), piece.begin(), piece.end());
    }
    position = slice.next;
  }
}

std::vector<std::byte> frame_of(std::size_t bytes) {
  const std::size_t head_bytes = bytes - 2 < 126 ? 2 : 4;
  const FrameHead head = text_frame_head(bytes - head_bytes);
  std::vector<std::byte> frame(bytes, std::byte{'.'});
  std::copy_n(head.bytes.begin(), head_bytes, frame.begin());
  return frame;
}

}  // namespace

TEST_CASE("every offset of the window leads to its frames, whatever the pieces") {
  World world;
  world.append(1, 12);
  REQUIRE(world.log.begin() == 0);
  REQUIRE(world.log.end() > 512);
  for (std::uint64_t after = 0; after <= 12; ++after) {
    std::vector<std::byte> expected;
    for (std::uint64_t offset = after + 1; offset <= 12; ++offset) {
      const auto frame = sample_frame(0, offset);
      expected.insert(expected.end(), frame.begin(), frame.end());
    }
    const auto position = world.log.position_after(after);
    REQUIRE(position.has_value());
    for (const std::size_t bytes_max : {1U, 7U, 100U, 256U, 10000U}) {
      CHECK(read_all(world.log, *position, bytes_max, 1) == expected);
      CHECK(read_all(world.log, *position, bytes_max, 8) == expected);
    }
  }
  CHECK(world.log.last_offset() == 12);
  CHECK(world.log.position_after(12) == world.log.end());
  CHECK(!world.log.position_after(13));
  CHECK(!world.log.position_after(~std::uint64_t{0}));
}

TEST_CASE("an empty log knows only where it starts") {
  World fresh;
  CHECK(fresh.log.end() == 0);
  CHECK(fresh.log.last_offset() == 0);
  CHECK(fresh.log.position_after(0) == 0);
  CHECK(!fresh.log.position_after(1));
  std::array<iovec, 2> out;
  CHECK(fresh.log.read(0, out, 100).count == 0);

  World restarted;
  restarted.log.start_after(40);
  CHECK(restarted.log.last_offset() == 40);
  CHECK(restarted.log.position_after(40) == 0);
  CHECK(!restarted.log.position_after(39));
  CHECK(!restarted.log.position_after(41));
  restarted.append(41, 43);
  CHECK(restarted.log.position_after(40) == 0);
  CHECK(!restarted.log.position_after(39));
  CHECK(restarted.log.position_after(43) == restarted.log.end());
}

TEST_CASE("after a restart the window starts at the first offset appended") {
  World world;
  world.append(500, 510);
  CHECK(world.log.position_after(499) == 0);
  CHECK(!world.log.position_after(498));
  CHECK(!world.log.position_after(0));
  CHECK(world.log.last_offset() == 510);
}

TEST_CASE("a segment filled to its last byte is followed without a hole") {
  World world(128, 4);
  for (std::uint64_t offset = 1; offset <= 3; ++offset) {
    world.log.append(2 * offset - 1, frame_of(64));
    world.log.append(2 * offset, frame_of(64));
    CHECK(world.log.end() == offset * 128);
    CHECK(world.log.position_after(2 * offset) == world.log.end());
    CHECK(world.log.position_after(2 * offset - 1) == world.log.end() - 64);
    CHECK(read_all(world.log, 0, 1000, 8).size() == offset * 128);
    CHECK(world.log.boundary_before(world.log.end() - 64, world.log.end()) == world.log.end());
  }
}

TEST_CASE("what is left of a segment behind its last frame is skipped") {
  World world(256, 4);
  world.log.append(1, frame_of(200));
  const std::uint64_t seam = world.log.end();
  CHECK(seam == 200);
  world.log.append(2, frame_of(100));
  CHECK(world.log.end() == 256 + 100);
  std::array<iovec, 4> out;
  const StreamLog::Slice slice = world.log.read(seam, out, 1000);
  CHECK(slice.count == 1);
  CHECK(slice.bytes == 100);
  CHECK(slice.next == world.log.end());
  CHECK(world.log.advance(150, 51) == 257);
  CHECK(world.log.advance(150, 50) == 200);
}

TEST_CASE("boundaries are found from any boundary before") {
  World world;
  world.append(1, 14);
  REQUIRE(world.log.begin() == 0);
  std::vector<std::uint64_t> starts;
  for (std::uint64_t after = 0; after <= 14; ++after) starts.push_back(*world.log.position_after(after));
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    const std::size_t bytes = sample_frame(0, i + 1).size();
    for (std::size_t inside = 0; inside < bytes; ++inside) {
      const std::uint64_t position = world.log.advance(starts[i], inside);
      // The seam between two segments has two names: the end of one and the start of the next.
      const std::uint64_t expected = inside == 0 ? position : position - inside;
      for (std::size_t from = 0; from <= i; ++from) {
        CHECK(world.log.boundary_before(starts[from], position) == expected);
      }
    }
  }
}

TEST_CASE("when full the oldest segment leaves, and its offsets are told from those that stay") {
  World world;
  world.append(1, 200);
  const std::uint64_t begin = world.log.begin();
  CHECK(begin > 0);
  CHECK(begin % 256 == 0);
  CHECK(world.log.end() - begin <= 4 * 256);
  CHECK(world.log.end() - begin > 3 * 256);
  std::uint64_t oldest = 0;
  while (!world.log.position_after(oldest)) ++oldest;
  CHECK(world.log.position_after(oldest) == begin);
  for (std::uint64_t after = oldest; after <= 200; ++after) {
    const auto position = world.log.position_after(after);
    REQUIRE(position.has_value());
    FrameChecker checker(0, after + 1);
    CHECK(checker.take(read_all(world.log, *position, 33, 2)));
    CHECK(checker.between_frames());
    CHECK(checker.next_offset() == 201);
  }
}

TEST_CASE("segments come back only when every core has acknowledged") {
  ReaderEpochs epochs(2);
  SegmentPool pool(256, epochs);
  StreamLog log(pool, 2);
  epochs.acknowledge(0);
  epochs.acknowledge(1);
  std::uint64_t offset = 0;
  const auto append_segment = [&] { log.append(++offset, frame_of(200)); };
  append_segment();
  append_segment();
  // Core 1 takes a pointer in this turn and holds it.
  std::array<iovec, 1> held;
  REQUIRE(log.read(log.begin(), held, 1000).count == 1);
  const std::vector<std::byte> before(bytes_of(held[0]).begin(), bytes_of(held[0]).end());
  for (int i = 0; i < 5; ++i) {
    append_segment();
    epochs.acknowledge(0);
  }
  CHECK(pool.allocated() == 7);
  CHECK(pool.waiting() == 5);
  CHECK(std::vector<std::byte>(bytes_of(held[0]).begin(), bytes_of(held[0]).end()) == before);
  CHECK(log.read(0, held, 1000).count == 0);
  epochs.acknowledge(1);
  for (int i = 0; i < 20; ++i) {
    append_segment();
    epochs.acknowledge(0);
    epochs.acknowledge(1);
  }
  CHECK(pool.allocated() == 7);
  CHECK(pool.waiting() <= 1);
}

TEST_CASE("a parked core holds nobody up, and counts again when it is back") {
  ReaderEpochs epochs(2);
  SegmentPool pool(256, epochs);
  StreamLog log(pool, 2);
  epochs.acknowledge(0);
  epochs.acknowledge(1);
  epochs.park(1);
  std::uint64_t offset = 0;
  for (int i = 0; i < 20; ++i) {
    log.append(++offset, frame_of(200));
    epochs.acknowledge(0);
  }
  CHECK(pool.allocated() == 3);
  epochs.acknowledge(1);
  for (int i = 0; i < 5; ++i) {
    log.append(++offset, frame_of(200));
    epochs.acknowledge(0);
  }
  CHECK(pool.waiting() == 5);
}

TEST_CASE("a log that ends gives its segments back") {
  ReaderEpochs epochs(1);
  SegmentPool pool(256, epochs);
  for (int life = 0; life < 3; ++life) {
    StreamLog log(pool, 4);
    for (std::uint64_t offset = 1; offset <= 30; ++offset) log.append(offset, frame_of(200));
  }
  CHECK(pool.allocated() <= 5);
}
