// How many requests somebody may send: a bucket that fills steadily and is emptied by requests.
//
// Owner: a session, or a core's table. Bounds: `burst` tokens. A bucket of zero bytes is a full one.
#pragma once

#include <algorithm>
#include <cstdint>

namespace cairn::net {

class TokenBucket {
 public:
  // Takes `cost` tokens if they are there. `interval_ns` fills one token.
  [[nodiscard]] bool take(std::int64_t now_ns, std::int64_t interval_ns, std::uint32_t burst,
                          std::uint32_t cost = 1) {
    refill(now_ns, interval_ns, burst);
    if (burst - spent_ < cost) return false;
    spent_ += cost;
    return true;
  }
  [[nodiscard]] bool is_empty(std::int64_t now_ns, std::int64_t interval_ns, std::uint32_t burst) {
    refill(now_ns, interval_ns, burst);
    return spent_ >= burst;
  }

 private:
  void refill(std::int64_t now_ns, std::int64_t interval_ns, std::uint32_t burst) {
    const std::int64_t filled = (now_ns - since_ns_) / interval_ns;
    if (filled >= spent_) {
      spent_ = 0;
      since_ns_ = now_ns;
    } else {
      spent_ -= static_cast<std::uint32_t>(filled);
      since_ns_ += filled * interval_ns;
    }
    spent_ = std::min(spent_, burst);
  }

  std::int64_t since_ns_ = 0;
  std::uint32_t spent_ = 0;
};

}  // namespace cairn::net
