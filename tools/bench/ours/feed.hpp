// The poller of a core in the benchmark: where sockets would be, the schedule. Inside, what is due is sent in each turn.
//
// Owner: the bench. Threads: its core's loop. Bounds: Sender's.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "bus/core.hpp"
#include "bus/poller.hpp"
#include "tools/bench/ours/sender.hpp"

namespace cairn::bench {

class Feed final : public bus::Poller {
 public:
  // Nothing to send: an outside run.
  Feed() = default;
  explicit Feed(Sender sender) : sender_(std::move(sender)) {}

  // Before the loop runs.
  void attach(bus::Core& core) { core_ = &core; }
  void start(std::int64_t start_ns, bool is_closed_loop) {
    if (sender_) sender_->start(start_ns);
    is_closed_loop_ = is_closed_loop;
  }

  bool poll() override {
    return sender_ && !sender_->done() && sender_->send_due(core_->out(), core_->clock().steady_ns()) > 0;
  }

  void park(int wake_fd, std::int64_t timeout_ns) override {
    if (sender_ && !sender_->done()) {
      const std::int64_t due_in_ns =
          is_closed_loop_ ? kWindowLookNs : sender_->next_due_ns() - core_->clock().steady_ns();
      if (due_in_ns <= 0) return;
      timeout_ns = std::min(timeout_ns, due_in_ns);
    }
    waiting_.park(wake_fd, timeout_ns);
  }

 private:
  // In a closed loop the window opens when the other core has drained, which wakes nobody: look again soon.
  static constexpr std::int64_t kWindowLookNs = 10'000;

  std::optional<Sender> sender_;
  bus::FdPoller waiting_;
  bus::Core* core_ = nullptr;
  bool is_closed_loop_ = false;
};

}  // namespace cairn::bench
