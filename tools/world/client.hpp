// What a client's library does: HTTP requests, the handshake, frames; over a Cable.
//
// Owner: a Player, or the world for one HTTP request. Threads: the world's one. Bounds: none; a server's frames are
// checked as RFC 6455 has them (unmasked, unfragmented).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/world/cable.hpp"

namespace cairn::world {

struct HttpAnswer {
  int status = 0;
  std::string body;
};

class Client {
 public:
  Client(const bus::Clock& clock, bus::SeededRandom& random, const Weather& weather)
      : cable_(clock, random, weather) {}

  [[nodiscard]] Cable& cable() { return cable_; }

  void post(std::string_view path, std::string_view json);
  // Once the whole answer has come.
  [[nodiscard]] std::optional<HttpAnswer> answer();

  // The handshake; text() may be called at once, and waits for its end as RFC 6455 wants it.
  void upgrade();
  void text(std::string_view json);
  // The next message that has come whole. Pings are answered meanwhile.
  [[nodiscard]] std::optional<std::string> next_text();
  // The connection can carry no more messages to the client.
  [[nodiscard]] bool is_over() const { return close_code_.has_value() || cable_.is_ended(); }
  // By which the server closed; nothing while it has not, or without a word.
  [[nodiscard]] std::optional<std::uint16_t> close_code() const { return close_code_; }
  // "" while the server keeps to RFC 6455; else what it did.
  [[nodiscard]] const std::string& complaint() const { return complaint_; }

 private:
  void frame(std::uint8_t opcode, std::string_view payload);
  [[nodiscard]] bool take_handshake();

  Cable cable_;
  bool is_upgraded_ = false;
  std::vector<std::string> after_handshake_;
  std::optional<std::uint16_t> close_code_;
  std::string complaint_;
};

}  // namespace cairn::world
