// Goal: clues and hints come in sequence, cost what they say, and are the whole team's; a place is checked before it counts.
// Breaks when: a hint is had on credit or paid twice, a clue comes without what discovers it, or a check-in from elsewhere
// is accepted.
#include "tests/world/hunt.hpp"

using namespace cairn::story;

STORY("hints cost points, in sequence, and cannot be bought on credit") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  CHECK(red.buys_hint("lantern", 0) == "insufficient_points");
  red.solves("lantern");
  CHECK(red.buys_hint("lantern", 1) == "locked");
  CHECK(red.buys_hint("lantern", 0)["points"] == "90");
  CHECK(red, sees_once(hint_granted("lantern", "A house.")));
  CHECK(red.buys_hint("lantern", 1)["points"] == "70");
  CHECK(red, has_points(70));
  CHECK(red, has_earned(100));
}

STORY("a hint that the team has is told again for nothing") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  red.solves("lantern");
  red[0].buys_hint("lantern", 0);
  const Answer again = red[1].buys_hint("lantern", 0);
  CHECK(again["cost"] == "0");
  CHECK(again.says("A house."));
  CHECK(red, has_points(90));
  CHECK(red, sees_once(hint_granted("lantern", "A house.")));
}

STORY("two members buy the same hint in the same moment, and the team pays once") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  red.solves("lantern");
  for (const auto& member : red.members())
    member->begins("request_hint", R"({"puzzle":"lantern","hint":0})", "hint");
  hunt.after(1s);
  for (const auto& member : red.members()) CHECK(member->answer_to("hint").says("A house."));
  CHECK(red, has_points(90));
  CHECK(red, sees_once(event("hint_granted")));
}

STORY("a hint that comes later is locked until its time, and says how long that is") {
  Hunt hunt{"tide"};
  Team& red = hunt.team("Red");
  hunt.until(22, 21);
  CHECK(red.buys_hint("post", 0) == "locked");
  CHECK(red[0].last_answer().says("retry_after_ms"));
  hunt.after(20min);
  CHECK(red.buys_hint("post", 0) == "ok");
  CHECK(red, sees_once(hint_granted("post", "It rises.")));
}

STORY("clues come in sequence, by asking and by the code that is found on site") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  CHECK(red.discovers_clue("lantern", 1, "rock7") == "locked");
  CHECK(red.discovers_clue("lantern", 0).says("It stands on a rock."));
  CHECK(red.discovers_clue("lantern", 1, "rock8") == "bad_request");
  CHECK(red.discovers_clue("lantern", 1) == "bad_request");
  CHECK(red.discovers_clue("lantern", 1, "Rock 7").says("It turns."));
  CHECK(red, sees_in_order({clue_discovered("lantern", "It stands on a rock."),
                            clue_discovered("lantern", "It turns.")}));
  CHECK(red.discovers_clue("lantern", 2) == "not_found");
}

STORY("a clue that the team has is told again, and is no second event") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  red[0].discovers_clue("lantern", 0);
  CHECK(red[1].discovers_clue("lantern", 0).says("It stands on a rock."));
  CHECK(red, sees_once(event("clue_discovered")));
}

STORY("a puzzle that wants a check-in takes answers only from who was there") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  red.solves("lantern");
  CHECK(red.submits("stall", "oysters") == "locked");
  CHECK(red[0].checks_in_at("stall", 10.0, 50.0, 10) == "too_far");
  CHECK(red[0].last_answer().says("distance_m"));
  CHECK(red[0].checks_in_at("stall", 10.015, 50.005, 80) == "low_accuracy");
  CHECK(red.submits("stall", "oysters") == "locked");
  CHECK(red.checks_in("stall")["accepted"] == "true");
  CHECK(red[1].submits("stall", "oysters") == "correct");
}

STORY("the code on the stall checks in where no satellite is seen") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  red.solves("lantern");
  CHECK(red[0].checks_in_by_code("stall", "STALL-8") == "bad_request");
  CHECK(red[0].checks_in_by_code("stall", "stall 9")["accepted"] == "true");
  CHECK(red[0].checks_in_by_code("anchor", "stall 9") == "bad_request");
  red.solves("stall");
}
