// Goal: a ring hands over every message once, in order and whole, and refuses rather than overwrites.
// Breaks when: an index is off by one at the wrap, a claim can be lost or published twice, a release frees cells too
// early, or any of the ring's orders is weakened (then under ThreadSanitizer).
#include "bus/ring.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <thread>
#include <type_traits>
#include <vector>

#include "bus/random.hpp"

using namespace cairn::bus;

namespace {

constexpr std::uint16_t kNumber = 7;

// Both ends of a ring, for a test in one thread.
struct Ends {
  explicit Ends(std::size_t cells) : ring(cells) {}
  Ring ring;
  Producer& in = ring.producer();
  Consumer& out = ring.consumer();
};

bool send(Producer& ring, std::uint64_t number, std::size_t bytes) {
  Claim claim = ring.claim(bytes);
  if (!claim) return false;
  claim.head().kind = kNumber;
  claim.head().operands[0] = number;
  for (std::size_t i = 0; i < bytes; ++i) claim.bytes()[i] = static_cast<std::byte>(number + i);
  ring.publish(std::move(claim));
  return true;
}

bool is_whole(const Message& message) {
  const std::uint64_t number = message.head().operands[0];
  for (std::size_t i = 0; i < message.bytes().size(); ++i)
    if (message.bytes()[i] != static_cast<std::byte>(number + i)) return false;
  return true;
}

std::vector<std::uint64_t> take_all(Consumer& ring) {
  std::vector<std::uint64_t> numbers;
  ring.consume_to(ring.published(), 1000, [&](const Message& message) {
    CHECK(is_whole(message));
    numbers.push_back(message.head().operands[0]);
    return true;
  });
  return numbers;
}

}  // namespace

// What needs no compile-fail test: these hold under every compiler.
static_assert(!std::is_copy_constructible_v<Claim> && !std::is_copy_assignable_v<Claim>);
static_assert(!std::is_copy_constructible_v<Message> && !std::is_move_constructible_v<Message>);
static_assert(!std::is_copy_constructible_v<Batch>);
static_assert(!std::is_invocable_v<decltype(&Producer::publish), Producer&, Claim&>);

TEST_CASE("a message is seen after the flush, not before") {
  Ends ring{16};
  REQUIRE(send(ring.in, 1, 0));
  CHECK(take_all(ring.out).empty());
  CHECK(ring.out.empty());
  CHECK(ring.in.flush());
  CHECK_FALSE(ring.out.empty());
  CHECK(take_all(ring.out) == std::vector<std::uint64_t>{1});
  CHECK_FALSE(ring.in.flush());
}

TEST_CASE("a full ring refuses and keeps what it has") {
  Ends ring{8};
  for (std::uint64_t i = 0; i < 8; ++i) REQUIRE(send(ring.in, i, 0));
  CHECK_FALSE(send(ring.in, 99, 0));
  REQUIRE(ring.in.flush());
  CHECK(take_all(ring.out) == std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6, 7});
  CHECK(send(ring.in, 8, 0));
}

TEST_CASE("a claim that is dropped unpublished leaves no trace") {
  Ends ring{8};
  CHECK(ring.in.claim(100));
  REQUIRE(send(ring.in, 1, 100));
  REQUIRE(ring.in.flush());
  CHECK(take_all(ring.out) == std::vector<std::uint64_t>{1});
}

TEST_CASE("messages of every size pass the ring's end whole and in order") {
  Ends ring{32};
  SeededRandom random{42};
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  while (received < 20'000) {
    while (sent < 20'000 && send(ring.in, sent, random.next() % 900)) ++sent;
    static_cast<void>(ring.in.flush());
    for (const std::uint64_t number : take_all(ring.out)) REQUIRE(number == received++);
  }
}

TEST_CASE("a message that its consumer declines stays first") {
  Ends ring{8};
  REQUIRE(send(ring.in, 1, 0));
  REQUIRE(send(ring.in, 2, 0));
  REQUIRE(ring.in.flush());
  CHECK(ring.out.consume_to(ring.out.published(), 10, [](const Message&) { return false; }) == 0);
  CHECK(take_all(ring.out) == std::vector<std::uint64_t>{1, 2});
}

TEST_CASE("cells are not given back while a batch is still being read") {
  Ends ring{8};
  for (std::uint64_t i = 0; i < 8; ++i) REQUIRE(send(ring.in, i, 0));
  REQUIRE(ring.in.flush());
  {
    Batch batch{ring.out};
    CHECK(batch.take_to(ring.out.published(), 8, [](const Message&) { return true; }) == 8);
    CHECK_FALSE(send(ring.in, 8, 0));
  }
  CHECK(send(ring.in, 8, 0));
}

TEST_CASE("a tiny ring carries half a million messages between two threads, each once, whole and in order") {
  Ends ring{16};
  constexpr std::uint64_t kMessages = 500'000;
  std::jthread producer{[&ring] {
    for (std::uint64_t i = 0; i < kMessages;) {
      if (send(ring.in, i, i % 300))
        ++i;
      else
        std::this_thread::yield();
      static_cast<void>(ring.in.flush());
    }
  }};
  std::uint64_t received = 0;
  bool good = true;
  while (received < kMessages) {
    const std::size_t taken = ring.out.consume_to(ring.out.published(), 8, [&](const Message& message) {
      good &= is_whole(message) && message.head().operands[0] == received;
      ++received;
      return true;
    });
    if (taken == 0) std::this_thread::yield();
  }
  CHECK(good);
}
