// Goal: a seed is a schedule. Breaks: other seeds, rates of zero.
#include "tools/crowd/schedule.hpp"

#include <doctest/doctest.h>

#include <array>

#include "tools/crowd/director.hpp"

using namespace cairn::crowd;

namespace {

ActRates some_rates() {
  LoadOptions options;
  options.answer_key_path = "key.json";
  return act_rates(options);
}

}  // namespace

TEST_CASE("the same seed gives the same intents at the same times") {
  Schedule one(42, some_rates());
  Schedule two(42, some_rates());
  for (int step = 0; step < 5000; ++step) {
    REQUIRE(one.next().at_ns == two.next().at_ns);
    REQUIRE(one.next().act == two.next().act);
    REQUIRE(one.next().chance == two.next().chance);
    one.advance();
    two.advance();
  }
}

TEST_CASE("another seed gives another schedule") {
  const Schedule one(42, some_rates());
  const Schedule two(43, some_rates());
  CHECK(one.next().at_ns != two.next().at_ns);
}

TEST_CASE("times never go back, and every kind comes about as often as its rate says") {
  const ActRates rates = some_rates();
  Schedule schedule(7, rates);
  std::array<double, kActCount> seen{};
  constexpr std::uint64_t kLengthNs = 400'000'000'000;
  std::uint64_t last = 0;
  while (schedule.next().at_ns < kLengthNs) {
    REQUIRE(schedule.next().at_ns >= last);
    last = schedule.next().at_ns;
    ++seen[static_cast<std::size_t>(schedule.next().act)];
    schedule.advance();
  }
  for (std::size_t act = 0; act < kActCount; ++act) {
    CAPTURE(act);
    const double expected = rates[act] * 400;
    CHECK(seen[act] > expected * 0.85);
    CHECK(seen[act] < expected * 1.15);
  }
}

TEST_CASE("an act with rate zero never comes, and without any rate nothing ever does") {
  ActRates rates{};
  rates[static_cast<std::size_t>(Act::ping)] = 10;
  Schedule schedule(1, rates);
  for (int step = 0; step < 1000; ++step) {
    REQUIRE(schedule.next().act == Act::ping);
    schedule.advance();
  }
  const Schedule idle(1, ActRates{});
  CHECK(idle.next().at_ns > 1'000'000'000'000'000'000ULL);
}

TEST_CASE("rates scale with the players, and nobody is right without an answer key") {
  LoadOptions options;
  options.players = 3000;
  CHECK(act_rates(options)[static_cast<std::size_t>(Act::solve)] == 0);
  options.answer_key_path = "key.json";
  CHECK(act_rates(options)[static_cast<std::size_t>(Act::solve)] == doctest::Approx(12));
  options.solves_per_second = 50;
  CHECK(act_rates(options)[static_cast<std::size_t>(Act::solve)] == doctest::Approx(50));
}
