// Goal: the gateway over real sockets: handshakes, frames as RFC 6455 has them, subscriptions, resumes.
// It breaks: every handshake that is to be refused, malformed and oversized frames, windows that pass.
#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/net/fields.hpp"
#include "tests/net/server_for_tests.hpp"

namespace cairn::net {
namespace {

using test::Frame;
using test::number_field;
using test::RawClient;
using test::Server;
using test::text_field;

// The status of a handshake.
std::string handshake(Server& server, std::string_view path, std::string_view protocol,
                      std::string_view headers) {
  RawClient client(server.listener->port());
  client.upgrade(path, protocol, headers);
  std::optional<std::string> head;
  server.until([&] {
    client.look();
    return (head = client.head()).has_value() || client.is_ended();
  });
  return head ? head->substr(9, 3) : "none";
}

TEST_CASE("only the right path, subprotocol and origin are let in") {
  Server server;
  CHECK(handshake(server, "/v1/play", "cairn.v1.json", "") == "101");
  CHECK(handshake(server, "/v1/play", "cairn.v1.json", "Origin: http://here\r\n") == "101");
  CHECK(handshake(server, "/v1/play", "cairn.v1.json", "Origin: https://friend.example\r\n") == "101");
  CHECK(handshake(server, "/v1/play", "cairn.v1.json", "Origin: https://evil.example\r\n") == "403");
  CHECK(handshake(server, "/v1/play", "cairn.v1.json", "Origin: http://here.evil.example\r\n") == "403");
  CHECK(handshake(server, "/v1/play", "cairn.v1.json", "Origin: null\r\n") == "403");
  CHECK(handshake(server, "/v1/play", "", "") == "400");
  CHECK(handshake(server, "/v1/play", "cairn.v2.json", "") == "400");
  CHECK(handshake(server, "/v1/play", "cairn.v1.json, other", "") == "400");
  CHECK(handshake(server, "/v1/pla", "cairn.v1.json", "") == "404");
  CHECK(handshake(server, "/", "cairn.v1.json", "") == "404");
}

TEST_CASE("a plain request for the socket's address is told to upgrade") {
  Server server;
  RawClient client(server.listener->port());
  client.write("GET /v1/play HTTP/1.1\r\nHost: here\r\n\r\n");
  CHECK(server.response(client).starts_with("HTTP/1.1 426"));
}

TEST_CASE("a player is welcomed, guesses, and reads the reply") {
  Server server;
  server.make_team(0);
  std::string welcome;
  auto client = server.join(0, &welcome);
  CHECK(text_field(welcome, "/data/streams/team/epoch") == "tiny-d1/t0");
  CHECK(number_field(welcome, "/data/streams/team/offset") == 1);
  client->text(R"({"type":"submit_answer","id":"c-1","data":{"puzzle":"anchor","answer":"Ca-Na RY"}})");
  REQUIRE(server.until([&] { return !server.commands.kept.empty(); }));
  const auto& kept = server.commands.kept.front();
  CHECK(kept.text == "canary");
  CHECK(kept.request_id == "c-1");
  CHECK(kept.command.player == actors::PlayerIndex{0});
  actors::Reply reply;
  reply.kind = actors::CommandKind::kSubmitAnswer;
  reply.puzzle = actors::PuzzleIndex{0};
  reply.verdict = actors::Verdict::kCorrect;
  reply.points = 100;
  server.gateway->on_reply(kept.command.session, "c-1", reply);
  CHECK(
      server.frame(*client).payload ==
      R"({"type":"reply","id":"c-1","ok":true,"data":{"verdict":"correct","points":100,"guesses_left":0}})");
}

TEST_CASE("a reply for a session that has ended reaches nobody, not even the slot's next owner") {
  Server server;
  server.make_team(0);
  auto client = server.join(0);
  client->text(R"({"type":"request_hint","id":"c-1","data":{"puzzle":"anchor","hint":0}})");
  REQUIRE(server.until([&] { return !server.commands.kept.empty(); }));
  client->close();
  REQUIRE(server.until([&] { return server.gateway->counters().connections == 0; }));
  auto next = server.join(0);
  actors::Reply reply;
  reply.kind = actors::CommandKind::kRequestHint;
  reply.puzzle = actors::PuzzleIndex{0};
  server.gateway->on_reply(server.commands.kept.front().command.session, "c-1", reply);
  next->text(R"({"type":"ping","id":"p"})");
  CHECK(server.frame(*next).payload == R"({"type":"pong","id":"p"})");
}

TEST_CASE("frames are understood in pieces, and refused where the RFC says so") {
  Server server;
  server.make_team(0);

  auto pieces = server.join(0);
  pieces->frame(0x01, R"({"type":"pi)");
  pieces->frame(0x89, "between");
  pieces->frame(0x80, R"(ng","id":"f"})");
  Frame frame = server.frame(*pieces);
  CHECK(frame.opcode == 0xA);
  CHECK(frame.payload == "between");
  CHECK(server.frame(*pieces).payload == R"({"type":"pong","id":"f"})");

