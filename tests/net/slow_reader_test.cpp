// Goal: readers who stop or are slow, over real sockets. Breaks when: a declared skip is none, a slow one holds up others or
// is kept for ever, a frame is torn, or who only asked for much is taken for slow.
#include <doctest/doctest.h>

#include <array>
#include <string>

#include "tests/net/fields.hpp"
#include "tests/net/server_for_tests.hpp"

namespace cairn::net {
namespace {

using test::Frame;
using test::number_field;
using test::Server;
using test::text_field;

TEST_CASE("a reader who stops is skipped on hunt with a declaration, and the others miss nothing") {
  Server server(64, 100, 8 * 1024);
  server.make_team(0);
  server.make_team(1);
  auto slow = server.join(0, nullptr, 4 * 1024);
  auto quick = server.join(1);
  std::uint64_t quick_last = 0;
  const std::string text(270, 'x');
  for (int i = 1; i <= 3000; ++i) {
    server.commit(server.entries.announced(text));
    if (i % 50 != 0) continue;
    REQUIRE(server.until([&] {
      quick->look();
      while (const auto next = quick->next_frame())
        if (text_field(next->payload, "/type") == "event") {
          REQUIRE(number_field(next->payload, "/offset") == quick_last + 1);
          ++quick_last;
        }
      return quick_last == static_cast<std::uint64_t>(i);
    }));
  }
  CHECK(server.gateway->counters().declared_skips > 0);

  // The slow one reads on: whole frames only, in order, and what is missing was declared.
  std::uint64_t last = 0;
  bool resync = false;
  std::uint64_t skips = 0;
  while (last < 3000) {
    const Frame next = server.frame(*slow);
    REQUIRE(next.opcode == 0x1);
    const std::string type = text_field(next.payload, "/type");
    if (type == "resync_required") {
      resync = true;
      CHECK(number_field(next.payload, "/data/from") <= last + 1);
    } else if (type == "snapshot") {
      REQUIRE(resync);
      last = number_field(next.payload, "/data/streams/hunt/offset");
      resync = false;
      ++skips;
    } else if (type == "event") {
      REQUIRE(number_field(next.payload, "/offset") == last + 1);
      ++last;
    }
  }
  CHECK(skips == server.gateway->counters().declared_skips);
}

TEST_CASE("a reader who stops while the team's stream goes on is closed 4008") {
  Server server(64, 100, 8 * 1024);
  server.hunt->puzzles[0].clues[0].text.assign(4000, 'c');
  server.make_team(0);
  auto slow = server.join(0, nullptr, 4 * 1024);
  // The team's window is 128 KiB: what the reader wants next leaves it.
  for (int i = 0; i < 400; ++i) {
    actors::Entry clue = server.entries.next(actors::EntryKind::kClueDiscovered);
    clue.team = actors::TeamIndex{0};
    clue.puzzle = actors::PuzzleIndex{0};
    clue.item = 0;
    server.commit(clue);
    server.turns(3);
  }
  CHECK(server.until([&] { return server.gateway->counters().too_slow == 1; }));
  std::uint64_t last = 1;
  std::uint16_t code = 0;
  for (;;) {
    const Frame next = server.frame(*slow);
    if (next.opcode == 0x8) code = next.close_code();
    if (next.opcode != 0x1) break;
    if (text_field(next.payload, "/type") != "event") continue;
    REQUIRE(number_field(next.payload, "/offset") == last + 1);
    ++last;
  }
  // Either it read on early enough to see the close, or it was dropped.
  CHECK((code == 4008 || code == 0));
}

TEST_CASE("replies behind a state that is larger than what may wait are sent, and the player stays") {
  Server server(64, 100, 8 * 1024);
  server.hunt->puzzles[0].prompt.assign(net::kPendingBytesMax + 40'000, 'p');
  server.make_team(0);
  const std::array<std::byte, 4> first_puzzle{};
  actors::Entry unlocked = server.entries.next(actors::EntryKind::kPuzzlesUnlocked);
  unlocked.team = actors::TeamIndex{0};
  unlocked.unlocked = {first_puzzle.data(), 1};
  server.commit(unlocked);
  auto client = server.join(0, nullptr, 4 * 1024);
  client->text(R"({"type":"get_state","id":"whole","data":{}})");
  for (int i = 0; i < 5; ++i) client->text(R"({"type":"ping","id":"p","data":{}})");
  server.turns(20);
  CHECK(server.gateway->counters().too_slow == 0);
  CHECK(server.frame(*client).payload.size() > net::kPendingBytesMax);
  for (int i = 0; i < 5; ++i) CHECK(text_field(server.frame(*client).payload, "/type") == "pong");
}

TEST_CASE("a pong never lands inside a half-written event") {
  Server server(512, 100, 8 * 1024);
  server.make_team(0);
  auto client = server.join(0, nullptr, 4 * 1024);
  for (int i = 0; i < 200; ++i) server.commit(server.entries.announced(std::string(270, 'x')));
  server.turns(50);
  client->frame(0x89, "now");
  server.turns(50);
  std::uint64_t last = 0;
  bool ponged = false;
  while (last < 200 || !ponged) {
    server.turns(1);
    client->look(700);
    while (const auto next = client->next_frame()) {
      if (next->opcode == 0xA) {
        CHECK(next->payload == "now");
        ponged = true;
      } else {
        REQUIRE(next->opcode == 0x1);
        REQUIRE(number_field(next->payload, "/offset") == ++last);
      }
    }
    REQUIRE_FALSE(client->is_ended());
  }
}

}  // namespace
}  // namespace cairn::net
