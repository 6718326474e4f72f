// Goal: the board is the fold of the journal, the same for all, in what is pushed as in what is asked for.
// Breaks when: two players see two boards, a tie goes by anything but the sequence, or a hint costs a rank.
#include "tests/world/hunt.hpp"
#include "tests/world/json_look.hpp"

using namespace cairn::story;

namespace {

std::vector<std::string> boards_pushed_to(Player& player) {
  std::vector<std::string> boards;
  for (const std::string& json : player.self().messages())
    if (look(json, "/notice") == "leaderboard") boards.push_back(json);
  return boards;
}

}  // namespace

STORY("points decay with each solve, and ties go to who was first") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  Team& blue = hunt.team("Blue");
  Team& green = hunt.team("Green");
  for (Team* team : {&red, &blue, &green}) team->solves("lantern");
  CHECK(red.submits("anchor", "anchor")["points"] == "100");
  CHECK(blue.submits("anchor", "anchor")["points"] == "70");
  CHECK(green.submits("anchor", "anchor")["points"] == "50");
  CHECK(red, has_rank(1));
  CHECK(blue, has_rank(2));
  CHECK(green, has_rank(3));
}

STORY("of equal points whoever had them first stands higher, also when the clock is set back in between") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  Team& blue = hunt.team("Blue");
  blue.solves("lantern");
  hunt.clock_jumps(-1h);
  red.solves("lantern");
  CHECK(blue, has_rank(1));
  CHECK(red, has_rank(2));
  hunt.crashes();
  hunt.everyone_resumes();
  CHECK(blue, has_rank(1));
  CHECK(red, has_rank(2));
}

STORY("hints cost points and no rank") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  Team& blue = hunt.team("Blue");
  red.solves("lantern");
  blue.solves("lantern");
  red.buys_hint("lantern", 0);
  CHECK(red, has_points(90));
  CHECK(red, has_earned(100));
  CHECK(red, has_rank(1));
  CHECK(blue, has_rank(2));
}

STORY("the board that is pushed is the board that is asked for, the same for all") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  Team& blue = hunt.team("Blue");
  Player& spectator = hunt.spectator();
  red.solves("lantern");
  blue.solves("lantern");
  blue.solves("anchor");
  red.solves("stall");
  hunt.after(2s);
  const std::string asked = look(red[0].state(), "/data/leaderboard");
  CHECK(look(asked, "/rows/0/name") == "Red");
  CHECK(look(asked, "/rows/0/points") == "250");
  CHECK(look(asked, "/rows/1/points") == "200");
  for (Player* player : {&red[0], &red[1], &blue[0], &spectator}) {
    CHECK(look(player->state(), "/data/leaderboard") == asked);
    CHECK(look(boards_pushed_to(*player).back(), "/data") == asked);
  }
  hunt.crashes();
  hunt.everyone_resumes();
  hunt.after(2s);
  CHECK(look(red[0].state(), "/data/leaderboard") == asked);
  CHECK(look(boards_pushed_to(blue[0]).back(), "/data") == asked);
}

STORY("the board is pushed once a second at most, each one newer than the last") {
  Hunt hunt{"quay", {.weather = cairn::world::Weather{}}};
  std::vector<Team*> teams;
  teams.reserve(8);
  for (int i = 0; i < 8; ++i) teams.push_back(&hunt.team("Team" + std::to_string(i)));
  hunt.after(2s);
  Player& watcher = (*teams[0])[0];
  const std::size_t before = boards_pushed_to(watcher).size();
  const std::int64_t began_ms = hunt.world().now_ms();
  for (Team* team : teams) team->solves("lantern");
  const auto seconds = static_cast<std::size_t>((hunt.world().now_ms() - began_ms) / 1000);
  const std::vector<std::string> boards = boards_pushed_to(watcher);
  CHECK(boards.size() - before <= seconds + 1);
  for (std::size_t i = 1; i < boards.size(); ++i)
    CHECK(std::stoull(look(boards[i], "/version")) > std::stoull(look(boards[i - 1], "/version")));
}

STORY("a team is shown its own score when it changes") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  Team& blue = hunt.team("Blue");
  red.solves("lantern");
  hunt.after(2s);
  std::string score;
  for (const std::string& json : red[1].self().messages())
    if (look(json, "/notice") == "score") score = look(json, "/data");
  CHECK(look(score, "/points") == "100");
  CHECK(look(score, "/rank") == "1");
  CHECK(look(score, "/solved") == "1");
  CHECK(blue, never_reads(R"("notice":"score","version":1)"));
}