  const auto closes_with = [&server](auto&& act) {
    auto client = server.connect();
    act(*client);
    for (;;) {
      const Frame next = server.frame(*client);
      if (next.opcode == 0x8) return static_cast<int>(next.close_code());
      if (next.opcode == 0) return 0;
    }
  };
  CHECK(closes_with([](RawClient& c) { c.frame(0x82, "binary"); }) == 1003);
  CHECK(closes_with([](RawClient& c) { c.frame(0x81, "not masked", false); }) == 1002);
  CHECK(closes_with([](RawClient& c) { c.frame(0xC1, "reserved bit"); }) == 1002);
  CHECK(closes_with([](RawClient& c) { c.frame(0x83, "reserved opcode"); }) == 1002);
  CHECK(closes_with([](RawClient& c) { c.frame(0x80, "continues nothing"); }) == 1002);
  CHECK(closes_with([](RawClient& c) { c.frame(0x09, "fragmented ping"); }) == 1002);
  CHECK(closes_with([](RawClient& c) { c.frame(0x81, "\xff\xfe"); }) == 1007);
  CHECK(closes_with([](RawClient& c) { c.frame(0x81, std::string(16 * 1024 + 1, 'x')); }) == 1009);
  CHECK(closes_with([](RawClient& c) { c.frame(0x88, "\x03\xe8"); }) == 1000);
  CHECK(closes_with([](RawClient& c) {
          for (int i = 0; i < 5; ++i) c.text("{");
        }) == 4501);
  CHECK(closes_with([](RawClient& c) { c.text(R"({"type":"ping","id":"1"})"); }) == 1008);
  CHECK(closes_with([](RawClient& c) { c.text(R"({"type":"hello","data":{"token":"nobody's"}})"); }) == 4500);
  CHECK(closes_with([&](RawClient&) { server.clock.advance_ns(6 * kNsPerSecond); }) == 1008);
}

TEST_CASE("messages of 4 to 16 KiB are refused and the connection goes on") {
  Server server;
  server.make_team(0);
  auto client = server.join(0);
  client->text(std::string(10'000, ' '));
  CHECK(text_field(server.frame(*client).payload, "/error/code") == "bad_request");
  client->text(R"({"type":"ping","id":"p"})");
  CHECK(server.frame(*client).payload == R"({"type":"pong","id":"p"})");
}

TEST_CASE("events reach everybody once and in order, and a team's only its own members") {
  Server server;
  server.make_team(0);
  server.make_team(1);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (const std::uint32_t team : {0U, 1U}) clients.push_back(server.join(team));
  auto spectator = server.connect();
  spectator->text(R"({"type":"hello"})");
  CHECK(server.frame(*spectator).payload.starts_with(R"({"type":"welcome","id":null)"));
  server.commit(server.entries.announced("one"));
  server.commit(server.entries.solved(0, 0, 100, 2));
  server.commit(server.entries.announced("two"));

  const auto read = [&server](RawClient& client) {
    std::vector<std::string> seen;
    server.turns(1000);
    client.look();
    while (const auto next = client.next_frame()) {
      if (text_field(next->payload, "/type") != "event") continue;
      seen.push_back(text_field(next->payload, "/stream") +
                     std::to_string(number_field(next->payload, "/offset")));
    }
    return std::multiset<std::string>(seen.begin(), seen.end());
  };
  using Seen = std::multiset<std::string>;
  CHECK(read(*clients[0]) == Seen{"hunt1", "hunt2", "hunt3", "team2"});
  CHECK(read(*clients[1]) == Seen{"hunt1", "hunt2", "hunt3"});
  CHECK(read(*spectator) == Seen{"hunt1", "hunt2", "hunt3"});
  CHECK(server.gateway->counters().hunt_deliveries == 9);
}

TEST_CASE("a player who resumes gets exactly what was missed") {
  Server server;
  server.make_team(0);
  std::string welcome;
  auto client = server.join(0, &welcome);
  const std::string token = text_field(welcome, "/data/resume_token");
  server.commit(server.entries.announced("seen"));
  CHECK(number_field(server.frame(*client).payload, "/offset") == 1);
  client->close();
  server.commit(server.entries.announced("missed"));
  server.commit(server.entries.announced("missed too"));
  auto again = server.connect();
  const std::string resume =
      R"({"type":"resume","id":"r","data":{"resume_token":")" + token +
      R"(","streams":{"hunt":{"epoch":"tiny-d1/hunt","offset":1},"team":{"epoch":"tiny-d1/t0","offset":1}}}})";
  again->text(resume);
  CHECK(text_field(server.frame(*again).payload, "/type") == "resumed");
  CHECK(number_field(server.frame(*again).payload, "/offset") == 2);
  CHECK(number_field(server.frame(*again).payload, "/offset") == 3);
}

TEST_CASE("a resume of another epoch, or from before the window, gets a snapshot") {
  Server server(2);
  server.make_team(0);
  std::string welcome;
  { auto client = server.join(0, &welcome); }
  const std::string token = text_field(welcome, "/data/resume_token");
  const auto resume = [&](std::string_view epoch, std::uint64_t offset) {
    auto client = server.connect();
    client->text(R"({"type":"resume","id":"r","data":{"resume_token":")" + token +
                 R"(","streams":{"hunt":{"epoch":")" + std::string(epoch) + R"(","offset":)" +
                 std::to_string(offset) + "}}}}");
    return server.frame(*client).payload;
  };
  CHECK(text_field(resume("tiny-other/hunt", 0), "/type") == "snapshot");
  CHECK(text_field(resume("tiny-d1/hunt", 5), "/type") == "snapshot");  // never was
  for (int i = 0; i < 1000; ++i) server.commit(server.entries.announced(std::string(200, 'x')));
  const std::string snapshot = resume("tiny-d1/hunt", 1);
  CHECK(text_field(snapshot, "/type") == "snapshot");
  CHECK(number_field(snapshot, "/data/streams/hunt/offset") == 1000);
  CHECK(text_field(snapshot, "/data/state/team/id") == "t0");
}

TEST_CASE("a player's newer connection replaces the older one, here and on other cores") {
  Server server;
  server.make_team(0);
  auto old_one = server.join(0);
  auto new_one = server.join(0);
  Frame last = server.frame(*old_one);
  CHECK(last.opcode == 0x8);
  CHECK(last.close_code() == 4009);
  REQUIRE(server.commands.announced.size() == 2);
  server.gateway->on_replaced(actors::PlayerIndex{0}, server.commands.announced.back().second);
  new_one->text(R"({"type":"ping","id":"p"})");
  CHECK(server.frame(*new_one).payload == R"({"type":"pong","id":"p"})");
  server.gateway->on_replaced(actors::PlayerIndex{0}, server.commands.announced.back().second + 64);
  last = server.frame(*new_one);
  CHECK(last.close_code() == 4009);
}

TEST_CASE("a recovered player's old token ends with its connection") {
  Server server;
  server.make_team(0);
  std::string welcome;
  auto client = server.join(0, &welcome);
  actors::Entry recovered = server.entries.next(actors::EntryKind::kPlayerRecovered);
  recovered.player = actors::PlayerIndex{0};
  recovered.token_hash = sha256("token-new");
  server.commit(recovered);
  CHECK(text_field(server.frame(*client).payload, "/event") == "token_ended");
  CHECK(server.frame(*client).close_code() == 4500);
  auto again = server.connect();
  again->text(R"({"type":"resume","data":{"resume_token":")" + text_field(welcome, "/data/resume_token") +
              R"(","streams":{}}})");
  CHECK(text_field(server.frame(*again).payload, "/error/code") == "unauthorized");
  CHECK(server.frame(*again).close_code() == 4500);
}

