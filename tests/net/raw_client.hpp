// A client that writes HTTP and WebSocket frames byte by byte, so that a test can also send what no library
// would. Non-blocking: its test turns the server between two looks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::test {

struct Frame {
  std::uint8_t opcode = 0;
  std::string payload;
  [[nodiscard]] std::uint16_t close_code() const {
    return payload.size() < 2 ? std::uint16_t{1005}
                              : static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8U |
                                                           static_cast<unsigned char>(payload[1]));
  }
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_bytes = 0);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void write(std::string_view bytes);
  void upgrade(std::string_view path = "/v1/play", std::string_view protocol = "cairn.v1.json",
               std::string_view extra_headers = "");
  void text(std::string_view payload) { frame(0x81, payload); }
  // The first byte as it stands: FIN, reserved bits, opcode.
  void frame(std::uint8_t first_byte, std::string_view payload, bool masked = true);

  // Takes in what has come, at most `bytes_max`.
  void look(std::size_t bytes_max = 1U << 20U);
  // An HTTP head or a whole HTTP answer, once it is there.
  std::optional<std::string> head();
  std::optional<std::string> response();
  std::optional<Frame> next_frame();
  [[nodiscard]] bool is_ended() const { return ended_; }
  [[nodiscard]] const std::string& received() const { return in_; }
  void close();

 private:
  int fd_ = -1;
  bool ended_ = false;
  std::string in_;
};

}  // namespace cairn::test
