// Goal: a loop spins only where there is a processor for it, and believes so only after a calm while.
// Breaks when: time in which it was parked counts as lost, one bad sample is not enough to stop spinning, one good one is
// enough to begin, or the first sample (which has nothing to compare with) decides anything.
#include "bus/waiting.hpp"

#include <doctest/doctest.h>

#include "bus/thread_load.hpp"

using namespace cairn::bus;

namespace {

// A loop whose samples are made up.
struct Loop {
  Waiting waiting;
  ThreadLoad load;
  std::int64_t now_ns = 1;

  // One sample's time passes, of which it was parked and ran so much.
  bool pass(std::int64_t parked_ms, std::int64_t ran_ms, std::int64_t switches = 0,
            std::int64_t pressure_ms = 0) {
    now_ns += Waiting::kSampleNs;
    waiting.parked(parked_ms * 1'000'000);
    load.ran_ns += ran_ms * 1'000'000;
    load.switches += switches;
    load.pressure_ns += pressure_ms * 1'000'000;
    return waiting.sample(now_ns, load);
  }
  void calm_down() {
    waiting.sample(now_ns, load);
    for (int i = 0; i < Waiting::kCalmSamples; ++i) pass(50, 50);
    REQUIRE_FALSE(waiting.crowded());
  }
};

}  // namespace

TEST_CASE("a loop parks at once until ten calm samples have shown that there is a processor to spare") {
  Loop loop;
  CHECK(loop.waiting.wants_sample(Waiting::kSampleNs));
  CHECK_FALSE(loop.waiting.sample(loop.now_ns, loop.load));
  for (int i = 0; i + 1 < Waiting::kCalmSamples; ++i) CHECK_FALSE(loop.pass(0, 100));
  CHECK(loop.waiting.spin_ns() == 0);
  CHECK(loop.pass(90, 10));
  CHECK(loop.waiting.spin_ns() == Waiting::kSpinNsMin);
  CHECK(loop.waiting.lost_ns() == 0);
}

TEST_CASE("time awake and not run ends the spinning at once") {
  Loop loop;
  loop.calm_down();
  CHECK(loop.pass(0, 90));
  CHECK(loop.waiting.crowded());
  CHECK(loop.waiting.lost_ns() == 10'000'000);
}

TEST_CASE("being taken off its processor again and again ends the spinning, however short each time is") {
  Loop loop;
  loop.calm_down();
  CHECK_FALSE(loop.pass(0, 100, Waiting::kSwitchesMax));
  CHECK(loop.pass(0, 100, Waiting::kSwitchesMax + 1));
  CHECK(loop.waiting.crowded());
}

TEST_CASE("a loop spins as long as a park costs, within bounds") {
  Loop loop;
  loop.calm_down();
  loop.waiting.set_park_cost(60'000);
  CHECK(loop.waiting.spin_ns() == 60'000);
  loop.waiting.set_park_cost(1);
  CHECK(loop.waiting.spin_ns() == Waiting::kSpinNsMin);
  loop.waiting.set_park_cost(1'000'000'000);
  CHECK(loop.waiting.spin_ns() == Waiting::kSpinNsMax);
  CHECK(measure_park_cost_ns() > 0);
}

TEST_CASE("somebody else's waiting for a processor ends the spinning too") {
  Loop loop;
  loop.calm_down();
  CHECK_FALSE(loop.pass(0, 100, 0, Waiting::kPressurePercentMax));
  CHECK(loop.pass(0, 100, 0, Waiting::kPressurePercentMax + 1));
  CHECK(loop.waiting.crowded());
}

TEST_CASE("a quiet loop that needs longer to wake up than to work is not crowded") {
  Loop loop;
  loop.calm_down();
  CHECK_FALSE(loop.pass(98, 1));
  CHECK_FALSE(loop.waiting.crowded());
}

TEST_CASE("time spent parked is not lost") {
  Loop loop;
  loop.calm_down();
  CHECK_FALSE(loop.pass(99, 1));
  CHECK_FALSE(loop.waiting.crowded());
  CHECK(loop.waiting.lost_ns() == 0);
}

TEST_CASE("one bad sample among good ones starts the calm while again") {
  Loop loop;
  loop.waiting.sample(loop.now_ns, loop.load);
  for (int i = 0; i + 1 < Waiting::kCalmSamples; ++i) loop.pass(0, 100);
  loop.pass(0, 50, 9);
  for (int i = 0; i + 1 < Waiting::kCalmSamples; ++i) loop.pass(0, 100);
  CHECK(loop.waiting.crowded());
  loop.pass(0, 100);
  CHECK_FALSE(loop.waiting.crowded());
}

TEST_CASE("what the kernel says of a thread only grows") {
  const ThreadLoadSource source;
  const ThreadLoad before = source.look();
  std::uint64_t spun = 0;
  while (source.look().ran_ns == before.ran_ns) ++spun;
  const ThreadLoad after = source.look();
  CHECK(after.ran_ns > before.ran_ns);
  CHECK(after.switches >= before.switches);
  CHECK(after.pressure_ns >= before.pressure_ns);
}
