// Hunt time: milliseconds for which the hunt has run. It leaves out pauses and the time the server was down, never goes
// back, and is advanced by bus::Clock::played_ns().
//
// Owner: a Shard; every core folds the same entries, so all agree but for a ring's delay. Threads: its core's.
#pragma once

#include <algorithm>
#include <cstdint>

#include "actors/messages/entry.hpp"
#include "actors/messages/state_bytes.hpp"

namespace cairn::actors {

class HuntClock {
 public:
  [[nodiscard]] std::int64_t now_ms(std::int64_t played_ns) const {
    return running_ ? base_ms_ + (played_ns - base_ns_) / 1'000'000 : base_ms_;
  }
  // A committed entry, while the hunt is being played.
  void fold(const Entry& entry, std::int64_t played_ns) {
    folded_ms_ = std::max(folded_ms_, entry.hunt_ms);
    if (entry.kind != EntryKind::kHuntStateChanged) return;
    base_ms_ = std::max(now_ms(played_ns), entry.hunt_ms);
    base_ns_ = played_ns;
    running_ = entry.state == HuntState::kRunning;
  }
  // An entry of the past: time goes on from the last one.
  void replay(const Entry& entry, std::int64_t played_ns) {
    folded_ms_ = std::max(folded_ms_, entry.hunt_ms);
    base_ms_ = folded_ms_;
    base_ns_ = played_ns;
    if (entry.kind == EntryKind::kHuntStateChanged) running_ = entry.state == HuntState::kRunning;
  }

  void save(StateWriter& out) const {
    out.put(running_);
    out.put(folded_ms_);
  }
  // As after the replay of the same entries.
  void load(StateReader& in, std::int64_t played_ns) {
    running_ = in.get<bool>();
    folded_ms_ = in.get<std::int64_t>();
    base_ms_ = folded_ms_;
    base_ns_ = played_ns;
  }

 private:
  bool running_ = false;
  std::int64_t folded_ms_ = 0;  // the latest that any entry knows of
  std::int64_t base_ms_ = 0;
  std::int64_t base_ns_ = 0;
};

}  // namespace cairn::actors
