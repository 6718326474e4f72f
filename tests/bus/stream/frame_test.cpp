// Goal: a frame's head says its length in the three ways of RFC 6455, 5.2, and the walk reads back what was
// said. Breaks: the borders between them; heads that are cut.
#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

#include "bus/stream/frame.hpp"

using namespace cairn::bus;

TEST_CASE("a head has 2, 4 or 10 bytes and reads back at every border") {
  const std::pair<std::uint64_t, std::size_t> borders[] = {{0, 2},     {1, 2},      {125, 2},       {126, 4},
                                                           {65535, 4}, {65536, 10}, {1U << 20U, 10}};
  for (const auto& [payload_bytes, head_bytes] : borders) {
    const FrameHead head = text_frame_head(payload_bytes);
    CHECK(head.count == head_bytes);
    CHECK(head.bytes[0] == std::byte{0x81});
    CHECK((head.bytes[1] & std::byte{0x80}) == std::byte{0});
    CHECK(frame_bytes(head.view()) == head_bytes + payload_bytes);
    for (std::size_t cut = 0; cut < head_bytes; ++cut) CHECK(frame_bytes(head.view().first(cut)) == 0);
  }
}

TEST_CASE("the length is big-endian") {
  const FrameHead head = text_frame_head(0x0102);
  CHECK(head.bytes[2] == std::byte{0x01});
  CHECK(head.bytes[3] == std::byte{0x02});
}
