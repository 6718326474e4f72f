// Goal: queues are served in turn, so that a flood for one delays no other by more than one message each.
// Breaks when: one queue is drained before the next gets a turn, a declined message is lost, messages of different lengths
// get mixed up at a chunk's end, or chunks leak.
#include "bus/run_queues.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

#include "bus/random.hpp"

using namespace cairn::bus;

namespace {

class Fixture {
 public:
  // False: refused.
  bool push(std::size_t queue, std::uint64_t number, std::size_t bytes = 0) {
    Claim claim = in_.claim(bytes);
    claim.require_room();
    claim.head().kind = 1;
    claim.head().target = static_cast<std::uint32_t>(queue);
    claim.head().operands[0] = number;
    in_.publish(std::move(claim));
    REQUIRE(in_.flush());
    bool taken = false;
    out_.consume_to(out_.published(), 1, [&](const Message& message) {
      taken = queues.push(queue, message);
      return true;
    });
    return taken;
  }
  std::vector<std::uint64_t> serve(std::size_t count) {
    std::vector<std::uint64_t> numbers;
    queues.serve(count, [&](const Message& message) {
      numbers.push_back(message.head().operands[0]);
      return true;
    });
    return numbers;
  }
  RunQueues queues{3};

 private:
  Ring ring_{16};
  Producer& in_ = ring_.producer();
  Consumer& out_ = ring_.consumer();
};

}  // namespace

TEST_CASE("a flood for one queue delays another by one message, not by the flood") {
  Fixture fixture;
  for (std::uint64_t i = 0; i < 1000; ++i) fixture.push(0, i);
  fixture.push(1, 5000);
  fixture.push(2, 6000);
  const auto first = fixture.serve(3);
  CHECK(first == std::vector<std::uint64_t>{0, 5000, 6000});
  CHECK(fixture.queues.length() == 999);
}

TEST_CASE("each queue keeps its order, and every place comes back") {
  Fixture fixture;
  for (std::uint64_t lap = 0; lap < 3 * kQueuedCells / 1000; ++lap) {
    for (std::uint64_t i = 0; i < 1000; ++i) fixture.push(1, i);
    const auto served = fixture.serve(1000);
    REQUIRE(served.size() == 1000);
    for (std::uint64_t i = 0; i < 1000; ++i) REQUIRE(served[i] == i);
  }
  CHECK(fixture.queues.length() == 0);
}

TEST_CASE("a message that cannot be handled now is handed out again") {
  Fixture fixture;
  fixture.push(0, 1);
  CHECK(fixture.queues.serve(10, [](const Message&) { return false; }) == 0);
  CHECK(fixture.serve(10) == std::vector<std::uint64_t>{1});
}

TEST_CASE("messages of every length keep their order and their words through many chunks and queues") {
  Fixture fixture;
  SeededRandom random{3};
  std::array<std::uint64_t, 3> pushed{};
  std::array<std::uint64_t, 3> served{};
  for (int step = 0; step < 60'000; ++step) {
    const std::size_t queue = random.next() % 3;
    if (random.next() % 2 == 0) {
      REQUIRE(fixture.push(queue, pushed[queue]++, random.next() % (kMessageBytesMax + 1)));
    } else {
      fixture.queues.serve(1 + random.next() % 4, [&](const Message& message) {
        CHECK(message.head().operands[0] == served[message.head().target]++);
        return true;
      });
    }
    REQUIRE(fixture.queues.length() == pushed[0] + pushed[1] + pushed[2] - served[0] - served[1] - served[2]);
  }
}

TEST_CASE(
    "what admission cannot have under way is refused, and everything that was taken is still handed out") {
  Fixture fixture;
  std::uint64_t taken = 0;
  while (fixture.push(taken % 3, taken, kMessageBytesMax)) ++taken;
  CHECK(taken == kQueuedCells / kMessageCellsMax);
  CHECK(fixture.serve(taken + 1).size() == taken);
  CHECK(fixture.push(0, 1));
}
