// The network between one client and one gateway: a pair of connected sockets, one end the gateway's as an accepted one
// would be, and what a network does to the bytes between them: delay, a reader who is slow, a connection that is lost at
// any byte, one that falls silent and yet stands.
//
// Bytes of one direction stay in order; connections are apart, so they overtake each other as their delays have it.
// Owner: a Client. Threads: the world's one. Bounds: what is in flight is the kernel's two buffers and what was written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "bus/clock.hpp"
#include "bus/random.hpp"

namespace cairn::world {

struct Weather {
  std::int64_t delay_ns_min = 0;  // of everything that is written, each way
  std::int64_t delay_ns_max = 0;
  std::uint64_t bytes_per_second = 0;  // that the client reads; 0: all there is
};

class Cable {
 public:
  Cable(const bus::Clock& clock, bus::SeededRandom& random, const Weather& weather);
  ~Cable();
  Cable(const Cable&) = delete;
  Cable& operator=(const Cable&) = delete;

  // The gateway's end: the caller's from now on. Once.
  [[nodiscard]] int take_far_end();

  void write(std::string_view bytes);
  // Moves what is due; returns whether anything moved.
  bool carry();
  // What has come and was not taken away yet.
  [[nodiscard]] std::string& arrived() { return arrived_; }
  // Nothing will come or go any more; what has arrived can still be read.
  [[nodiscard]] bool is_ended() const { return near_ < 0; }

  // No fault stands over it.
  [[nodiscard]] bool is_sound() const {
    return !is_ended() && !is_silent_ && !lost_after_ && weather_.bytes_per_second == 0;
  }

  void set_weather(const Weather& weather) { weather_ = weather; }
  // The connection is lost when so many more bytes have gone either way; what is in flight then is lost with it.
  void lose_after(std::size_t bytes) { lost_after_ = bytes; }
  // Half-open: nothing moves any more, and nobody is told.
  void fall_silent() { is_silent_ = true; }
  // The client closes its socket.
  void end();

 private:
  struct InFlight {
    std::int64_t due_ns;
    std::string bytes;
  };

  [[nodiscard]] std::int64_t due_ns(const std::deque<InFlight>& behind);
  [[nodiscard]] std::size_t may_read();
  // How many of `bytes` still get through; the connection ends with the last one.
  [[nodiscard]] std::size_t let_through(std::size_t bytes);
  bool carry_out();
  bool carry_in();

  const bus::Clock& clock_;
  bus::SeededRandom& random_;
  Weather weather_;
  int near_ = -1;
  int far_ = -1;  // until it is taken
  std::deque<InFlight> out_;
  std::deque<InFlight> in_;
  std::string arrived_;
  std::optional<std::size_t> lost_after_;
  bool is_silent_ = false;
  std::int64_t read_ns_ = 0;  // when a slow reader read last
};

}  // namespace cairn::world
