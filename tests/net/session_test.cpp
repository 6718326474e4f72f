// Goal: a session's conversation as stories, without a socket: a fake peer, a scripted ring, a virtual clock.
// It breaks: who may do what, floods, full rings, unknown tokens, entries on their way, a server that cannot
// store.
#include "net/session/session.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "bus/random.hpp"
#include "tests/net/hunt_for_tests.hpp"
#include "tests/net/world_for_tests.hpp"

namespace cairn::net {
namespace {

// Keeps what a session does to its peer.
struct FakePeer final : SessionPeer {
  void send(std::string_view json) override { sent.emplace_back(json); }
  void follow(const Following& f) override { followed.push_back(f); }
  void logged_in(actors::PlayerIndex player) override { players.push_back(player); }
  void wants_turn() override { wants = true; }
  void close(CloseCode code, std::string_view) override { closed = static_cast<int>(code); }
  std::string take() {
    if (sent.empty()) return {};
    std::string first = sent.front();
    sent.erase(sent.begin());
    return first;
  }

  std::vector<std::string> sent;
  std::vector<Following> followed;
  std::vector<actors::PlayerIndex> players;
  bool wants = false;
  int closed = 0;
};

// What the streams hold, as far as a session asks.
struct FakeStreams final : StreamDirectory {
  std::uint64_t last_offset(actors::StreamId stream) const override {
    const auto found = last.find(stream);
    return found == last.end() ? 0 : found->second;
  }
  bool can_follow(actors::StreamId stream, std::uint64_t offset) const override {
    return offset >= first && offset <= last_offset(stream);
  }
  std::map<actors::StreamId, std::uint64_t> last;
  std::uint64_t first = 0;
};

struct Story {
  std::shared_ptr<config::Hunt> hunt = test::make_hunt();
  FakeStreams streams;
  test::CommandLog commands;
  bus::VirtualClock clock{1'700'000'000'000};
  bus::SeededRandom random{1};
  CoreContext core{hunt, streams, commands, clock, random, "d1", Secret{}};
  FakePeer peer;
  Session session{core, peer, {0, 3, 9}, 77};
  test::Entries entries;

  void fold(const actors::Entry& entry) {
    core.view.fold(entry);
    actors::for_each_event(entry, [this](actors::EventRef event) { ++streams.last[event.stream]; });
  }
  void team(std::uint32_t i) {
    const std::string n = std::to_string(i);
    fold(entries.team(i, "Gulls", "Ada", "ABCDEFG" + n, sha256("token-" + n), sha256("code-" + n)));
  }
  void player() {
    team(0);
    session.on_text(R"({"type":"hello","id":"h","data":{"token":"token-0"}})");
    session.on_turn();
    REQUIRE(peer.take().starts_with(R"({"type":"welcome")"));
  }
  std::string code_of_next() {
    const std::string text = peer.take();
    const std::size_t at = text.find(R"("code":")");
    return at == std::string::npos ? text : text.substr(at + 8, text.find('"', at + 8) - at - 8);
  }
};

TEST_CASE("hello waits for the turn, and then events follow from the declared offsets") {
  Story s;
  s.team(0);
  s.session.on_text(R"({"type":"hello","id":"h","data":{"token":"token-0"}})");
  CHECK(s.peer.sent.empty());
  CHECK_FALSE(s.session.wants_read());
  CHECK_FALSE(s.session.on_turn());
  CHECK(
      s.peer.take() ==
      R"({"type":"welcome","id":"h","data":{"session":"s0-9","resume_token":")" +
          std::string(s.core.credentials.resume_token(actors::PlayerIndex{0}, sha256("token-0"))) +
          R"(","streams":{"hunt":{"epoch":"tiny-d1/hunt","offset":0},"team":{"epoch":"tiny-d1/t0","offset":1},)"
          R"("me":{"epoch":"tiny-d1/p0","offset":0}},"heartbeat_ms":25000,"limits":{"request_bytes_max":4096,)"
          R"("undecided_max":4},"server_time":"2023-11-14T22:13:20.000Z"}})");
  REQUIRE(s.peer.followed.size() == 1);
  CHECK(s.peer.followed[0].count == 3);
  CHECK(s.peer.followed[0].after[1] == 1);
  CHECK(s.peer.players.size() == 1);
  CHECK(s.session.wants_read());
}

TEST_CASE("a token whose entry is still on its way is known a turn later") {
  Story s;
  s.session.on_text(R"({"type":"hello","data":{"token":"token-0"}})");
  CHECK(s.session.on_turn());
  CHECK(s.peer.closed == 0);
  s.team(0);
  CHECK_FALSE(s.session.on_turn());
  CHECK(s.peer.take().starts_with(R"({"type":"welcome")"));
}

TEST_CASE("hello waits while the streams are behind the view") {
  Story s;
  s.team(0);
  s.core.view.fold(s.entries.announced("folded, not yet published"));
  s.session.on_text(R"({"type":"hello","data":{"token":"token-0"}})");
  CHECK(s.session.on_turn());
  CHECK(s.peer.sent.empty());
  s.streams.last[actors::kHuntStream] = 1;
  CHECK_FALSE(s.session.on_turn());
  CHECK(s.peer.take().find(R"("hunt":{"epoch":"tiny-d1/hunt","offset":1})") != std::string::npos);
}

TEST_CASE("an unknown token is refused and its address is listened to for so long") {
  Story s;
  for (std::uint32_t i = 0; i < kFailedAuthPerMinute; ++i) {
    FakePeer peer;
    Session session{s.core, peer, {0, 3, 9}, 77};
    session.on_text(R"({"type":"hello","data":{"token":"wrong"}})");
    session.on_turn();
    session.on_turn();
    CHECK(peer.closed == 4500);
  }
  s.team(0);
  s.session.on_text(R"({"type":"hello","data":{"token":"token-0"}})");
  s.session.on_turn();
  CHECK(s.code_of_next() == "rate_limited");
  FakePeer elsewhere;
  Session other{s.core, elsewhere, {0, 4, 9}, 78};
  other.on_text(R"({"type":"hello","data":{"token":"token-0"}})");
  other.on_turn();
  CHECK(elsewhere.take().starts_with(R"({"type":"welcome")"));
}

TEST_CASE("nothing but hello or resume may come first") {
  for (const char* type : {"ping", "get_state", "submit_answer"}) {
    Story s;
    s.session.on_text(R"({"type":")" + std::string(type) +
                      R"(","id":"1","data":{"puzzle":"anchor","answer":"x"}})");
    CHECK(s.code_of_next() == "unauthorized");
    CHECK(s.peer.closed == 1008);
    CHECK(s.commands.kept.empty());
  }
}

