// Goal: a district opens once per opening, for everybody, by its rule, its time or an operator; puzzles unlock per team.
// Breaks when: an opening is told twice, to some only, before its rule holds, or undone by anybody but an operator.
#include "tests/world/hunt.hpp"

using namespace cairn::story;

STORY("any team's solve opens a district for everybody, once") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  Team& blue = hunt.team("Blue", 2);
  CHECK(everyone, has_district("market", false));
  red.solves("lantern");
  CHECK(everyone, has_district("market", true));
  blue.solves("lantern");
  hunt.after(1min);
  CHECK(everyone, sees_once(district_opened("market")));
}

STORY("a district opens by hunt time, which a pause holds up") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  hunt.after(20min);
  CHECK(hunt.pauses() == "ok");
  CHECK(red.submits("lantern", "lighthouse") == "hunt_not_running");
  hunt.after(20min);
  CHECK(red, never_sees(district_opened("tower")));
  CHECK(hunt.goes_on() == "ok");
  hunt.after(9min);
  CHECK(red, never_sees(district_opened("tower")));
  hunt.after(2min);
  CHECK(red, sees_once(district_opened("tower")));
  CHECK(red, never_sees(puzzle_unlocked("bell")));
  red.solves("lantern");
  CHECK(red, sees_once(puzzle_unlocked("bell")));
}

STORY("a solve unlocks what requires it for its own team alone") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  Team& blue = hunt.team("Blue");
  red.solves("lantern");
  CHECK(red, has_open("anchor"));
  CHECK(blue, has_not_unlocked("anchor"));
  CHECK(blue.submits("anchor", "anchor") == "locked");
  blue.solves("lantern");
  CHECK(blue, has_open("anchor"));
  blue.solves("anchor");
}

STORY("a team that comes late has what is open to all") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  red.solves("lantern");
  hunt.after(31min);
  Team& late = hunt.team("Late", 2);
  CHECK(late, has_district("market", true));
  CHECK(late, has_district("tower", true));
  CHECK(late, has_open("lantern"));
  CHECK(late, has_open("stall"));
  CHECK(late, has_not_unlocked("bell"));
  late.solves("stall");
}

STORY("a district that an operator closed is locked, and no rule opens it again") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  Team& blue = hunt.team("Blue");
  red.solves("lantern");
  CHECK(hunt.closes("market") == "ok");
  CHECK(everyone, sees_once(district_closed("market")));
  CHECK(red.checks_in("stall") == "locked");
  blue.solves("lantern");
  hunt.after(5min);
  CHECK(everyone, has_district("market", false));
  CHECK(hunt.opens("market") == "ok");
  CHECK(everyone, sees_times(2, district_opened("market")));
  red.solves("stall");
}

STORY("what is open already is not opened again, and nobody is told") {
  Hunt hunt{"quay"};
  hunt.team("Red");
  CHECK(hunt.opens("island") == "ok");
  CHECK(hunt.opens("island") == "ok");
  CHECK(hunt.opens("quay") == "ok");
  CHECK(everyone, sees_once(district_opened("island")));
  CHECK(everyone, never_sees(district_opened("quay")));
}

STORY("a district that an operator opened early is not opened by its rule as well") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  hunt.opens("tower");
  hunt.opens("market");
  red.solves("lantern");
  hunt.after(31min);
  CHECK(everyone, sees_once(district_opened("tower")));
  CHECK(everyone, sees_once(district_opened("market")));
}

STORY("the harbour opens from district to district as it is solved") {
  Hunt hunt{"harbour"};
  Team& red = hunt.team("Red", 4);
  hunt.team("Blue", 2);
  CHECK(everyone, has_district("docks", true));
  CHECK(everyone, has_district("ropewalk", false));
  red[0].solves("docks-04-by-book");
  red[1].solves("fishmarket-04-cut-stone");
  CHECK(everyone, sees_once(district_opened("ropewalk")));
  hunt.after(2min);
  CHECK(everyone, sees_once(district_opened("station")));
  hunt.after(4min);
  CHECK(everyone,
        sees_in_order({district_opened("ropewalk"), district_opened("station"), district_opened("customs")}));
  CHECK(everyone, never_sees(district_opened("lighthouse")));
}
