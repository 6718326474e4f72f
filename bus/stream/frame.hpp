// The head of a WebSocket frame as a server sends it (RFC 6455, 5.2): one unmasked text frame an event, and
// the walk from one frame to the next.
//
// Threads: any; nothing is kept. Bounds: kFrameBytesMax, head included.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cairn::bus {

inline constexpr std::size_t kFrameBytesMax = std::size_t{16} * 1024;
inline constexpr std::size_t kFrameHeadBytesMax = 10;

struct FrameHead {
  std::array<std::byte, kFrameHeadBytesMax> bytes;
  std::size_t count = 0;
  [[nodiscard]] std::span<const std::byte> view() const { return {bytes.data(), count}; }
};

// FIN, opcode 1 (text), no mask: the length takes 7 bits, or 126 and 2 bytes, or 127 and 8 bytes, big-endian.
[[nodiscard]] constexpr FrameHead text_frame_head(std::uint64_t payload_bytes) {
  FrameHead head{};
  head.bytes[0] = std::byte{0x81};
  std::size_t length_bytes = 0;
  if (payload_bytes < 126) {
    head.bytes[1] = static_cast<std::byte>(payload_bytes);
  } else if (payload_bytes <= 0xffff) {
    head.bytes[1] = std::byte{126};
    length_bytes = 2;
  } else {
    head.bytes[1] = std::byte{127};
    length_bytes = 8;
  }
  for (std::size_t i = 0; i < length_bytes; ++i) {
    head.bytes[2 + i] = static_cast<std::byte>(payload_bytes >> (8 * (length_bytes - 1 - i)));
  }
  head.count = 2 + length_bytes;
  return head;
}

// How many bytes the unmasked frame at the start of `bytes` takes, head included; 0 if its head is not whole.
// The frame itself may be longer than `bytes`.
[[nodiscard]] constexpr std::uint64_t frame_bytes(std::span<const std::byte> bytes) {
  if (bytes.size() < 2) return 0;
  const auto length = std::to_integer<std::uint64_t>(bytes[1] & std::byte{0x7f});
  if (length < 126) return 2 + length;
  const std::size_t length_bytes = length == 126 ? 2 : 8;
  if (bytes.size() < 2 + length_bytes) return 0;
  std::uint64_t payload_bytes = 0;
  for (std::size_t i = 0; i < length_bytes; ++i) {
    payload_bytes = (payload_bytes << 8U) | std::to_integer<std::uint64_t>(bytes[2 + i]);
  }
  return 2 + length_bytes + payload_bytes;
}

}  // namespace cairn::bus
