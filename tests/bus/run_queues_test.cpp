// Goal: queues are served in turn, so that a flood for one delays no other by more than one message each.
// Breaks when: one queue is drained before the next gets a turn, a declined message is lost, or places leak.
#include "bus/run_queues.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace cairn::bus;

namespace {

class Fixture {
 public:
  void push(std::size_t queue, std::uint64_t number) {
    Claim claim = in_.claim(0);
    claim.require_room();
    claim.head().kind = 1;
    claim.head().target = static_cast<std::uint32_t>(queue);
    claim.head().operands[0] = number;
    in_.publish(std::move(claim));
    REQUIRE(in_.flush());
    out_.consume_to(out_.published(), 1, [&](const Message& message) { return queues.push(queue, message); });
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
  for (std::uint64_t lap = 0; lap < 3 * kRunQueuePlaces / 1000; ++lap) {
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