TEST_CASE("a client that answers no ping is closed 4012, one that does stays") {
  Server server;
  server.make_team(0);
  server.make_team(1);
  auto dead = server.join(0);
  auto alive = server.join(1);
  for (int second = 0; second < 40; ++second) {
    server.clock.advance_ns(kNsPerSecond);
    server.turns(20);
    alive->look();
    while (const auto next = alive->next_frame())
      if (next->opcode == 0x9) alive->frame(0x8A, next->payload);
  }
  CHECK(server.frame(*dead).opcode == 0x9);
  const Frame last = server.frame(*dead);
  CHECK(last.close_code() == 4012);
  CHECK(server.gateway->counters().players == 1);
}

TEST_CASE("the board and a team's score are told as notices") {
  Server server;
  server.make_team(0);
  auto client = server.join(0);
  server.commit(server.entries.solved(0, 0, 100, 2));
  server.gateway->on_notice({actors::NoticeKind::kLeaderboard, server.entries.sequence(), false});
  std::multiset<std::string> seen;
  server.turns(1000);
  client->look();
  while (const auto next = client->next_frame())
    if (text_field(next->payload, "/type") == "notice") seen.insert(next->payload);
  REQUIRE(seen.size() == 2);
  CHECK(*seen.begin() ==
        R"({"type":"notice","notice":"leaderboard","version":2,"data":{"frozen":false,"rows":[{"team":"t0",)"
        R"("name":"Team 0","points":100,"solved":1,"rank":1}]}})");
  CHECK(
      *seen.rbegin() ==
      R"({"type":"notice","notice":"score","version":2,"data":{"points":100,"earned":100,"rank":1,"solved":1}})");
}

