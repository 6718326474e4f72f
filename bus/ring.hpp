// A single-producer single-consumer ring of cells: the only way in which one core tells another anything.
//
// A ring has two ends of different types, each handed out once. The Producer gives Claims on cells that may be written;
// publishing consumes the claim. The Consumer hands out each Message as a const view inside a Batch, and the cells go
// back when the Batch ends. Writing a published cell, publishing twice, writing before it is known whether the ring had
// room, keeping or copying a message do not compile (tests/compile_fail).
//
// Owner: the Exchange. Threads: one has the Producer, one the Consumer, for life. Bounds: `cells`, a power of two. When
// full: claim() returns an empty claim and the producer keeps what it has; nobody waits here.
// Source: the cached opposite index is Lee, Bu, Chandranmenon, "Lock-free cache-friendly queue" (MCRingBuffer, 2010).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "bus/annotations.hpp"
#include "bus/assert.hpp"
#include "bus/atomic.hpp"
#include "bus/cell.hpp"
#include "bus/cell_array.hpp"
#include "bus/limits.hpp"

namespace cairn::bus {

class Producer;
class Consumer;

// Cells that one producer may write, once; or empty, when there was no room. Dropping it unpublished gives the cells back.
class CAIRN_CONSUMABLE(unknown) Claim {
 public:
  CAIRN_RETURNS(unknown) Claim() = default;
  Claim(Claim&& other) noexcept
      : producer_(std::exchange(other.producer_, nullptr)),
        head_(other.head_),
        first_(other.first_),
        cells_(other.cells_) {}
  Claim& operator=(Claim&&) = delete;
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

  // Whether there was room.
  explicit operator bool() const CAIRN_TESTS_FOR(unconsumed) { return producer_ != nullptr; }
  // Where the caller has made sure of room before.
  void require_room() const CAIRN_LEAVES(unconsumed) { CAIRN_ASSERT(producer_ != nullptr); }

  [[nodiscard]] Head& head() CAIRN_CALLABLE_WHEN("unconsumed") { return *head_; }
  // The bytes behind the head: as many cells as were claimed.
  [[nodiscard]] std::span<std::byte> bytes() CAIRN_CALLABLE_WHEN("unconsumed") {
    return {reinterpret_cast<std::byte*>(head_ + 1), (cells_ - 1) * kCellBytes};
  }

 private:
  friend class Producer;
  Claim(Producer& producer, Head& head, std::uint64_t first, std::size_t cells)
      : producer_(&producer), head_(&head), first_(first), cells_(cells) {}

  Producer* producer_ = nullptr;
  Head* head_ = nullptr;
  std::uint64_t first_ = 0;
  std::size_t cells_ = 0;
};

// A published message.
// Its bytes stay as they are until the Batch that it was taken in ends; so it can neither be copied nor pointed at.
class Message {
 public:
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;
  const Message* operator&() const = delete;

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

// What a consumer has taken and still reads: its cells go back to the producer when the batch ends. A consumer has one
// at a time.
class Batch {
 public:
  explicit Batch(Consumer& consumer);
  Batch(Batch&& other) noexcept : consumer_(std::exchange(other.consumer_, nullptr)), at_(other.at_) {}
  Batch& operator=(Batch&&) = delete;
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch();

  template <class F>
  std::size_t take_to(std::uint64_t mark, std::size_t messages_max, F&& f);

 private:
  Consumer* consumer_;
  std::uint64_t at_;
};

// The end that writes.
class alignas(kFalseSharingBytes) Producer {
 public:
  Producer(const Producer&) = delete;
  Producer& operator=(const Producer&) = delete;

  // Room for a message of `bytes` bytes, or an empty claim if the ring is too full.
  [[nodiscard]] Claim claim(std::size_t bytes) {
    const std::size_t wanted = cells_for(bytes);
    CAIRN_ASSERT(wanted <= cells_.capacity() / 2);
    const std::size_t to_end = cells_.to_end(claimed_);
    const std::size_t padding = wanted > to_end ? to_end : 0;
    if (!has_room(wanted + padding)) return {};
    if (padding != 0) {
      cells_.start(claimed_, padding).cells = static_cast<std::uint16_t>(padding);
      claimed_ += padding;
    }
    Head& head = cells_.start(claimed_, wanted);
    head.cells = static_cast<std::uint16_t>(wanted);
    head.bytes = static_cast<std::uint16_t>(bytes);
    return {*this, head, claimed_, wanted};
  }