TEST_CASE("who says nothing for five seconds is closed") {
  Story s;
  s.clock.advance_ns(4 * kNsPerSecond);
  s.session.on_deadlines();
  CHECK(s.peer.closed == 0);
  s.clock.advance_ns(2 * kNsPerSecond);
  s.session.on_deadlines();
  CHECK(s.peer.closed == 1008);
}

TEST_CASE("each role may do what the table says") {
  struct Row {
    const char* text;
    const char* player;
    const char* spectator;
  };
  const std::vector<Row> rows = {
      {R"({"type":"ping","id":"1"})", "pong", "pong"},
      {R"({"type":"get_state","id":"1"})", "state", "state"},
      {R"({"type":"submit_answer","id":"1","data":{"puzzle":"anchor","answer":"x"}})", "command",
       "forbidden"},
      {R"({"type":"discover_clue","id":"1","data":{"puzzle":"anchor","clue":0}})", "command", "forbidden"},
      {R"({"type":"request_hint","id":"1","data":{"puzzle":"anchor","hint":0}})", "command", "forbidden"},
      {R"({"type":"check_in","id":"1","data":{"puzzle":"bollard","at":[0,0]}})", "command", "forbidden"},
      {R"({"type":"hello","id":"1","data":{"token":"token-0"}})", "bad_request", "bad_request"},
      {R"({"type":"leave_team","id":"1","data":{}})", "bad_request", "bad_request"},
  };
  for (const Row& row : rows)
    for (const bool is_player : {true, false}) {
      CAPTURE(row.text);
      CAPTURE(is_player);
      Story s;
      if (is_player) {
        s.player();
      } else {
        s.session.on_text(R"({"type":"hello"})");
        s.session.on_turn();
        s.peer.sent.clear();
      }
      s.session.on_text(row.text);
      s.session.on_turn();
      const std::string expected = is_player ? row.player : row.spectator;
      if (expected == "command") {
        REQUIRE(s.commands.kept.size() == 1);
        CHECK(s.commands.kept[0].command.team == actors::TeamIndex{0});
        CHECK(s.peer.sent.empty());
        continue;
      }
      CHECK(s.commands.kept.empty());
      const std::string answer = s.peer.sent.empty() ? "" : s.peer.sent.front();
      if (expected == "pong") CHECK(answer == R"({"type":"pong","id":"1"})");
      if (expected == "state") CHECK(answer.find(R"("ok":true)") != std::string::npos);
      if (expected != "pong" && expected != "state") CHECK(s.code_of_next() == expected);
    }
}

TEST_CASE("a hunt without spectators lets nobody in without a token") {
  Story s;
  s.hunt->spectators = false;
  s.session.on_text(R"({"type":"hello"})");
  s.session.on_turn();
  CHECK(s.code_of_next() == "unauthorized");
  CHECK(s.peer.closed == 4500);
}

TEST_CASE("answers are normalised by their puzzle's rules, or refused") {
  Story s;
  s.player();
  s.session.on_text(R"({"type":"submit_answer","id":"1","data":{"puzzle":"anchor","answer":"  Ça-VA! "}})");
  REQUIRE(s.commands.kept.size() == 1);
  CHECK(s.commands.kept[0].text == "cava");
  s.session.on_text(R"({"type":"submit_answer","id":"2","data":{"puzzle":"anchor","answer":"?!"}})");
  CHECK(s.code_of_next() == "bad_request");
  s.session.on_text(R"({"type":"submit_answer","id":"3","data":{"puzzle":"anchor","answer":")" +
                    std::string(200, 'a') + "\"}}");
  CHECK(s.code_of_next() == "bad_request");
  s.session.on_text(R"({"type":"submit_answer","id":"4","data":{"puzzle":"nowhere","answer":"a"}})");
  CHECK(s.code_of_next() == "not_found");
  CHECK(s.commands.kept.size() == 1);
}

