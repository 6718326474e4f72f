// What a gateway has done, counted by its core. Readable on its loop; metrics ask there.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "net/gateway/handler_memory.hpp"
#include "net/gateway/send_path.hpp"
#include "net/session/close_code.hpp"
#include "net/session/core_context.hpp"

namespace cairn::net {

// Closes by code; codes outside the protocol's list are counted as `other`.
class CloseCounts {
 public:
  static constexpr std::array<std::uint16_t, 15> kCodes = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1012,
                                                           1013, 4008, 4009, 4012, 4500, 4501, 4503};
  void count(std::uint16_t code) {
    for (std::size_t i = 0; i < kCodes.size(); ++i)
      if (kCodes[i] == code) return void(++counts_[i]);
    ++other_;
  }
  [[nodiscard]] std::uint64_t of(CloseCode code) const {
    for (std::size_t i = 0; i < kCodes.size(); ++i)
      if (kCodes[i] == static_cast<std::uint16_t>(code)) return counts_[i];
    return other_;
  }
  [[nodiscard]] std::uint64_t at(std::size_t i) const { return counts_[i]; }
  [[nodiscard]] std::uint64_t other() const { return other_; }
  void add(const CloseCounts& from) {
    for (std::size_t i = 0; i < kCodes.size(); ++i) counts_[i] += from.counts_[i];
    other_ += from.other_;
  }

 private:
  std::array<std::uint64_t, kCodes.size()> counts_{};
  std::uint64_t other_ = 0;
};

struct GatewayCounters {
  std::uint64_t connections = 0;  // now, HTTP among them
  std::uint64_t sockets = 0;      // now, WebSockets
  std::uint64_t players = 0;      // now, logged in
  std::uint64_t accepted = 0;
  std::uint64_t refused_full = 0;
  std::uint64_t refused_handshakes = 0;
  std::uint64_t http_requests = 0;
  std::uint64_t hunt_deliveries = 0;  // events of `hunt` to connections
  std::uint64_t broadcasts = 0;
  std::uint64_t broadcast_slices = 0;
  std::int64_t broadcast_spread_ns = 0;  // of the last one, first to last connection
  std::int64_t broadcast_spread_ns_max = 0;
  std::uint64_t declared_skips = 0;
  std::uint64_t too_slow = 0;
  std::uint64_t aborted = 0;
  std::uint64_t pings = 0;
  std::size_t out_bytes = 0;  // pending in connections' own buffers, at the last sweep
  SendCounters send;
  SessionCounters session;
  HandlerMisses handler_misses;
  CloseCounts closes;
};

}  // namespace cairn::net
