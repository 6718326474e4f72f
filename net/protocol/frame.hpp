// The head of a server's WebSocket frame: unmasked, in one piece, so the same bytes serve every socket.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cairn::net {

enum class Opcode : std::uint8_t { kText = 0x1, kClose = 0x8, kPing = 0x9, kPong = 0xA };

// `out` holds 10 bytes. Returns the head's length: 2, 4 or 10.
inline std::size_t write_frame_head(Opcode opcode, std::size_t payload_bytes, std::byte* out) {
  out[0] = static_cast<std::byte>(0x80U | static_cast<std::uint8_t>(opcode));
  if (payload_bytes < 126) {
    out[1] = static_cast<std::byte>(payload_bytes);
    return 2;
  }
  const std::size_t length_bytes = payload_bytes <= 0xffff ? 2 : 8;
  out[1] = static_cast<std::byte>(length_bytes == 2 ? 126 : 127);
  for (std::size_t i = 0; i < length_bytes; ++i)
    out[2 + i] = static_cast<std::byte>(payload_bytes >> (8 * (length_bytes - 1 - i)));
  return 2 + length_bytes;
}

}  // namespace cairn::net
