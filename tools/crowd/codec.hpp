// The client's side of RFC 6455: the opening handshake's key, frame heads, masked frames.
//
// Owner: none, functions only. Threads: any. Bounds: a head is at most 14 bytes; payloads are the caller's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn::crowd {

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

struct FrameHead {
  bool fin = false;
  Opcode opcode = Opcode::text;
  std::uint8_t head_bytes = 0;
  std::uint64_t payload_bytes = 0;
};

enum class HeadRead : std::uint8_t { complete, incomplete, malformed };

// Reads the head of a frame that a server sent. Malformed: a mask, a reserved bit or opcode, a long or
// fragmented control frame, a length not in its shortest form.
[[nodiscard]] HeadRead read_head(std::string_view bytes, FrameHead& head);

// Appends one final client frame, masked with `mask` as the RFC demands of clients.
void append_client_frame(std::string& out, Opcode opcode, std::string_view payload, std::uint32_t mask);

// Sec-WebSocket-Key from a number, and the Sec-WebSocket-Accept that a server must answer it with.
[[nodiscard]] std::string handshake_key(std::uint64_t number);
[[nodiscard]] std::string handshake_accept(std::string_view key);

// The code of a close frame's payload; 1005 (no status received) when it has none.
[[nodiscard]] std::uint16_t close_code(std::string_view payload);

}  // namespace cairn::crowd
