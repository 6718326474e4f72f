// How a core that owns sockets looks at them and waits: its io_context, as the bus wants it.
//
// Owner: the program. Threads: the loop's. Bounds: kHandlersPerPoll handlers a turn. A park ends with the
// first handler that becomes ready, and runs it: handlers of sockets touch no stream's log, so that is no
// harm.
#pragma once

#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <chrono>
#include <cstdint>

#include "bus/poller.hpp"
#include "net/gateway/handler_memory.hpp"

namespace cairn::net {

class AsioPoller final : public bus::Poller {
 public:
  explicit AsioPoller(boost::asio::io_context& io) : io_(io), wake_(io) {}
  ~AsioPoller() override {
    if (!wake_.is_open()) return;
    wake_.release();  // the descriptor is the loop's
    // Its last handler still stands in memory_, and goes before that does.
    io_.restart();
    while (is_waiting_ && io_.poll_one() > 0) {
    }
  }

  bool poll() override {
    io_.restart();
    std::size_t handlers = 0;
    while (handlers < kHandlersPerPoll && io_.poll_one() > 0) ++handlers;
    return handlers > 0;
  }

  void park(int wake_fd, std::int64_t timeout_ns) override {
    io_.restart();
    if (!wake_.is_open()) wake_.assign(wake_fd);
    if (!is_waiting_) {
      is_waiting_ = true;
      wake_.async_wait(
          boost::asio::posix::stream_descriptor::wait_read,
          boost::asio::bind_allocator(HandlerAllocator<std::byte>(memory_.place()),
                                      [this](const boost::system::error_code&) { is_waiting_ = false; }));
    }
    io_.run_one_for(std::chrono::nanoseconds(timeout_ns));
  }

 private:
  static constexpr std::size_t kHandlersPerPoll = 256;

  boost::asio::io_context& io_;
  boost::asio::posix::stream_descriptor wake_;
  HandlerMisses misses_;
  HandlerMemory<256> memory_{misses_};
  bool is_waiting_ = false;
};

}  // namespace cairn::net