TEST_CASE("with four undecided commands a session reads no more until one is decided") {
  Story s;
  s.player();
  for (int i = 0; i < 4; ++i) {
    CHECK(s.session.wants_read());
    s.session.on_text(R"({"type":"request_hint","id":"1","data":{"puzzle":"anchor","hint":0}})");
  }
  CHECK_FALSE(s.session.wants_read());
  s.session.on_reply("1", actors::Reply{});
  CHECK(s.session.wants_read());
}

TEST_CASE("a command that finds no place is kept whole and goes when there is one") {
  Story s;
  s.player();
  s.commands.is_full = true;
  s.session.on_text(R"({"type":"submit_answer","id":"keep","data":{"puzzle":"anchor","answer":"keep me"}})");
  CHECK_FALSE(s.session.wants_read());
  CHECK(s.session.on_turn());
  s.commands.is_full = false;
  CHECK_FALSE(s.session.on_turn());
  REQUIRE(s.commands.kept.size() == 1);
  CHECK(s.commands.kept[0].text == "keepme");
  CHECK(s.commands.kept[0].request_id == "keep");
  CHECK(s.session.wants_read());
}

TEST_CASE("when nothing can be stored commands are overloaded, and state is still told") {
  Story s;
  s.player();
  s.commands.is_full = true;
  s.session.on_text(R"({"type":"request_hint","id":"1","data":{"puzzle":"anchor","hint":0}})");
  s.core.read_only = true;
  CHECK_FALSE(s.session.on_turn());
  CHECK(s.code_of_next() == "overloaded");
  s.session.on_text(R"({"type":"request_hint","id":"2","data":{"puzzle":"anchor","hint":0}})");
  CHECK(s.code_of_next() == "overloaded");
  s.session.on_text(R"({"type":"get_state","id":"3"})");
  s.session.on_turn();
  CHECK(s.peer.take().find(R"("ok":true)") != std::string::npos);
}

TEST_CASE("a flood is told to slow down, and closed when it does not") {
  Story s;
  s.player();
  for (std::uint32_t i = 0; i < kRequestsBurst; ++i) s.session.on_text(R"({"type":"ping","id":"1"})");
  s.peer.sent.clear();
  s.session.on_text(R"({"type":"ping","id":"1"})");
  CHECK(s.code_of_next() == "rate_limited");
  s.clock.advance_ns(kNsPerSecond);
  s.session.on_text(R"({"type":"ping","id":"1"})");
  CHECK(s.peer.take() == R"({"type":"pong","id":"1"})");
  for (std::uint32_t i = 0; i < 200 && s.peer.closed == 0; ++i)
    s.session.on_text(R"({"type":"ping","id":"1"})");
  CHECK(s.peer.closed == 1008);
}

TEST_CASE("a resume token of another data directory, player or token is worth nothing") {
  Story s;
  s.team(0);
  s.team(1);
  const Credentials other(Secret{std::byte{1}}, s.random);
  const std::string good(s.core.credentials.resume_token(actors::PlayerIndex{0}, sha256("token-0")));
  std::string of_another_player = good;
  of_another_player.replace(0, 2, "r16");
  for (const std::string& token :
       {std::string(other.resume_token(actors::PlayerIndex{0}, sha256("token-0"))), of_another_player,
        good + "0", std::string("r0."), std::string("r4294967295."), std::string("."), std::string("x"),
        std::string("r999999.a")}) {
    CAPTURE(token);
    FakePeer peer;
    Session session{s.core, peer, {0, 3, 9}, 5};
    session.on_text(R"({"type":"resume","data":{"resume_token":")" + token + R"(","streams":{}}})");
    session.on_turn();
    session.on_turn();
    CHECK(peer.closed == 4500);
  }
  s.session.on_text(R"({"type":"resume","data":{"resume_token":")" + good + R"(","streams":{}}})");
  s.session.on_turn();
  CHECK(s.peer.take().starts_with(R"({"type":"resumed")"));
}

TEST_CASE("a skip is declared, followed by a snapshot, and hunt goes on behind it") {
  Story s;
  s.player();
  s.fold(s.entries.announced("a"));
  s.fold(s.entries.announced("b"));
  s.peer.followed.clear();
  s.session.skip_hunt(1);
  s.session.on_turn();
  CHECK(s.peer.take() == R"({"type":"resync_required","data":{"stream":"hunt","from":2,"to":2}})");
  CHECK(s.peer.take().starts_with(R"({"type":"snapshot","data":{"at":)"));
  REQUIRE(s.peer.followed.size() == 1);
  CHECK(s.peer.followed[0].count == 1);
  CHECK(s.peer.followed[0].after[0] == 2);
}

}  // namespace
}  // namespace cairn::net
