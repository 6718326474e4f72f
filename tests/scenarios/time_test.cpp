// Goal: what has a time of day happens by the wall clock, what has a duration by hunt time, and no jump of a clock reorders.
// Breaks when: something opens before its time or not at all, a jump lets a lockout end, or undoes what has happened.
// The tide: starts at 22:20, its bank opens at 22:40, its wreck is to be solved from 22:30 to 22:50, it ends at 01:00. A
// story begins at 22:13:20.
#include "tests/world/hunt.hpp"
#include "tests/world/json_look.hpp"

using namespace cairn::story;

STORY("before its start a hunt takes teams and no guess, and then it starts by itself") {
  Hunt hunt{"tide"};
  Team& red = hunt.team("Red", 2);
  CHECK(look(red[0].state(), "/data/hunt/state") == "not_started");
  CHECK(red.submits("post", "water level") == "hunt_not_running");
  CHECK(hunt.opens("bank") == "hunt_not_running");
  CHECK(everyone, has_district("pier", false));
  hunt.until(22, 19);
  CHECK(everyone, never_sees(event("hunt_state_changed")));
  hunt.until(22, 20);
  hunt.after(1s);
  CHECK(everyone, sees_in_order({hunt_is("running"), district_opened("pier")}));
  CHECK(everyone, sees_once(puzzle_unlocked("post")));
  CHECK(everyone, sees_once(hunt_is("running")));
  red.solves("post");
}

STORY("a hunt ends by itself at its time, also one that is paused") {
  for (const bool paused : {false, true}) {
    Hunt hunt{"tide", {.weather = cairn::world::Weather{}}};
    Team& red = hunt.team("Red");
    hunt.until(22, 21);
    if (paused) hunt.pauses();
    hunt.until(0, 59);
    CHECK(everyone, never_sees(hunt_is("ended")));
    hunt.until(1, 0);
    hunt.after(1s);
    CHECK(everyone, sees_once(hunt_is("ended")));
    CHECK(red.submits("post", "water level") == "hunt_not_running");
  }
}

STORY("a district opens at its time of day, for everybody, once") {
  Hunt hunt{"tide"};
  Team& red = hunt.team("Red");
  hunt.team("Blue");
  hunt.until(22, 39);
  CHECK(everyone, never_sees(district_opened("bank")));
  hunt.until(22, 40);
  hunt.after(1s);
  CHECK(everyone, sees_once(district_opened("bank")));
  red.solves("cockle");
}

STORY("a time of day that passes while the hunt is paused opens when it goes on") {
  Hunt hunt{"tide"};
  hunt.team("Red");
  hunt.until(22, 30);
  hunt.pauses();
  hunt.until(22, 45);
  CHECK(everyone, never_sees(district_opened("bank")));
  hunt.goes_on();
  CHECK(everyone, sees_in_order({hunt_is("paused"), hunt_is("running"), district_opened("bank")}));
}

STORY("a time of day that passes while the server is down opens when it is up") {
  Hunt hunt{"tide"};
  hunt.team("Red", 2);
  hunt.until(22, 30);
  hunt.clock_jumps(20min);
  hunt.crashes();
  hunt.everyone_resumes();
  hunt.after(1s);
  CHECK(everyone, sees_once(district_opened("bank")));
}

STORY("a puzzle takes answers from its opening to its closing, whoever has it") {
  Hunt hunt{"tide"};
  Team& red = hunt.team("Red");
  Team& blue = hunt.team("Blue");
  hunt.until(22, 29);
  CHECK(red.submits("wreck", "wreck") == "locked");
  hunt.until(22, 30);
  red.solves("wreck");
  hunt.until(22, 50);
  CHECK(blue.submits("wreck", "wreck") == "locked");
  CHECK(red, has_solved(1));
}

STORY(
    "a clock that jumps ahead opens what has a time of day, and no lockout and nothing that has a duration") {
  Hunt hunt{"tide"};
  Team& red = hunt.team("Red");
  hunt.until(22, 21);
  for (int guess = 0; guess < 3; ++guess) red.guesses_wrong("post");
  hunt.clock_jumps(1h);
  hunt.after(5s);
  CHECK(red, sees_once(district_opened("bank")));
  CHECK(red, never_sees(district_opened("cave")));
  CHECK(red.submits("post", "water level") == "locked_out");
  CHECK(red.submits("wreck", "wreck") == "locked");
  hunt.after(56s);
  red.solves("post");
  hunt.after(57min);
  CHECK(red, never_sees(district_opened("cave")));
  hunt.after(2min);
  CHECK(red, sees_once(district_opened("cave")));
}

STORY("a clock that jumps back closes nothing, opens nothing twice, and keeps every offset") {
  Hunt hunt{"tide"};
  Team& red = hunt.team("Red", 2);
  hunt.until(22, 41);
  red.solves("cockle");
  hunt.clock_jumps(-1h);
  hunt.after(5min);
  CHECK(red, has_district("bank", true));
  red[1].loses_signal();
  CHECK(red.submits("post", "water level") == "correct");
  red[1].resumes();
  CHECK(red, sees_in_order({puzzle_solved("cockle"), puzzle_solved("post")}));
  hunt.crashes();
  hunt.everyone_resumes();
  hunt.until(22, 45);
  CHECK(red, sees_once(district_opened("bank")));
  CHECK(red, sees_once(hunt_is("running")));
}

STORY("hunt time goes on through a jump of the clock, a pause and a crash, and only while the hunt runs") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  hunt.after(10min);
  hunt.clock_jumps(3h);
  hunt.after(5min);
  hunt.pauses();
  hunt.after(10min);
  hunt.crashes();
  hunt.everyone_resumes();
  hunt.clock_jumps(-2h);
  hunt.goes_on();
  hunt.after(14min);
  CHECK(red, never_sees(district_opened("tower")));
  hunt.after(70s);
  CHECK(red, sees_once(district_opened("tower")));
}
