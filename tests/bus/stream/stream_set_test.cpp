// Goal: ids lead to their own logs and to nothing before the first event.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "bus/stream/stream_set.hpp"
#include "tests/bus/stream/stream_world.hpp"

using namespace cairn::bus;

TEST_CASE("a stream is found once the writer has made it, and others are not") {
  StreamSet set({1, 10, 100, 1}, 2);
  const std::uint32_t team = (1U << 28U) | 7U;
  const std::uint32_t player = (2U << 28U) | 7U;
  CHECK(set.find(0) == nullptr);
  CHECK(set.find(team) == nullptr);
  StreamLog& log = set.log(team);
  CHECK(set.find(team) == &log);
  CHECK(&set.log(team) == &log);
  CHECK(set.find(player) == nullptr);
  log.append(1, sample_frame(team, 1));
  CHECK(set.log(player).last_offset() == 0);
  CHECK(set.find(team)->last_offset() == 1);
  CHECK(set.segments_allocated() == 1);
}

TEST_CASE("the hunt's segments and the teams' come from two pools") {
  StreamSet set({1, 2, 2, 1}, 1);
  set.log(0).append(1, sample_frame(0, 1));
  set.log(1U << 28U).append(1, sample_frame(0, 1));
  set.log(2U << 28U).append(1, sample_frame(0, 1));
  // A second frame of the largest size fits behind the first in 64 KiB, and not in 16 KiB.
  std::vector<std::byte> large(kFrameBytesMax);
  const FrameHead head = text_frame_head(large.size() - 4);
  std::copy(head.view().begin(), head.view().end(), large.begin());
  for (const std::uint32_t id : {0U, 1U << 28U}) set.log(id).append(2, large);
  CHECK(set.find(0)->end() == sample_frame(0, 1).size() + large.size());
  CHECK(set.find(1U << 28U)->end() == 16 * 1024 + large.size());
  CHECK(set.segments_allocated() == 4);
}
