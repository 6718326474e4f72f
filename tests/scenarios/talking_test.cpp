// Goal: a conversation goes as the protocol page says: who may say what, in what order, and what ends it.
// Breaks when: somebody gets in without a token, a role does more than its row of the table, or bad manners go unanswered.
#include "tests/world/hunt.hpp"
#include "tests/world/json_look.hpp"

using namespace cairn::story;

namespace {

// The messages that change something, each in a form that a player's team may send.
constexpr std::pair<const char*, const char*> kActs[] = {
    {"submit_answer", R"({"puzzle":"lantern","answer":"moon"})"},
    {"discover_clue", R"({"puzzle":"lantern","clue":0})"},
    {"request_hint", R"({"puzzle":"lantern","hint":0})"},
    {"check_in", R"({"puzzle":"stall","at":[10.015,50.005],"accuracy_m":10})"},
};

}  // namespace

STORY("the welcome says where the streams stand, and events follow from there") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  const std::string welcome = red[0].self().messages().front();
  CHECK(look(welcome, "/type") == "welcome");
  CHECK(look(welcome, "/data/heartbeat_ms") == "25000");
  for (const char* stream : {"hunt", "team", "me"})
    CHECK(look(welcome, "/data/streams/" + std::string{stream} + "/epoch") != "");
  const std::string offset = look(welcome, "/data/streams/hunt/offset");
  hunt.announces("First.");
  CHECK(red[0].self().heard("hunt") == std::stoull(offset) + 1);
}

STORY("a ping is answered with its id") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  CHECK(red[0].says(R"({"type":"ping","id":"p-1"})").json == R"({"type":"pong","id":"p-1"})");
}

STORY("who says anything before hello is closed") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  Player& stranger = hunt.second_device_of(red[0], 1);
  stranger.opens_connection();
  CHECK(stranger.says(R"({"type":"get_state","id":"s","data":{}})") == "unauthorized");
  hunt.after(1s);
  CHECK(stranger, is_closed(1008));
  CHECK(stranger, never_reads("districts"));
  CHECK(red, is_connected());
}

STORY("who says nothing for five seconds is closed") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  Player& stranger = hunt.second_device_of(red[0], 1);
  stranger.opens_connection();
  hunt.after(4s);
  CHECK(stranger.self().has_connection());
  hunt.after(2s);
  CHECK(stranger, is_closed(1008));
}

STORY("a token that nobody has lets nobody in, for hello and for resume") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  for (
      const char* greeting :
      {R"({"type":"hello","id":"h","data":{"token":"0123456789abcdef0123456789abcdef"}})",
       R"({"type":"resume","id":"h","data":{"resume_token":"r0.00000000000000000000000000000000","streams":{}}})"}) {
    Player& stranger = hunt.second_device_of(red[0], 1);
    stranger.opens_connection();
    CHECK(stranger.says(greeting) == "unauthorized");
    hunt.after(1s);
    CHECK(stranger, is_closed(4500));
    CHECK(stranger, never_reads("welcome"));
  }
  CHECK(red, is_connected());
}

STORY("a spectator sees what is public, and may do nothing") {
  Hunt hunt{"quay"};
  Player& spectator = hunt.spectator();
  Team& red = hunt.team("Red");
  for (const auto& [type, data] : kActs) CHECK(spectator.asks(type, data) == "forbidden");
  red.solves("lantern");
  CHECK(spectator, sees_once(team_solved("Red", "lantern")));
  CHECK(spectator, sees_once(district_opened("market")));
  CHECK(spectator, never_sees(event("puzzle_solved")));
  CHECK(spectator, has_district("market", true));
  const std::string state = spectator.state();
  CHECK(look(state, "/data/puzzles") == "");
  CHECK(look(state, "/data/team") == "");
  spectator.loses_signal();
  hunt.announces("For all.");
  spectator.resumes();
  CHECK(spectator, sees_once(announcement("For all.")));
}

STORY("a player may do each of these, and none of them without an id") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  red.solves("lantern");
  for (const auto& [type, data] : kActs) {
    const Answer answer = red[0].asks(type, data);
    CHECK(answer.word() != "forbidden");
    CHECK(answer.word() != "bad_request");
    CHECK(red[0].says(R"({"type":")" + std::string{type} + R"(","data":)" + data + "}") == "bad_request");
  }
}

STORY("a hunt without spectators lets nobody watch") {
  Hunt hunt{"tide"};
  Player& spectator = hunt.spectator();
  CHECK(spectator, is_closed(4500));
  CHECK(spectator, never_reads("welcome"));
}

STORY("a second hello, an unknown message, a field too few: each is refused, and the conversation goes on") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  for (const char* nonsense :
       {R"({"type":"hello","id":"1","data":{"token":"x"}})", R"({"type":"dance","id":"2","data":{}})",
        R"({"type":"submit_answer","id":"3"})", R"({"type":"ping","id":"4","id":"4"})", R"({"id":"5"})"})
    CHECK(red[0].says(nonsense) == "bad_request");
  CHECK(red, is_connected());
  red.solves("lantern");
}

STORY("five messages that are no JSON end the conversation") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  for (int times = 0; times < 5; ++times) {
    CHECK(red[0], is_connected());
    CHECK(red[0].says("good evening") == "bad_request");
  }
  hunt.after(1s);
  CHECK(red[0], is_closed(4501));
  CHECK(red[1], is_connected());
}

STORY("who asks faster than anybody can is told to wait, nobody else is, and waiting helps") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  Team& blue = hunt.team("Blue");
  for (int times = 0; times < 60; ++times) red[0].begins("ping", "{}");
  hunt.after(1s);
  CHECK(red[0], reads(R"("code":"rate_limited")"));
  CHECK(blue, never_reads("rate_limited"));
  CHECK(blue.submits("lantern", "moon") == "incorrect");
  hunt.after(5s);
  CHECK(red.submits("lantern", "moon") == "incorrect");
}

STORY("who does not stop is closed") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  for (int times = 0; times < 300; ++times) red[0].begins("ping", "{}");
  hunt.after(2s);
  CHECK(red[0], is_closed(1008));
  CHECK(red[1], is_connected());
}
