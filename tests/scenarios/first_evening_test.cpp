// Goal: a hunt as its players live it, told as stories on a virtual clock: real actors, journal, sessions and protocol.
// Breaks when: somebody is told too early, twice or not at all; a guess is counted wrongly; or a crash loses anything.
#include <doctest/doctest.h>

#include "tests/world/world.hpp"

using namespace cairn;
using namespace cairn::test;

namespace {

void check_streams(World& world) {
  for (const auto& team : world.teams())
    for (const auto& player : team->members)
      CHECK_MESSAGE(player->complaint().empty(), player->complaint());
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a team solves the lantern, and everybody sees it and the district that it opens") {
  World world;
  Team& red = world.team("Red", 3);
  Team& blue = world.team("Blue", 1);
  CHECK(red.submits("lantern", " light-HOUSE! ") == "correct");
  for (Player* player : {&red[0], &red[1], &red[2], &blue[0]}) {
    CHECK(player->was_told("team_solved", R"("puzzle":"lantern")"));
    CHECK(player->was_told("first_solve", R"("puzzle":"lantern")"));
    CHECK(player->times_told("district_opened", R"("district":"market")") == 1);
    CHECK(player->was_told("puzzle_unlocked", R"("puzzle":"stall")"));
  }
  CHECK(red[1].was_told("puzzle_solved", R"("puzzle":"lantern")"));
  CHECK_FALSE(blue[0].was_told("puzzle_solved"));
  CHECK(red[2].was_told("puzzle_unlocked", R"("puzzle":"anchor")"));
  CHECK_FALSE(blue[0].was_told("puzzle_unlocked", R"("puzzle":"anchor")"));
  check_streams(world);
}

TEST_CASE("a public event never carries the answer, and a solve of one team shows no other team its text") {
  World world;
  Team& red = world.team("Red");
  Team& blue = world.team("Blue");
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  for (const ToldEvent& told : blue[0].events()) CHECK_FALSE(contains(told.json, "ighthouse"));
  for (const std::string& message : blue[0].messages()) CHECK_FALSE(contains(message, "ighthouse"));
}

TEST_CASE(
    "wrong guesses cost tries, the same one twice costs one, and the third locks out for a growing while") {
  World world;
  Team& red = world.team("Red", 2);
  CHECK(red.submits("lantern", "moon") == "incorrect");
  CHECK(red.submits("lantern", "MOON") == "already_tried");
  CHECK(contains(red[0].ask("submit_answer", R"({"puzzle":"lantern","answer":"star"})"),
                 R"("guesses_left":1)"));
  CHECK(
      contains(red[1].ask("submit_answer", R"({"puzzle":"lantern","answer":"sun"})"), R"("lockout_until")"));
  CHECK(red[1].submits("lantern", "lighthouse") == "locked_out");
  world.after(59s);
  CHECK(red[0].submits("lantern", "lighthouse") == "locked_out");
  world.after(2s);
  for (const char* guess : {"a", "b", "c"}) CHECK(red.submits("lantern", guess) == "incorrect");
  world.after(61s);
  CHECK(red.submits("lantern", "lighthouse") == "locked_out");
  world.after(60s);
  CHECK(red.submits("lantern", "lighthouse") == "correct");
}

TEST_CASE("a partial answer is said to be one, with its text, and costs no guess") {
  World world;
  Team& red = world.team("Red");
  const std::string reply = red[0].ask("submit_answer", R"({"puzzle":"lantern","answer":"Light"})");
  CHECK(contains(reply, R"("verdict":"partial")"));
  CHECK(contains(reply, "Bigger than that."));
  CHECK(contains(reply, R"("guesses_left":3)"));
}

TEST_CASE("a solved puzzle is solved for the whole team, once") {
  World world;
  Team& red = world.team("Red", 2);
  CHECK(red[0].submits("lantern", "lighthouse") == "correct");
  CHECK(red[1].submits("lantern", "lighthouse") == "already_solved");
  CHECK(red[1].times_told("puzzle_solved") == 1);
}

TEST_CASE("the same request sent again gets the same reply and costs one guess, also after a crash") {
  World world;
  Team& red = world.team("Red");
  const std::string data = R"({"puzzle":"lantern","answer":"moon"})";
  const std::string first = red[0].ask("submit_answer", data, "same");
  CHECK(contains(first, R"("guesses_left":2)"));
  CHECK(red[0].ask("submit_answer", data, "same") == first);
  world.crash_and_restart();
  red[0].resume();
  CHECK(red[0].ask("submit_answer", data, "same") == first);
  CHECK(contains(red[0].ask("submit_answer", R"({"puzzle":"lantern","answer":"star"})"),
                 R"("guesses_left":1)"));
}

TEST_CASE("points decay with each solve, and ties go to who was first") {
  World world;
  std::vector<Team*> teams;
  for (const char* name : {"Red", "Blue", "Green"}) teams.push_back(&world.team(name));
  const char* const points[] = {R"("points":100)", R"("points":70)", R"("points":50)"};
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(teams[i]->submits("lantern", "lighthouse") == "correct");
    CHECK(
        contains((*teams[i])[0].ask("submit_answer", R"({"puzzle":"anchor","answer":"anchor"})"), points[i]));
  }
  CHECK(contains((*teams[0])[0].get_state(), R"("rank":1)"));
  CHECK(contains((*teams[2])[0].get_state(), R"("rank":3)"));
}

