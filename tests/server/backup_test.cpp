// Goal: a backup of a server with all its threads, made while players play, is whole and a beginning of what was played.
// Breaks when: the journal's thread and the archivist's get in each other's way, or play waits for the copy.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <thread>

#include "bus/journal/system_files.hpp"
#include "tests/server/live_server.hpp"

using namespace cairn;
using namespace cairn::test;

TEST_CASE("players are answered while a backup is made, and it holds what was played before it") {
  LiveServer live{2};
  const std::filesystem::path to = live.data().string() + "-copy";
  const auto captain = live.captain("Red");
  const auto guess = [&](int n) {
    return captain->ask("submit_answer", R"({"puzzle":")" + live.hunt().puzzles[0].id + R"(","answer":"no )" +
                                             std::to_string(n) + "\"}");
  };
  for (int n = 0; n < 40; ++n) CHECK(guess(n).find("reply") != std::string::npos);
  Archivist& archivist = live.server().house().archivist();
  REQUIRE(archivist.ask_backup(to).has_value());
  // Not more than a player may ask in one go.
  for (int n = 40; n < 80; ++n) CHECK(guess(n).find("reply") != std::string::npos);
  for (int turn = 0; turn < 20'000'000 && archivist.backup().is_running; ++turn) std::this_thread::yield();
  REQUIRE_FALSE(archivist.backup().is_running);
  CHECK(archivist.backup().failure.empty());
  {
    bus::SystemRandom random;
    const auto copy = bus::Store::open(bus::system_files(), random, to, live.hunt().id);
    REQUIRE_MESSAGE(copy.has_value(), (copy ? "" : copy.error().message));
    CHECK((*copy)->head() == archivist.backup().entries);
    CHECK((*copy)->head() >= 5);
  }
  for (const char* name : {"secret", "revision", "operator.token", "staff.tokens"})
    CHECK_MESSAGE(std::filesystem::exists(to / name), name);
  std::filesystem::remove_all(to);
}