  // Makes the message part of the next flush().
  void publish(Claim&& claim CAIRN_TAKES(unconsumed)) {
    CAIRN_ASSERT(claim.producer_ == this && claim.first_ == claimed_ && claim.head_->kind != kSkip);
    claimed_ += claim.cells_;
    claim.producer_ = nullptr;
  }

  // Hands over everything published since; true if there was anything, and then its reader is to be notified.
  [[nodiscard]] bool flush() {
    // relaxed: this producer is tail_'s only writer.
    if (tail_.load(std::memory_order_relaxed) == claimed_) return false;
    // seq_cst [ring-tail] [park]: makes the heads and bytes of every message before claimed_ visible to the consumer, and
    // is ordered before the load in EventCount::notify(), which a release store would not be.
    tail_.store(claimed_, std::memory_order_seq_cst);
    return true;
  }

  // Whether a message of `cells` cells (padding included) fits now.
  [[nodiscard]] bool has_room(std::size_t cells) {
    if (claimed_ + cells - cached_head_ <= cells_.capacity()) return true;
    // acquire [ring-head]: the consumer has finished reading every cell before head_, so they may be written again.
    cached_head_ = head_.load(std::memory_order_acquire);
    return claimed_ + cells - cached_head_ <= cells_.capacity();
  }

  [[nodiscard]] std::size_t capacity() const { return cells_.capacity(); }

 private:
  friend class Ring;
  friend class Consumer;
  Producer(Cells cells, const Atomic<std::uint64_t>& head) : cells_(cells), head_(head) {}

  const Cells cells_;
  const Atomic<std::uint64_t>& head_;
  Atomic<std::uint64_t> tail_{0};
  std::uint64_t claimed_ = 0;
  std::uint64_t cached_head_ = 0;
};

// The end that reads.
class alignas(kFalseSharingBytes) Consumer {
 public:
  Consumer(const Consumer&) = delete;
  Consumer& operator=(const Consumer&) = delete;

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

  // For the second look of EventCount::park().
  [[nodiscard]] bool empty() const {
    // seq_cst [park]: ordered after the announcement; pairs with the store in flush().
    return read_ == tail_.load(std::memory_order_seq_cst);
  }

 private:
  friend class Ring;
  friend class Batch;
  Consumer(Cells cells, const Atomic<std::uint64_t>& tail) : cells_(cells), tail_(tail) {}

  const Cells cells_;
  const Atomic<std::uint64_t>& tail_;
  Atomic<std::uint64_t> head_{0};
  std::uint64_t read_ = 0;
  bool in_batch_ = false;
};

class Ring {
 public:
  explicit Ring(std::size_t cells)
      : array_(cells),
        producer_(array_.cells(), consumer_.head_),
        consumer_(array_.cells(), producer_.tail_) {}

  // Each end is handed out once, to whoever keeps it.
  [[nodiscard]] Producer& producer() {
    CAIRN_ASSERT(!std::exchange(has_producer_, true));
    return producer_;
  }
  [[nodiscard]] Consumer& consumer() {
    CAIRN_ASSERT(!std::exchange(has_consumer_, true));
    return consumer_;
  }

 private:
  // Never written once both ends were handed out.
  const CellArray array_;
  bool has_producer_ = false;
  bool has_consumer_ = false;
  // Written by the producer.
  Producer producer_;
  // Written by the consumer.
  Consumer consumer_;
};

inline Batch::Batch(Consumer& consumer) : consumer_(&consumer), at_(consumer.read_) {
  CAIRN_ASSERT(!std::exchange(consumer.in_batch_, true));
}

inline Batch::~Batch() {
  if (consumer_ == nullptr) return;
  consumer_->in_batch_ = false;
  if (at_ == consumer_->read_) return;
  consumer_->read_ = at_;
  // release [ring-head]: the reads of this batch happen before the producer writes these cells again.
  consumer_->head_.store(at_, std::memory_order_release);
}

template <class F>
std::size_t Batch::take_to(std::uint64_t mark, std::size_t messages_max, F&& f) {
  std::size_t taken = 0;
  while (at_ != mark && taken < messages_max) {
    const Head& head = consumer_->cells_.read(at_);
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
