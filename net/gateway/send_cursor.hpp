// One connection in the core's compact array of them: where it stands in each of its streams, and what was
// left half written. A broadcast walks this array and touches little else.
//
// Owner: the send path. Threads: the core's loop.
#pragma once

#include <array>
#include <cstdint>

#include "bus/stream/stream_log.hpp"
#include "net/gateway/out_buffer.hpp"
#include "net/protocol/request.hpp"

namespace cairn::net {

inline constexpr std::uint32_t kNoSlot = 0xffffffffU;

struct SendCursor {
  int fd = -1;                   // -1: the slot is free
  bool is_blocked = false;       // the kernel's buffer is full; waiting for it
  bool is_dirty = false;         // in the dirty list
  std::uint8_t following = 0;    // a bit for each stream (by StreamKind) that is sent
  std::uint8_t half_stream = 0;  // where the half-written frame is from, if half_bytes > 0
  std::uint32_t half_bytes = 0;  // what is left of it
  std::array<const bus::StreamLog*, kPlayerStreams> logs{};  // nullptr: the stream has no event yet
  std::array<std::uint64_t, kPlayerStreams> positions{};
  OutBuffer* out = nullptr;
  std::uint64_t hunt_offset = 0;          // has every event of hunt through this one, at least
  std::uint64_t leaderboard_version = 0;  // the last one sent
  std::uint64_t wait_for_published = 0;   // team and me have events through this sequence to come

  [[nodiscard]] bool follows(std::size_t stream) const { return (following >> stream & 1U) != 0; }
};
static_assert(sizeof(SendCursor) <= 128);

}  // namespace cairn::net
