// What a core has taken from its rings and not yet handled: one queue per district, and for teams, hunt and view,
// served in turn, so that a flood for one delays no other.
//
// A message is copied once more, behind the last one of its queue: a queue is a chain of chunks in which messages stand
// side by side, so that a long one is read in the order of memory. A chunk goes back as soon as it is read, and is the
// next one taken, while it is still in the cache.
//
// Owner: a Core. Threads: its loop. Bounds: kQueuedCells for all queues together, which is what admission can have under
// way. When full: push() refuses, the message stays in its ring, and the ring pushes back on whoever fills it.
#pragma once

#include <cstdint>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include "bus/assert.hpp"
#include "bus/lazy_array.hpp"
#include "bus/limits.hpp"
#include "bus/ring.hpp"

namespace cairn::bus {

class RunQueues {
 public:
  // As many chunks as kQueuedCells can ever need: each is full but for less than the longest message, except a queue's
  // first and last.
  explicit RunQueues(std::size_t queues)
      : chunks_(kQueuedCells / (kCellsPerChunk - kMessageCellsMax + 1) + 2 * queues), queues_(queues) {}

  [[nodiscard]] bool push(std::size_t queue, const Message& message) {
    const std::uint32_t cells = message.head().cells;
    CAIRN_ASSERT(cells <= kMessageCellsMax);
    if (cells_queued_ + cells > kQueuedCells) return false;
    Queue& q = queues_[queue];
    if (q.last == kNone || q.write_at + cells > kCellsPerChunk) extend(static_cast<std::uint32_t>(queue));
    copy(chunks_[q.last].cells[q.write_at], message.head(), cells);
    q.write_at += cells;
    cells_queued_ += cells;
    ++length_;
    return true;
  }

  // Hands out one message of each queue that has any, in turn, until f(const Message&) -> bool returns false (that
  // message stays first) or `messages_max` were handled. Returns how many were.
  template <class F>
  std::size_t serve(std::size_t messages_max, F&& f) {
    std::size_t handled = 0;
    for (; handled < messages_max && first_in_line_ != kNone; ++handled) {
      Queue& q = queues_[first_in_line_];
      const Head& head = *std::launder(reinterpret_cast<const Head*>(chunks_[q.first].cells[q.read_at]));
      const Message message{head};
      if (!f(message)) return handled;
      q.read_at += head.cells;
      cells_queued_ -= head.cells;
      --length_;
      const std::uint32_t served = std::exchange(first_in_line_, q.next_in_line);
      if (drop_what_is_read(q)) line_up(served);
    }
    return handled;
  }

  [[nodiscard]] std::size_t length() const { return length_; }

 private:
  static constexpr std::uint32_t kNone = 0xffffffffU;
  static constexpr std::uint32_t kCellsPerChunk = 15;

  // Twice the longest message: larger ones would spread the short queues of many districts over too many pages.
  struct Chunk {
    alignas(kCellBytes) std::byte cells[kCellsPerChunk][kCellBytes];
    std::uint32_t next;  // in its queue, or among the free
    std::uint32_t used;  // cells, once a next one follows
  };
  static_assert(sizeof(Chunk) == 1024);
  struct Queue {
    std::uint32_t first = kNone;  // a chunk; kNone: the queue is empty
    std::uint32_t last = kNone;
    std::uint32_t read_at = 0;           // in first
    std::uint32_t write_at = 0;          // in last
    std::uint32_t next_in_line = kNone;  // a queue
  };

  // Cell by cell: a copy of known size is a few instructions, one of unknown size a call.
  static void copy(std::byte* to, const Head& from, std::uint32_t cells) {
    const auto* bytes = reinterpret_cast<const std::byte*>(&from);
    for (std::uint32_t i = 0; i < cells; ++i)
      std::memcpy(to + i * kCellBytes, bytes + i * kCellBytes, kCellBytes);
  }

  // The chunk freed last, or else one never used: so only as much memory is touched as was ever queued.
  std::uint32_t take_chunk() { return free_ == kNone ? fresh_++ : std::exchange(free_, chunks_[free_].next); }

  // A chunk more behind the queue's last.
  void extend(std::uint32_t queue) {
    const std::uint32_t taken = take_chunk();
    Queue& q = queues_[queue];
    if (q.last == kNone) {
      q.first = taken;
      q.read_at = 0;
      line_up(queue);
    } else {
      chunks_[q.last].used = q.write_at;
      chunks_[q.last].next = taken;
    }
    q.last = taken;
    q.write_at = 0;
  }

  // Gives the first chunk back if all of it is read; returns whether anything is left in the queue.
  bool drop_what_is_read(Queue& q) {
    const bool is_last = q.first == q.last;
    if (q.read_at != (is_last ? q.write_at : chunks_[q.first].used)) return true;
    const std::uint32_t read = std::exchange(q.first, is_last ? kNone : chunks_[q.first].next);
    q.read_at = 0;
    if (is_last) q.last = kNone;
    chunks_[read].next = std::exchange(free_, read);
    return !is_last;
  }

  // Only queues that hold something stand in line: what a message costs does not depend on how many others there are.
  void line_up(std::uint32_t queue) {
    queues_[queue].next_in_line = kNone;
    (first_in_line_ == kNone ? first_in_line_ : queues_[last_in_line_].next_in_line) = queue;
    last_in_line_ = queue;
  }

  LazyArray<Chunk> chunks_;
  std::vector<Queue> queues_;
  std::uint32_t free_ = kNone;
  std::uint32_t fresh_ = 0;
  std::size_t cells_queued_ = 0;
  std::size_t length_ = 0;
  std::uint32_t first_in_line_ = kNone;
  std::uint32_t last_in_line_ = kNone;
};

}  // namespace cairn::bus
