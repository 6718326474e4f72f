#include "tools/world/client.hpp"

#include <charconv>
#include <utility>

namespace cairn::world {

namespace {

constexpr std::uint8_t kText = 1;
constexpr std::uint8_t kClose = 8;
constexpr std::uint8_t kPing = 9;
constexpr std::uint8_t kPong = 10;

struct Frame {
  std::uint8_t opcode = 0;
  bool is_plain = false;  // final, no reserved bit, not masked
  std::string payload;
};

// Takes the first whole frame away.
std::optional<Frame> take_frame(std::string& bytes) {
  const auto at = [&bytes](std::size_t i) { return std::size_t{static_cast<unsigned char>(bytes[i])}; };
  if (bytes.size() < 2) return std::nullopt;
  std::size_t length = at(1) & 127U;
  const std::size_t length_bytes = length < 126 ? 0 : length == 126 ? 2 : 8;
  if (bytes.size() < 2 + length_bytes) return std::nullopt;
  if (length_bytes > 0) length = 0;
  for (std::size_t i = 0; i < length_bytes; ++i) length = length << 8U | at(2 + i);
  const std::size_t head = 2 + length_bytes;
  if (bytes.size() < head + length) return std::nullopt;
  Frame frame{static_cast<std::uint8_t>(at(0) & 15U), (at(0) & 0xf0U) == 0x80U && (at(1) & 0x80U) == 0,
              bytes.substr(head, length)};
  bytes.erase(0, head + length);
  return frame;
}

}  // namespace

void Client::post(std::string_view path, std::string_view json) {
  cable_.write("POST " + std::string{path} +
               " HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: " +
               std::to_string(json.size()) + "\r\n\r\n" + std::string{json});
}

std::optional<HttpAnswer> Client::answer() {
  const std::string& bytes = cable_.arrived();
  const std::size_t end = bytes.find("\r\n\r\n");
  const std::size_t length_at = bytes.find("Content-Length: ");
  if (end == std::string::npos || length_at > end) return std::nullopt;
  std::size_t length = 0;
  std::from_chars(bytes.data() + length_at + 16, bytes.data() + end, length);
  if (bytes.size() < end + 4 + length) return std::nullopt;
  HttpAnswer answer;
  std::from_chars(bytes.data() + std::string_view{"HTTP/1.1 "}.size(), bytes.data() + end, answer.status);
  answer.body = bytes.substr(end + 4, length);
  return answer;
}

void Client::upgrade() {
  cable_.write(
      "GET /v1/play HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Protocol: cairn.v1.json\r\n\r\n");
}

void Client::text(std::string_view json) {
  if (is_upgraded_)
    frame(kText, json);
  else
    after_handshake_.emplace_back(json);
}

void Client::frame(std::uint8_t opcode, std::string_view payload) {
  std::string bytes(1, static_cast<char>(0x80U | opcode));
  if (payload.size() < 126) {
    bytes += static_cast<char>(0x80U | payload.size());
  } else {
    bytes += static_cast<char>(0x80U | 126U);
    bytes += static_cast<char>(payload.size() >> 8U);
    bytes += static_cast<char>(payload.size() & 255U);
  }
  constexpr std::string_view kMask = "\x01\x02\x03\x04";
  bytes += kMask;
  for (std::size_t i = 0; i < payload.size(); ++i) bytes += static_cast<char>(payload[i] ^ kMask[i % 4]);
  cable_.write(bytes);
}

bool Client::take_handshake() {
  if (is_upgraded_) return true;
  std::string& bytes = cable_.arrived();
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  if (!bytes.starts_with("HTTP/1.1 101 ")) {
    // Refused: 503 while draining or full.
    bytes.clear();
    cable_.end();
    return false;
  }
  bytes.erase(0, end + 4);
  is_upgraded_ = true;
  for (const std::string& json : std::exchange(after_handshake_, {})) frame(kText, json);
  return true;
}

std::optional<std::string> Client::next_text() {
  if (!take_handshake()) return std::nullopt;
  while (auto frame = take_frame(cable_.arrived())) {
    if (!frame->is_plain) complaint_ = "a server's frame is masked, fragmented or has reserved bits";
    if (frame->opcode == kText) return std::move(frame->payload);
    if (frame->opcode == kPing) this->frame(kPong, frame->payload);
    if (frame->opcode == kClose) {
      const auto at = [&](std::size_t i) { return static_cast<unsigned char>(frame->payload[i]); };
      close_code_ = frame->payload.size() < 2 ? 1005 : static_cast<std::uint16_t>(at(0) << 8U | at(1));
      this->frame(kClose, frame->payload.substr(0, 2));
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace cairn::world
