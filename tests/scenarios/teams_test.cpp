// Goal: who belongs to a team sees all that is the team's, and nobody else sees any of it before it is public.
// Breaks when: a team grows beyond its size, a lost telephone keeps its rights, or one byte of a team reaches another.
#include "tests/world/hunt.hpp"
#include "tests/world/json_look.hpp"

using namespace cairn::story;

STORY("a team takes as many as the hunt says, and then refuses") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 3);
  CHECK(red[0], sees_in_order({member_joined("Red-2"), member_joined("Red-3")}));
  CHECK(red[1], sees_once(member_joined("Red-3")));
  const auto refused =
      hunt.posts("/v1/join", R"({"join_code":")" + red.join_code() + R"(","player_name":"Fourth"})");
  CHECK(refused.status == 409);
  CHECK(look(refused.body, "/error/code") == "team_full");
  CHECK(red, never_sees(member_joined("Fourth")));
}

STORY("a team's name that looks like another's is taken") {
  Hunt hunt{"quay"};
  hunt.team("Red");
  for (const char* name : {"Red", "RED", " r-e-d! ", "Réd"})
    CHECK(hunt.posts("/v1/teams", R"({"team_name":")" + std::string{name} + R"(","player_name":"Imitator"})")
              .status == 409);
  CHECK(hunt.posts("/v1/teams", R"({"team_name":"Reed","player_name":"Other"})").status == 200);
}

STORY("a hunt takes as many teams as it says, and then refuses") {
  Hunt hunt{"tide"};
  for (const char* name : {"Red", "Blue", "Green"}) hunt.team(name);
  const auto refused = hunt.posts("/v1/teams", R"({"team_name":"White","player_name":"Late"})");
  CHECK(refused.status == 409);
  CHECK(look(refused.body, "/error/code") == "forbidden");
}

STORY("a join code or recovery code that nobody has lets nobody in") {
  Hunt hunt{"quay"};
  hunt.team("Red");
  CHECK(hunt.posts("/v1/join", R"({"join_code":"AAAAAAAA","player_name":"Guesser"})").status == 404);
  CHECK(hunt.posts("/v1/recover", R"({"recovery_code":"AAAAAAAA-AAAAAAAA-AAAAAAAA"})").status == 404);
  CHECK(hunt.posts("/v1/join", R"({"join_code":"","player_name":""})").status == 400);
}

STORY("a player who joins late finds what the team has, and sees what comes from then on") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  red.solves("lantern");
  red.buys_hint("lantern", 0);
  const auto joined =
      hunt.posts("/v1/join", R"({"join_code":")" + red.join_code() + R"(","player_name":"Late"})");
  CHECK(joined.status == 200);
  Player& late = hunt.second_device_of(red[0], 1);
  late.self().keep_token(look(joined.body, "/token"));
  late.connects();
  CHECK(late, has_points(90));
  CHECK(late, has_open("anchor"));
  CHECK(late, never_sees(puzzle_solved("lantern")));
  late.solves("anchor");
  CHECK(red, sees_once(puzzle_solved("anchor")));
  CHECK(late, sees_once(puzzle_solved("anchor")));
}

STORY("nothing of one team reaches another or a spectator: no answer, clue, hint or name of a member") {
  Hunt hunt{"quay"};
  Player& spectator = hunt.spectator();
  Team& blue = hunt.team("Blue", 2);
  Team& red = hunt.team("Red", 2);
  red.submits("lantern", "Light");
  red.discovers_clue("lantern", 0);
  red.solves("lantern");
  red.buys_hint("lantern", 0);
  red.submits("anchor", "xylophone");
  red.solves("stall");
  CHECK(red, sees(clue_discovered("lantern", "It stands on a rock.")));
  for (const char* secret : {"ighthouse", "stands on a rock", "A house.", "Bigger than that", "oysters",
                             "xylophone", "OYSTERS", "Red-1", "Red-2"}) {
    CHECK(blue, never_reads(secret));
    CHECK(spectator, never_reads(secret));
  }
  CHECK(blue.submits("anchor", "anchor") == "locked");
}

STORY("who recovers on another telephone plays on there, and the lost one is closed and stays out") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  red[1].submits("lantern", "moon");
  Player& lost = hunt.second_device_of(red[1], 0);
  lost.connects();
  CHECK(red[1].recovers() == 200);
  CHECK(lost, is_closed(4500));
  lost.connects();
  CHECK(lost, is_closed(4500));
  lost.resumes();
  CHECK(lost, is_closed(4500));
  red[1].connects();
  CHECK(red[1].submits("lantern", "moon") == "already_tried");
  CHECK(red[0], is_connected());
  CHECK(red[1].recovers() == 200);
  red[1].connects();
  CHECK(red[1], is_connected());
}
