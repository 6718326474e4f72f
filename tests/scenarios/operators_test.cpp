// Goal: what an operator orders happens once, for everybody, and what makes no sense is refused.
// Breaks when: a hunt that does not run takes guesses, an order is told twice, or a state is left that cannot be.
#include "tests/world/hunt.hpp"
#include "tests/world/json_look.hpp"

using namespace cairn::story;

STORY("an operator opens and closes a district, and announces") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  Player& spectator = hunt.spectator();
  CHECK(hunt.opens("island") == "ok");
  CHECK(red, sees_once(district_opened("island")));
  CHECK(red.submits("ledger", "76") == "incorrect");
  CHECK(hunt.closes("island") == "ok");
  CHECK(red, sees_once(district_closed("island")));
  CHECK(red.submits("ledger", "77") == "locked");
  CHECK(hunt.announces("Tea is served.") == "ok");
  CHECK(red, sees_once(announcement("Tea is served.")));
  CHECK(spectator, sees_in_order({district_opened("island"), district_closed("island"),
                                  announcement("Tea is served.")}));
}

STORY("a paused hunt takes no guess, clue, hint or check-in, and can be looked at; then it goes on") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  red.solves("lantern");
  CHECK(hunt.pauses() == "ok");
  CHECK(everyone, sees_once(hunt_is("paused")));
  CHECK(red.submits("anchor", "anchor") == "hunt_not_running");
  CHECK(red.discovers_clue("lantern", 0) == "hunt_not_running");
  CHECK(red.buys_hint("lantern", 0) == "hunt_not_running");
  CHECK(red.checks_in("stall") == "hunt_not_running");
  CHECK(look(red[0].state(), "/data/hunt/state") == "paused");
  CHECK(hunt.goes_on() == "ok");
  CHECK(everyone, sees_in_order({hunt_is("paused"), hunt_is("running")}));
  red.solves("anchor");
}

STORY("a lockout stands still while the hunt does") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  for (int guess = 0; guess < 3; ++guess) red.guesses_wrong("lantern");
  hunt.after(30s);
  hunt.pauses();
  hunt.after(1h);
  hunt.goes_on();
  CHECK(red.submits("lantern", "lighthouse") == "locked_out");
  hunt.after(31s);
  red.solves("lantern");
}

STORY("an ended hunt is over for good, and can be looked at") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  red.solves("lantern");
  CHECK(hunt.ends() == "ok");
  CHECK(everyone, sees_once(hunt_is("ended")));
  CHECK(red.submits("anchor", "anchor") == "hunt_not_running");
  CHECK(hunt.goes_on() == "hunt_not_running");
  CHECK(hunt.pauses() == "hunt_not_running");
  CHECK(hunt.opens("island") == "hunt_not_running");
  hunt.after(31min);
  CHECK(everyone, never_sees(district_opened("tower")));
  CHECK(everyone, sees_once(event("hunt_state_changed")));
  CHECK(red, has_earned(100));
}

STORY("an order that is carried out already changes nothing, and nobody is told") {
  Hunt hunt{"quay"};
  hunt.team("Red");
  for (int times = 0; times < 2; ++times) CHECK(hunt.goes_on() == "ok");
  for (int times = 0; times < 2; ++times) CHECK(hunt.pauses() == "ok");
  for (int times = 0; times < 2; ++times) CHECK(hunt.closes("island") == "ok");
  for (int times = 0; times < 2; ++times) CHECK(hunt.ends() == "ok");
  CHECK(everyone, never_sees(hunt_is("running")));
  CHECK(everyone, sees_once(hunt_is("paused")));
  CHECK(everyone, sees_once(hunt_is("ended")));
  CHECK(everyone, never_sees(event("district_closed")));
}

STORY("an opening and its crash: whatever the turn, the order is carried out once or not at all") {
  for (std::size_t turns = 0; turns < 8; ++turns) {
    Hunt hunt{"quay", {.weather = cairn::world::Weather{}}};
    Team& red = hunt.team("Red", 2);
    hunt.begins_to_open("island");
    hunt.turns(turns);
    hunt.crashes();
    hunt.everyone_resumes();
    CHECK(hunt.opens("island") == "ok");
    CHECK(red, sees_once(district_opened("island")));
    red.solves("ledger");
  }
}
