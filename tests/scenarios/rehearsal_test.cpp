// Goal: a rehearsal plays the hunt faster than time, tells everybody that it is one, and shares no data directory with a
// hunt.
// Breaks when: what is waited for goes faster, too; what is played does not; or a rehearsal can be taken for the hunt.
#include <doctest/doctest.h>

#include "tests/world/world.hpp"
#include "tools/replay/verifier.hpp"

using namespace cairn;
using namespace cairn::test;

namespace {

WorldOptions sixty_times() {
  WorldOptions options;
  options.speed = 60;
  return options;
}

}  // namespace

TEST_CASE("in a rehearsal a second is a minute of the hunt, and players still have their seconds") {
  World world{sixty_times()};
  Team& red = world.team("Red", 1);
  const std::int64_t before_ms = world.house().shard(0).hunt_ms();
  world.after(std::chrono::seconds{10});
  const std::int64_t passed_ms = world.house().shard(0).hunt_ms() - before_ms;
  CHECK(passed_ms >= 600'000);
  CHECK(passed_ms < 630'000);
  CHECK(red[0].is_connected());
}

TEST_CASE("who is locked out in a rehearsal is told to wait in his own seconds, and is let in after them") {
  World world{sixty_times()};
  Team& red = world.team("Red", 1);
  const std::uint32_t tries = world.hunt().guesses.tries;
  for (std::uint32_t i = 0; i < tries; ++i)
    CHECK(red.submits("lantern", "no" + std::to_string(i)) == "incorrect");
  const std::string told = red[0].ask("submit_answer", R"({"puzzle":"lantern","answer":"lighthouse"})");
  REQUIRE(told.find(R"("code":"locked_out")") != std::string::npos);
  const std::size_t at = told.find(R"("retry_after_ms":)");
  REQUIRE(at != std::string::npos);
  const std::int64_t wait_ms = std::stoll(told.substr(at + 17));
  CHECK(wait_ms > 0);
  CHECK(wait_ms <= world.hunt().guesses.lockout_ms / 60);
  world.after(std::chrono::milliseconds{wait_ms + 1});
  CHECK(red.submits("lantern", "lighthouse") == "correct");
}

TEST_CASE("everybody is told that it is a rehearsal, and of a hunt nobody is") {
  for (const std::uint32_t speed : {60U, 1U}) {
    WorldOptions options;
    options.speed = speed;
    World world{options};
    Team& red = world.team("Red", 1);
    const bool is_told =
        red[0].ask("get_state", "{}").find(R"("rehearsal":{"speed":60})") != std::string::npos;
    CHECK(is_told == (speed == 60));
  }
}

TEST_CASE("a hunt refuses a rehearsal's data directory, and a rehearsal a hunt's") {
  for (const std::uint32_t speed : {60U, 1U}) {
    WorldOptions options;
    options.speed = speed;
    World world{options};
    world.team("Red", 1);
    world.die();
    bus::FdPoller poller;
    const bus::VirtualClock time{1'700'000'000'000};
    const bus::SpedClock faster{time, 60, time.wall_ms()};
    HouseOptions other;
    other.hunt = world.shared_hunt();
    other.data = world.data();
    const auto opened =
        House::open(std::move(other), speed == 60 ? static_cast<const bus::Clock&>(time) : faster, {&poller});
    REQUIRE(opened.has_error());
    CHECK(opened.error().message.find(speed == 60 ? R"(holds the hunt "quay, a rehearsal", not "quay")"
                                                  : R"(holds the hunt "quay", not "quay, a rehearsal")") !=
          std::string::npos);
  }
}

TEST_CASE("a rehearsal that is stopped goes on no earlier than it stopped") {
  const bus::VirtualClock time{1'700'000'000'000};
  bus::SpedClock clock{time, 60, 2'000};
  CHECK(clock.wall_ms() == 2'000);
  clock.go_on_from(1'000);
  CHECK(clock.wall_ms() == 2'000);
  clock.go_on_from(90'000);
  CHECK(clock.wall_ms() == 90'000);
}
