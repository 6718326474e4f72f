// Goal: a guess is judged, counted and told as the protocol says, whoever of the team sends it, however often.
// Breaks when: somebody is told too early, twice or not at all; a guess is counted wrongly; or a request that is sent again
// does something again.
#include "tests/world/hunt.hpp"

using namespace cairn::story;

STORY("a team solves the lantern, and everybody sees it and the district that it opens") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 3);
  Team& blue = hunt.team("Blue");
  CHECK(red.submits("lantern", " light-HOUSE! ") == "correct");
  CHECK(everyone, sees_once(team_solved("Red", "lantern")));
  CHECK(everyone, sees_once(first_solve("Red", "lantern")));
  CHECK(everyone, sees_once(district_opened("market")));
  CHECK(everyone, sees_once(puzzle_unlocked("stall")));
  CHECK(red, sees_once(puzzle_solved("lantern")));
  CHECK(red, sees_once(puzzle_unlocked("anchor")));
  CHECK(blue, never_sees(puzzle_solved("lantern")));
  CHECK(blue, never_sees(puzzle_unlocked("anchor")));
}

STORY("wrong guesses cost tries, the same one twice costs one, and the third locks out for a growing while") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  CHECK(red.submits("lantern", "moon") == "incorrect");
  CHECK(red.submits("lantern", "MOON") == "already_tried");
  CHECK(red[0], is_left_guesses(2));
  CHECK(red.submits("lantern", "star") == "incorrect");
  CHECK(red[0], is_left_guesses(1));
  CHECK(red[1].submits("lantern", "sun")["lockout_until"] != "");
  CHECK(red[1], is_left_guesses(0));
  CHECK(red[1].submits("lantern", "lighthouse") == "locked_out");
  hunt.after(57s);
  CHECK(red.submits("lantern", "lighthouse") == "locked_out");
  hunt.after(3s);
  for (int guess = 0; guess < 3; ++guess) CHECK(red.guesses_wrong("lantern") == "incorrect");
  hunt.after(61s);
  CHECK(red.submits("lantern", "lighthouse") == "locked_out");
  hunt.after(60s);
  CHECK(red.submits("lantern", "lighthouse") == "correct");
}

STORY("a lockout is one team's, on one puzzle") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  Team& blue = hunt.team("Blue");
  hunt.opens("island");
  for (int guess = 0; guess < 3; ++guess) red.guesses_wrong("lantern");
  CHECK(red.submits("lantern", "lighthouse") == "locked_out");
  CHECK(red.submits("ledger", "77") == "correct");
  CHECK(blue.submits("lantern", "lighthouse") == "correct");
}

STORY("a partial answer is said to be one, with its text, and costs no guess") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  CHECK(red.submits("lantern", "Light") == "partial");
  CHECK(red[0].last_answer()["text"] == "Bigger than that.");
  CHECK(red[0], is_left_guesses(3));
}

STORY("a solved puzzle is solved for the whole team, once") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  red[0].solves("lantern");
  CHECK(red[1].submits("lantern", "lighthouse") == "already_solved");
  CHECK(red, sees_once(puzzle_solved("lantern")));
  CHECK(red, has_earned(100));
}

STORY("three members answer in the same moment, and the solve counts once") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 3);
  for (const auto& member : red.members()) member->begins_to_submit("lantern", "lighthouse", "now");
  hunt.after(1s);
  std::size_t solves = 0;
  for (const auto& member : red.members()) {
    solves += member->answer_to("now") == "correct";
    CHECK((member->answer_to("now") == "correct" || member->answer_to("now") == "already_solved"));
  }
  CHECK(solves == 1);
  CHECK(red, sees_once(puzzle_solved("lantern")));
  CHECK(red, has_earned(100));
  CHECK(red, has_solved(1));
}

STORY("two teams answer in the same moment: one is first, and the district opens once") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  Team& blue = hunt.team("Blue");
  red[0].begins_to_submit("lantern", "lighthouse", "now");
  blue[0].begins_to_submit("lantern", "lighthouse", "now");
  hunt.after(1s);
  CHECK(red[0].answer_to("now") == "correct");
  CHECK(blue[0].answer_to("now") == "correct");
  CHECK(everyone, sees_once(event("first_solve")));
  CHECK(everyone, sees_times(2, event("team_solved")));
  CHECK(everyone, sees_once(district_opened("market")));
}

STORY("the same request sent again gets the same bytes and costs one guess") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  const Answer first = red[0].submits("lantern", "moon", "same");
  CHECK(first["guesses_left"] == "2");
  CHECK(red[0].submits("lantern", "moon", "same") == first);
  CHECK(red.submits("lantern", "star")["guesses_left"] == "1");
}

STORY("a request sent twice before its reply is decided once and answered alike") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  for (int copy = 0; copy < 3; ++copy) red[0].begins_to_submit("lantern", "moon", "impatient");
  hunt.after(1s);
  CHECK(red[0].times_told_a("reply") == 3);
  CHECK(red[0].answer_to("impatient")["guesses_left"] == "2");
  CHECK(red.submits("lantern", "star")["guesses_left"] == "1");
}

STORY("an id is its player's own: two members may use the same one") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  CHECK(red[0].submits("lantern", "moon", "c-1")["guesses_left"] == "2");
  CHECK(red[1].submits("lantern", "star", "c-1")["guesses_left"] == "1");
}

STORY("the last sixty-four requests of a player are remembered, temporary errors not among them") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  const Answer first = red[0].submits("lantern", "moon", "first");
  for (int i = 0; i < 63; ++i) CHECK(red[0].submits("lantern", "MOON") == "already_tried");
  for (int i = 0; i < 10; ++i) CHECK(red[0].submits("ledger", "77") == "locked");
  CHECK(red[0].submits("lantern", "moon", "first") == first);
}

STORY("a temporary error is not remembered: the same request is decided anew") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  CHECK(red[0].submits("ledger", "77", "eager") == "locked");
  CHECK(red[0].last_answer().says(R"("temporary":true)"));
  hunt.opens("island");
  CHECK(red[0].submits("ledger", "77", "eager") == "correct");
}

STORY("what is no guess is refused, and costs none") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  CHECK(red.submits("nowhere", "lighthouse") == "not_found");
  CHECK(red.submits("lantern", "!?") == "bad_request");
  CHECK(red.submits("lantern", std::string(513, 'x')) == "bad_request");
  CHECK(red[0].asks("submit_answer", R"({"puzzle":"lantern"})") == "bad_request");
  CHECK(red[0].asks("submit_answer", R"({"puzzle":"lantern","answer":7})") == "bad_request");
  CHECK(red.submits("lantern", "moon")["guesses_left"] == "2");
}

STORY("five guesses sent at once are all decided, in the order in which they were sent") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  for (const char* guess : {"1", "2", "light", "lighthouse", "3"})
    red[0].begins_to_submit("lantern", guess, guess);
  hunt.after(1s);
  CHECK(red[0].answer_to("1")["guesses_left"] == "2");
  CHECK(red[0].answer_to("2")["guesses_left"] == "1");
  CHECK(red[0].answer_to("light") == "partial");
  CHECK(red[0].answer_to("lighthouse") == "correct");
  CHECK(red[0].answer_to("3") == "already_solved");
}