TEST_CASE("a full server says 503 and when to come back") {
  Server server(512, 1);
  auto first = server.connect();
  RawClient second(server.listener->port());
  second.write("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
  const std::string answer = server.response(second);
  CHECK(answer.starts_with("HTTP/1.1 503"));
  CHECK(answer.find("Retry-After: ") != std::string::npos);
}

TEST_CASE("draining tells players when to come back and closes 1012") {
  Server server;
  server.make_team(0);
  auto client = server.join(0);
  server.gateway->drain(100, 50);
  const Frame reconnect = server.frame(*client);
  const std::uint64_t after_ms = number_field(reconnect.payload, "/data/after_ms");
  CHECK(after_ms >= 100);
  CHECK(after_ms <= 150);
  CHECK(server.frame(*client).close_code() == 1012);
  CHECK(handshake(server, "/v1/play", "cairn.v1.json", "") == "503");
}

TEST_CASE("commands that find no ring place are kept and sent in order, and reading waits") {
  Server server;
  server.make_team(0);
  auto client = server.join(0);
  server.commands.is_full = true;
  for (int i = 0; i < 3; ++i)
    client->text(R"({"type":"request_hint","id":"c-)" + std::to_string(i) +
                 R"(","data":{"puzzle":"anchor","hint":0}})");
  server.turns(100);
  CHECK(server.commands.kept.empty());
  server.commands.is_full = false;
  REQUIRE(server.until([&] { return server.commands.kept.size() == 3; }));
  for (std::size_t i = 0; i < 3; ++i) CHECK(server.commands.kept[i].request_id == "c-" + std::to_string(i));
}

TEST_CASE("reading and waiting take nothing from the heap once a connection stands") {
  Server server;
  server.make_team(0);
  auto client = server.join(0);
  const std::uint64_t before = server.gateway->counters().handler_misses.count;
  for (int i = 0; i < 30; ++i) {
    client->text(R"({"type":"ping","id":"p"})");
    client->frame(0x89, "x");
    CHECK(server.frame(*client).opcode != 0);
    CHECK(server.frame(*client).opcode != 0);
    server.clock.advance_ns(kNsPerSecond);
  }
  const GatewayCounters after = server.gateway->counters();
  CAPTURE(after.handler_misses.bytes_max);
  CHECK(after.handler_misses.count == before);
}

}  // namespace
}  // namespace cairn::net
