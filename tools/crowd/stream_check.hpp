// Checks the offsets that one player is told on one stream: no gap, no duplicate, no wrong order, across
// resumes.
//
// Owner: one player. Threads: one. Bounds: 40 bytes, plus one small list while a gap is open.
// What it holds a server to: within a connection offsets follow each other by one; after `welcome` the first
// one is the declared offset plus one; after a resume the first one is at most the last known plus one, and
// what the player has already is dropped; only `resync_required` and `snapshot` may skip.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace cairn::crowd {

// What all streams of all players were caught at.
struct StreamFaults {
  std::uint64_t gaps = 0;          // offsets that never came
  std::uint64_t duplicates = 0;    // offsets that came twice within one connection
  std::uint64_t order_errors = 0;  // offsets that came after a later one, or from before what was declared
};

class StreamCheck {
 public:
  // `welcome`: a new session knows nothing; events go on after `offset`.
  void begin(std::uint32_t epoch, std::uint64_t offset);

  // A new connection that asked to go on after last().
  void resume();

  // `resync_required`: until the snapshot comes, offsets may jump.
  void declare_skip();

  // `snapshot`: events go on after `offset`. Without a declared skip the stream may also simply continue, for
  // the snapshot may be cut ahead of what was still on its way.
  void apply_snapshot(std::uint32_t epoch, std::uint64_t offset);

  // True when the event is new to this player (not a repetition that a resume allows).
  bool observe(std::uint64_t offset, StreamFaults& faults) {
    if (offset == next_ && !skipping_) return accept(offset);
    return observe_unusual(offset, faults);
  }

  [[nodiscard]] bool known() const { return known_; }
  [[nodiscard]] std::uint32_t epoch() const { return epoch_; }
  [[nodiscard]] std::uint64_t last() const { return last_; }

 private:
  struct Missing {
    std::uint64_t from;
    std::uint64_t to;
  };

  bool observe_unusual(std::uint64_t offset, StreamFaults& faults);
  bool accept(std::uint64_t offset) {
    if (first_ == 0) first_ = offset;
    next_ = offset + 1;
    alternative_ = 0;
    if (offset <= last_) return false;
    last_ = offset;
    return true;
  }
  bool fill_gap(std::uint64_t offset);
  void start_connection();

  std::uint64_t last_ = 0;         // the highest offset that this player has
  std::uint64_t next_ = 0;         // what must come next on this connection; 0: anything up to last_ + 1
  std::uint64_t first_ = 0;        // the first one of this connection; 0: none yet
  std::uint64_t alternative_ = 0;  // what may come instead of next_, after an unasked snapshot; 0: nothing
  std::unique_ptr<std::vector<Missing>> missing_;
  std::uint32_t epoch_ = 0;
  bool known_ = false;
  bool skipping_ = false;
};

}  // namespace cairn::crowd
