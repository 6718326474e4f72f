// A single-producer single-consumer ring of cells: the only way in which one core tells another anything.
//
// A producer holds a Claim on cells it may write; publishing consumes the claim. A consumer is handed each Message as a
// const view inside a Batch, and the cells go back when the Batch ends: writing a published cell, publishing twice and
// copying a view do not compile.
//
// Owner: the Exchange. Threads: one producer, one consumer, for life. Bounds: `cells`, a power of two. When full:
// claim() returns nothing and the producer keeps what it has; nobody waits here.
// Source: the cached opposite index is Lee, Bu, Chandranmenon, "Lock-free cache-friendly queue" (MCRingBuffer, 2010).
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <utility>

#include "bus/assert.hpp"
#include "bus/cell.hpp"
#include "bus/limits.hpp"

namespace cairn::bus {

class Ring;

// Cells that one producer may write, once. Dropping it unpublished gives the cells back.
class Claim {
 public:
  Claim(Claim&& other) noexcept
      : ring_(std::exchange(other.ring_, nullptr)), head_(other.head_), first_(other.first_), cells_(other.cells_) {}
  Claim& operator=(Claim&&) = delete;
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

  [[nodiscard]] Head& head() { return *head_; }
  // The bytes behind the head: as many as were claimed.
  [[nodiscard]] std::span<std::byte> bytes() {
    return {reinterpret_cast<std::byte*>(head_ + 1), (cells_ - 1) * kCellBytes};
  }

 private:
  friend class Ring;
  Claim(Ring& ring, Head& head, std::uint64_t first, std::size_t cells)
      : ring_(&ring), head_(&head), first_(first), cells_(cells) {}

  Ring* ring_;
  Head* head_;
  std::uint64_t first_;
  std::size_t cells_;
};

// A published message.
// Its bytes stay as they are until the Batch that it was taken in ends.
class Message {
 public:
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  [[nodiscard]] const Head& head() const { return *head_; }
  [[nodiscard]] std::span<const std::byte> bytes() const {
    return {reinterpret_cast<const std::byte*>(head_ + 1), head_->bytes};
  }

 private:
  friend class Batch;
  friend class RunQueues;
  explicit Message(const Head& head) : head_(&head) {}
  const Head* head_;
};

// What a consumer has taken and still reads: its cells go back to the producer when the batch ends.
class Batch {
 public:
  explicit Batch(Ring& ring);
  Batch(Batch&& other) noexcept : ring_(std::exchange(other.ring_, nullptr)), at_(other.at_) {}
  Batch& operator=(Batch&&) = delete;
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch();

  template <class F>
  std::size_t take_to(std::uint64_t mark, std::size_t messages_max, F&& f);

 private:
  Ring* ring_;
  std::uint64_t at_;
};

class Ring {
 public:
  explicit Ring(std::size_t cells)
      : mask_(cells - 1), cells_(static_cast<Head*>(::operator new(cells * kCellBytes, std::align_val_t{kCellBytes}))) {
    CAIRN_ASSERT(cells >= 4 && (cells & mask_) == 0);
  }

  // --- the producer's ---

  // Room for a message of `bytes` bytes, or nothing if the ring is too full.
  [[nodiscard]] std::optional<Claim> claim(std::size_t bytes) {
    const std::size_t wanted = cells_for(bytes);
    CAIRN_ASSERT(wanted <= capacity() / 2);
    const std::size_t to_end = capacity() - (claimed_ & mask_);
    const std::size_t padding = wanted > to_end ? to_end : 0;
    if (!has_room(wanted + padding)) return std::nullopt;
    if (padding != 0) {
      Head* skip = new (&cells_[claimed_ & mask_]) Head{};
      skip->cells = static_cast<std::uint16_t>(padding);
      claimed_ += padding;
    }
    Head* head = new (&cells_[claimed_ & mask_]) Head{};
    head->cells = static_cast<std::uint16_t>(wanted);
    head->bytes = static_cast<std::uint16_t>(bytes);
    return Claim{*this, *head, claimed_, wanted};
  }

  // Makes the message part of the next flush().
  void publish(Claim&& claim) {
    CAIRN_ASSERT(claim.ring_ == this && claim.first_ == claimed_ && claim.head_->kind != kSkip);
    claimed_ += claim.cells_;
    claim.ring_ = nullptr;
  }

  // Hands over everything published since; returns whether there was anything.
  bool flush() {
    // relaxed: this producer is tail_'s only writer.
    if (tail_.load(std::memory_order_relaxed) == claimed_) return false;
    // seq_cst [ring-tail] [park]: makes the heads and bytes of every message before claimed_ visible to the consumer, and
    // is ordered before the load in EventCount::notify(), which a release store would not be.
    tail_.store(claimed_, std::memory_order_seq_cst);
    return true;
  }

  // Whether a message of `cells` cells (padding included) fits now.
  [[nodiscard]] bool has_room(std::size_t cells) {
    if (claimed_ + cells - cached_head_ <= capacity()) return true;
    // acquire [ring-head]: the consumer has finished reading every cell before head_, so they may be written again.
    cached_head_ = head_.load(std::memory_order_acquire);
    return claimed_ + cells - cached_head_ <= capacity();
  }

  // --- the consumer's ---

  // Where the producer had got to: a mark for consume_to().
  [[nodiscard]] std::uint64_t published() const {
    // acquire [ring-tail]: everything before it was written before the flush() that stored it.
    return tail_.load(std::memory_order_acquire);
  }

  // Calls f(const Message&) -> bool for each message before `mark`, until f returns false (that message stays) or
  // `messages_max` were taken; then gives their cells back. Returns how many were taken.
  template <class F>
  std::size_t consume_to(std::uint64_t mark, std::size_t messages_max, F&& f) {
    return Batch{*this}.take_to(mark, messages_max, std::forward<F>(f));
  }

  // For the look between EventCount::announce() and the wait.
  [[nodiscard]] bool empty() const {
    // seq_cst [park]: ordered after the announcement; pairs with the store in flush().
    return read_ == tail_.load(std::memory_order_seq_cst);
  }
  [[nodiscard]] std::size_t capacity() const { return mask_ + 1; }

 private:
  friend class Batch;
  struct Free {
    void operator()(Head* cells) const { ::operator delete(cells, std::align_val_t{kCellBytes}); }
  };

  // Never written after construction.
  const std::uint64_t mask_;
  const std::unique_ptr<Head[], Free> cells_;
  // Written by the producer.
  alignas(kFalseSharingBytes) std::atomic<std::uint64_t> tail_{0};
  std::uint64_t claimed_ = 0;
  std::uint64_t cached_head_ = 0;
  // Written by the consumer.
  alignas(kFalseSharingBytes) std::atomic<std::uint64_t> head_{0};
  std::uint64_t read_ = 0;
};

inline Batch::Batch(Ring& ring) : ring_(&ring), at_(ring.read_) {}

inline Batch::~Batch() {
  if (ring_ == nullptr || at_ == ring_->read_) return;
  ring_->read_ = at_;
  // release [ring-head]: the reads of this batch happen before the producer writes these cells again.
  ring_->head_.store(at_, std::memory_order_release);
}

template <class F>
std::size_t Batch::take_to(std::uint64_t mark, std::size_t messages_max, F&& f) {
  std::size_t taken = 0;
  while (at_ != mark && taken < messages_max) {
    const Head& head = *std::launder(&ring_->cells_[at_ & ring_->mask_]);
    if (head.kind != kSkip) {
      const Message message{head};
      if (!f(message)) break;
      ++taken;
    }
    at_ += head.cells;
  }
  return taken;
}

}  // namespace cairn::bus
