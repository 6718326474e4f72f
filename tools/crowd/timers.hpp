// Calls that are due at a time: reconnects, profiles, deadlines.
//
// Owner: the crowd. Threads: one. Bounds: a few for each player. When full: never.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace cairn::crowd {

class Timers {
 public:
  using Call = std::function<void()>;

  void at(std::uint64_t due_ns, Call call) {
    heap_.push_back({due_ns, order_++, std::move(call)});
    std::push_heap(heap_.begin(), heap_.end(), later);
  }

  // The next due time; UINT64_MAX when there is none.
  [[nodiscard]] std::uint64_t next_ns() const { return heap_.empty() ? UINT64_MAX : heap_.front().due_ns; }

  void run_due(std::uint64_t now_ns) {
    while (!heap_.empty() && heap_.front().due_ns <= now_ns) {
      std::pop_heap(heap_.begin(), heap_.end(), later);
      const Call call = std::move(heap_.back().call);
      heap_.pop_back();
      call();
    }
  }

 private:
  struct Entry {
    std::uint64_t due_ns;
    std::uint64_t order;
    Call call;
  };
  // Equal times keep the order in which they were asked for.
  static bool later(const Entry& left, const Entry& right) {
    return std::pair(left.due_ns, left.order) > std::pair(right.due_ns, right.order);
  }

  std::vector<Entry> heap_;
  std::uint64_t order_ = 0;
};

}  // namespace cairn::crowd
