// Goal: who comes back has every event exactly once, whether by replay or by a snapshot, on whatever core he lands.
// Breaks when: a resume leaves a gap or gives a duplicate, two connections of one player live on, or a skip is silent.
#include "tests/world/hunt.hpp"
#include "tests/world/json_look.hpp"

using namespace cairn::story;

STORY("who loses the signal resumes without a gap and without a duplicate") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  Team& blue = hunt.team("Blue");
  red[1].loses_signal();
  red[0].solves("lantern");
  blue.solves("lantern");
  CHECK(red[1], never_sees(event("team_solved")));
  red[1].resumes();
  CHECK(red[1].times_told_a("snapshot") == 0);
  CHECK(red[1], sees_times(2, event("team_solved")));
  CHECK(red[1], sees_once(puzzle_solved("lantern")));
  CHECK(red[1], sees_once(district_opened("market")));
}

STORY("who resumes on another core goes on there") {
  Hunt hunt{"quay", {.cores = 3}};
  Team& red = hunt.team("Red", 2);
  for (std::size_t move = 0; move < 5; ++move) {
    const std::string news = "Move " + std::to_string(move);
    red[1].loses_signal();
    hunt.announces(news);
    red[1].moves_to_core(move % 3);
    red[1].resumes();
    CHECK(red[1], sees_once(announcement(news)));
  }
  CHECK(red[1].submits("lantern", "moon", "same") == "incorrect");
  red[1].moves_to_core(1);
  red[1].resumes();
  CHECK(red[1].submits("lantern", "moon", "same") == "incorrect");
}

STORY("a guess whose reply was lost with the signal is sent again, and gets that reply") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  red[0].begins_to_submit("lantern", "moon", "c-17");
  hunt.turns(4);
  red[0].loses_signal();
  red[0].resumes();
  CHECK(red[0].submits("lantern", "moon", "c-17")["guesses_left"] == "2");
  CHECK(red[0].submits("lantern", "star")["guesses_left"] == "1");
}

STORY("the newest connection of a player replaces the older one at once, on the same core and on another") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  for (std::size_t core : {0U, 1U}) {
    Player& tablet = hunt.second_device_of(red[0], core);
    tablet.connects();
    CHECK(tablet, is_connected());
    CHECK(red[0], is_closed(4009));
    red[0].resumes();
    CHECK(red[0], is_connected());
    CHECK(tablet, is_closed(4009));
  }
  hunt.announces("Once.");
  CHECK(red[0], sees_once(announcement("Once.")));
}

STORY("a team that has moved further than the window keeps is shown to who comes back in a snapshot") {
  Hunt hunt{"quay", {.rewritten = [](cairn::config::Hunt& h) {
              const auto lantern = h.find_puzzle("lantern");
              h.puzzles[cairn::config::index(*lantern)].clues.assign(
                  90, {.text = std::string(2000, 'x'), .discovery = {}, .code = {}});
            }}};
  Team& red = hunt.team("Red", 2);
  red[1].loses_signal();
  for (unsigned clue = 0; clue < 90; ++clue) CHECK(red.discovers_clue("lantern", clue) == "ok");
  red[1].resumes();
  CHECK(red[1].times_told_a("snapshot") == 1);
  CHECK(red[1], never_sees(event("clue_discovered")));
  red[0].solves("lantern");
  CHECK(red, sees_once(puzzle_solved("lantern")));
}

STORY("a position of another epoch is answered with a snapshot, never with the wrong events") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  hunt.announces("One.");
  const auto& messages = red[0].self().messages();
  const std::string token = look(messages.front(), "/data/resume_token");
  CHECK(token != "");
  red[0].opens_connection();
  const Answer answer = red[0].says(R"({"type":"resume","id":"x","data":{"resume_token":")" + token +
                                    R"(","streams":{"hunt":{"epoch":"another hunt's","offset":1}}}})");
  CHECK(look(answer.json, "/type") == "snapshot");
  hunt.announces("Two.");
  CHECK(red, sees_once(announcement("Two.")));
}

STORY("a client that says no position at all is brought to the head and goes on from there") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  red[1].loses_signal();
  red[0].solves("lantern");
  red[1].connects();
  CHECK(red[1], never_sees(team_solved("Red", "lantern")));
  CHECK(red[1], has_solved(1));
  hunt.announces("After.");
  CHECK(red[1], sees_once(announcement("After.")));
}