TEST_CASE("hints cost points, in sequence, and cannot be bought on credit") {
  World world;
  Team& red = world.team("Red", 2);
  CHECK(contains(red[0].ask("request_hint", R"({"puzzle":"lantern","hint":0})"), "insufficient_points"));
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  CHECK(contains(red[0].ask("request_hint", R"({"puzzle":"lantern","hint":1})"), R"("code":"locked")"));
  CHECK(contains(red[0].ask("request_hint", R"({"puzzle":"lantern","hint":0})"), R"("points":90)"));
  CHECK(red[1].was_told("hint_granted", "A house."));
  CHECK(contains(red[0].ask("request_hint", R"({"puzzle":"lantern","hint":1})"), R"("points":70)"));
}

TEST_CASE("clues come in sequence, by asking and by the code that is found on site") {
  World world;
  Team& red = world.team("Red", 2);
  CHECK(contains(red[0].ask("discover_clue", R"({"puzzle":"lantern","clue":1,"code":"rock7"})"),
                 R"("code":"locked")"));
  CHECK(contains(red[0].ask("discover_clue", R"({"puzzle":"lantern","clue":0})"), "It stands on a rock."));
  CHECK(contains(red[0].ask("discover_clue", R"({"puzzle":"lantern","clue":1,"code":"rock8"})"),
                 "bad_request"));
  CHECK(
      contains(red[0].ask("discover_clue", R"({"puzzle":"lantern","clue":1,"code":"Rock 7"})"), "It turns."));
  CHECK(red[1].times_told("clue_discovered") == 2);
}

TEST_CASE("a puzzle that wants a check-in takes answers only from who was there") {
  World world;
  Team& red = world.team("Red");
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  CHECK(red.submits("stall", "oysters") == "locked");
  CHECK(
      contains(red[0].ask("check_in", R"({"puzzle":"stall","at":[10.0,50.0],"accuracy_m":10})"), "too_far"));
  CHECK(contains(red[0].ask("check_in", R"({"puzzle":"stall","at":[10.015,50.005],"accuracy_m":80})"),
                 "low_accuracy"));
  CHECK(contains(red[0].ask("check_in", R"({"puzzle":"stall","at":[10.015,50.005],"accuracy_m":10})"),
                 R"("accepted":true)"));
  CHECK(red.submits("stall", "oysters") == "correct");
}

TEST_CASE("a district opens by hunt time, which a pause holds up") {
  World world;
  Team& red = world.team("Red");
  world.after(20min);
  CHECK(world.operate(actors::CommandKind::kPauseHunt) == actors::Code::kOk);
  CHECK(red.submits("lantern", "lighthouse") == "hunt_not_running");
  world.after(20min);
  CHECK_FALSE(red[0].was_told("district_opened", "tower"));
  CHECK(world.operate(actors::CommandKind::kResumeHunt) == actors::Code::kOk);
  world.after(9min);
  CHECK_FALSE(red[0].was_told("district_opened", "tower"));
  world.after(2min);
  CHECK(red[0].times_told("district_opened", "tower") == 1);
  CHECK_FALSE(red[0].was_told("puzzle_unlocked", "bell"));
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  CHECK(red[0].was_told("puzzle_unlocked", "bell"));
}

TEST_CASE("an operator opens and closes a district, and announces") {
  World world;
  Team& red = world.team("Red");
  CHECK(world.operate(actors::CommandKind::kOpenDistrict, "island") == actors::Code::kOk);
  CHECK(red[0].was_told("district_opened", "island"));
  CHECK(red.submits("ledger", "76") == "incorrect");
  CHECK(world.operate(actors::CommandKind::kCloseDistrict, "island") == actors::Code::kOk);
  CHECK(red[0].was_told("district_closed", "island"));
  CHECK(red.submits("ledger", "77") == "locked");
  CHECK(world.operate(actors::CommandKind::kAnnounce, {}, "Tea is served.") == actors::Code::kOk);
  CHECK(red[0].was_told("announcement", "Tea is served."));
}

TEST_CASE("who loses the signal resumes without a gap and without a duplicate") {
  World world;
  Team& red = world.team("Red", 2);
  Team& blue = world.team("Blue");
  red[1].lose_signal();
  CHECK(red[0].submits("lantern", "lighthouse") == "correct");
  CHECK(blue.submits("lantern", "lighthouse") == "correct");
  CHECK_FALSE(red[1].was_told("team_solved"));
  red[1].resume();
  CHECK(red[1].times_told("team_solved") == 2);
  CHECK(red[1].times_told("puzzle_solved") == 1);
  CHECK(red[1].times_told("district_opened", "market") == 1);
  check_streams(world);
}

TEST_CASE("a crash loses nothing that was acknowledged, and players go on where they were") {
  World world;
  Team& red = world.team("Red", 2);
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  CHECK(red.submits("anchor", "rope") == "incorrect");
  world.crash_and_restart();
  for (const auto& player : red.members) player->resume();
  CHECK(red[1].submits("lantern", "lighthouse") == "already_solved");
  CHECK(red[0].submits("anchor", "rope") == "already_tried");
  CHECK(red[0].times_told("district_opened", "market") == 1);
  CHECK(red[0].submits("anchor", "anchor") == "correct");
  CHECK(red[1].was_told("puzzle_solved", "anchor"));
  check_streams(world);
}
