// Where a loop's thread may run: on a processor of its own while there are some to spare, anywhere otherwise.
//
// Owner: a Core. Threads: the loop's, for itself. A machine that refuses is a warning, once, not a failure: the loop runs
// all the same, only less evenly.
#pragma once

#include <vector>

namespace cairn::bus {

inline constexpr int kAnyProcessor = -1;

// Those that the process was given, in order.
[[nodiscard]] std::vector<int> processors_given();

class Affinity {
 public:
  explicit Affinity(int own = kAnyProcessor) : own_(own) {}
  void pin();
  void unpin();

 private:
  void refused();

  int own_;
  bool has_warned_ = false;
};

}  // namespace cairn::bus
