// Wakes a core's loop at a time: the loop may park meanwhile. What is due is looked up by the turn that
// follows.
//
// Owner: a gateway, which cancels it and runs the io_context until it is idle. Threads: the core's loop.
#pragma once

#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

#include "net/gateway/handler_memory.hpp"

namespace cairn::net {

class Alarm {
 public:
  // goes_off: false where whoever turns the loop never parks and the machine's time must not matter; set() does nothing then.
  Alarm(boost::asio::io_context& io, HandlerMisses& misses, bool goes_off)
      : timer_(io), memory_(misses), goes_off_(goes_off) {}

  // Nothing, if it is set already.
  void set(std::int64_t in_ns) {
    if (is_set_ || !goes_off_) return;
    is_set_ = true;
    timer_.expires_after(std::chrono::nanoseconds(in_ns > 0 ? in_ns : 0));
    timer_.async_wait(
        boost::asio::bind_allocator(HandlerAllocator<std::byte>(memory_.place()),
                                    [this](const boost::system::error_code&) { is_set_ = false; }));
  }
  void cancel() { timer_.cancel(); }
  [[nodiscard]] bool is_set() const { return is_set_; }

 private:
  boost::asio::steady_timer timer_;
  HandlerMemory<256> memory_;
  const bool goes_off_;
  bool is_set_ = false;
};

}  // namespace cairn::net
