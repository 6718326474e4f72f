// Goal: what was acknowledged survives a crash at any moment, exactly once; what was not is there wholly or not at all.
// Breaks when: a reply was given before its effect was stored, a request does something again after a restart, an opening
// is repeated, or an offset is given twice.
#include "tests/world/hunt.hpp"

using namespace cairn::story;

STORY("a crash loses nothing that was acknowledged, and players go on where they were") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  red.solves("lantern");
  CHECK(red.submits("anchor", "rope") == "incorrect");
  hunt.crashes();
  hunt.everyone_resumes();
  CHECK(red[0].times_told_a("snapshot") == 0);
  CHECK(red[1].submits("lantern", "lighthouse") == "already_solved");
  CHECK(red[0].submits("anchor", "rope") == "already_tried");
  CHECK(red, sees_once(district_opened("market")));
  red.solves("anchor");
  CHECK(red[1], sees_once(puzzle_solved("anchor")));
}

STORY("the same request gets the same reply after a crash, and another crash") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  const Answer first = red[0].submits("lantern", "moon", "same");
  const Answer refused = red[0].buys_hint("lantern", 0);
  CHECK(refused == "insufficient_points");
  for (int crash = 0; crash < 2; ++crash) {
    hunt.crashes();
    hunt.everyone_resumes();
    CHECK(red[0].submits("lantern", "moon", "same") == first);
  }
  CHECK(red.submits("lantern", "star")["guesses_left"] == "1");
}

STORY("a permanent error is remembered too: what was refused stays refused, though it would be granted now") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  const std::string hint = R"({"puzzle":"lantern","hint":0})";
  const Answer refused = red[0].asks("request_hint", hint, "early");
  CHECK(refused == "insufficient_points");
  red.solves("lantern");
  CHECK(red[0].asks("request_hint", hint, "early") == refused);
  hunt.crashes();
  hunt.everyone_resumes();
  CHECK(red[0].asks("request_hint", hint, "early") == refused);
  CHECK(red[0].asks("request_hint", hint, "later") == "ok");
}

STORY(
    "a crash at any turn between a guess and its reply leaves the guess whole or not made, and it counts "
    "once") {
  for (std::size_t turns = 0; turns < 12; ++turns) {
    Hunt hunt{"quay", {.weather = cairn::world::Weather{}}};
    Team& red = hunt.team("Red", 2);
    Team& blue = hunt.team("Blue");
    red[0].begins_to_submit("lantern", "lighthouse", "answer");
    hunt.turns(turns);
    const bool was_acknowledged = red[0].answer_to("answer") == "correct";
    const bool was_told = blue[0].self().was_told("team_solved");
    hunt.crashes();
    hunt.everyone_resumes();
    if (was_acknowledged || was_told) CHECK(blue, has_district("market", true));
    CHECK(red[0].submits("lantern", "lighthouse", "answer") == "correct");
    CHECK(everyone, sees_once(team_solved("Red", "lantern")));
    CHECK(everyone, sees_once(district_opened("market")));
    CHECK(red, sees_once(puzzle_solved("lantern")));
    CHECK(red, sees_once(puzzle_unlocked("anchor")));
    CHECK(red, has_earned(100));
  }
}

STORY("a crash at any turn while a hint is bought takes the points once, or not at all") {
  for (std::size_t turns = 0; turns < 10; ++turns) {
    Hunt hunt{"quay", {.weather = cairn::world::Weather{}}};
    Team& red = hunt.team("Red");
    red.solves("lantern");
    const std::string hint = R"({"puzzle":"lantern","hint":0})";
    red[0].begins("request_hint", hint, "hint");
    hunt.turns(turns);
    hunt.crashes();
    hunt.everyone_resumes();
    CHECK(red[0].asks("request_hint", hint, "hint") == "ok");
    CHECK(red, has_points(90));
    CHECK(red, sees_once(event("hint_granted")));
  }
}

STORY("what follows from a solve follows after a crash too, once") {
  for (std::size_t turns = 0; turns < 12; ++turns) {
    Hunt hunt{"quay", {.weather = cairn::world::Weather{}}};
    Team& red = hunt.team("Red");
    red[0].begins_to_submit("lantern", "lighthouse", "answer");
    hunt.turns(turns);
    hunt.crashes();
    hunt.crashes();
    hunt.everyone_resumes();
    red[0].submits("lantern", "lighthouse", "answer");
    hunt.after(1s);
    CHECK(red, sees_in_order({puzzle_solved("lantern"), puzzle_unlocked("stall")}));
    CHECK(red, sees_once(puzzle_unlocked("stall")));
    CHECK(red, sees_once(puzzle_unlocked("anchor")));
    red.solves("stall");
  }
}

STORY("a team that was made before a crash is there after it, with its codes") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  hunt.crashes();
  CHECK(hunt.posts("/v1/teams", R"({"team_name":"Red","player_name":"Imitator"})").status == 409);
  CHECK(
      hunt.posts("/v1/join", R"({"join_code":")" + red.join_code() + R"(","player_name":"Third"})").status ==
      200);
  CHECK(red[0].recovers() == 200);
  red[0].connects();
  red[1].connects();
  CHECK(red, is_connected());
  CHECK(red, has_rank(1));
}

STORY("a lockout outlives a crash, and ends when it would have ended but for seconds") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  for (int guess = 0; guess < 3; ++guess) red.guesses_wrong("lantern");
  hunt.after(30s);
  hunt.crashes();
  hunt.everyone_resumes();
  CHECK(red.submits("lantern", "lighthouse") == "locked_out");
  hunt.after(36s);
  CHECK(red.submits("lantern", "lighthouse") == "correct");
}

STORY("hunt time does not go back in a crash: what opens after half an hour is not late") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  hunt.after(25min);
  hunt.crashes();
  hunt.everyone_resumes();
  hunt.after(4min);
  CHECK(red, never_sees(district_opened("tower")));
  hunt.after(2min);
  CHECK(red, sees_once(district_opened("tower")));
}

STORY("a paused hunt is paused after a crash, an ended one ended, a closed district closed") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  red.solves("lantern");
  hunt.closes("market");
  hunt.pauses();
  hunt.crashes();
  hunt.everyone_resumes();
  CHECK(red, has_district("market", false));
  CHECK(red.submits("anchor", "anchor") == "hunt_not_running");
  hunt.goes_on();
  CHECK(red.checks_in("stall") == "locked");
  red.solves("anchor");
  hunt.ends();
  hunt.crashes();
  hunt.everyone_resumes();
  CHECK(red.submits("anchor", "anchor") == "hunt_not_running");
  CHECK(hunt.goes_on() == "hunt_not_running");
}
