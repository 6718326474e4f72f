// Whom a core still listens to: requests by team, and failed authentications by address (a crowd may share an
// address, so nothing else is counted by it).
//
// Owner: a core. Threads: its loop's. Bounds: one bucket per team; kFailedAddressesTracked addresses, of
// which two that collide share a bucket.
#pragma once

#include <array>
#include <cstdint>

#include "actors/messages/ids.hpp"
#include "bus/lazy_array.hpp"
#include "net/limits.hpp"
#include "net/session/token_bucket.hpp"
#include "net/view/index_table.hpp"

namespace cairn::net {

// A peer's address as a number; 0: unknown.
using AddressKey = std::uint64_t;

class Admission {
 public:
  explicit Admission(std::size_t teams_max) : teams_(teams_max) {}

  [[nodiscard]] bool may_request(actors::TeamIndex team, std::int64_t now_ns, std::uint32_t cost) {
    return teams_[index(team)].take(now_ns, kNsPerSecond / kTeamRequestsPerSecond, kTeamRequestsBurst, cost);
  }
  [[nodiscard]] bool may_authenticate(AddressKey address, std::int64_t now_ns) {
    return !bucket(address).is_empty(now_ns, kFailInterval, kFailedAuthPerMinute);
  }
  void failed(AddressKey address, std::int64_t now_ns) {
    static_cast<void>(bucket(address).take(now_ns, kFailInterval, kFailedAuthPerMinute));
  }

 private:
  static constexpr std::int64_t kFailInterval = 60 * kNsPerSecond / kFailedAuthPerMinute;
  TokenBucket& bucket(AddressKey address) { return failures_[mix(address) % failures_.size()]; }

  bus::LazyArray<TokenBucket> teams_;
  std::array<TokenBucket, kFailedAddressesTracked> failures_{};
};

}  // namespace cairn::net
