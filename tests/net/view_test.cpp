// Goal: the view is the fold of committed entries. It breaks: ties, recoveries, hash tables under erasure,
// freezing.
#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>

#include "net/session/credentials.hpp"
#include "net/view/view.hpp"
#include "tests/net/hunt_for_tests.hpp"
#include "tests/net/world_for_tests.hpp"

namespace cairn::net {
namespace {

using actors::EntryKind;
using actors::PlayerIndex;
using actors::TeamIndex;

TEST_CASE("a team and its members are found by token, recovery code and join code") {
  View view(test::make_hunt());
  test::Entries entries;
  view.fold(entries.team(0, "Gulls", "Ada", "ABCDEFGH", sha256("t0"), sha256("r0")));
  actors::Entry joined = entries.next(EntryKind::kPlayerJoined);
  joined.team = TeamIndex{0};
  joined.player = PlayerIndex{1};
  joined.name = "Bo";
  joined.token_hash = sha256("t1");
  joined.recovery_hash = sha256("r1");
  view.fold(joined);
  CHECK(view.find_token(sha256("t1")) == PlayerIndex{1});
  CHECK(view.find_recovery(sha256("r0")) == PlayerIndex{0});
  CHECK(view.find_join_code("ABCDEFGH") == TeamIndex{0});
  CHECK_FALSE(view.find_join_code("ABCDEFGX"));
  CHECK_FALSE(view.find_token(sha256("t2")));
  CHECK(view.member(PlayerIndex{1})->name == "Bo");
  CHECK(view.member(PlayerIndex{2}) == nullptr);
  CHECK(view.member(PlayerIndex{99}) == nullptr);
  CHECK(view.last_offset(actors::team_stream(TeamIndex{0})) == 2);
}

TEST_CASE("a recovery ends the token before and keeps the recovery code") {
  View view(test::make_hunt());
  test::Entries entries;
  view.fold(entries.team(0, "Gulls", "Ada", "ABCDEFGH", sha256("t0"), sha256("r0")));
  actors::Entry recovered = entries.next(EntryKind::kPlayerRecovered);
  recovered.player = PlayerIndex{0};
  recovered.token_hash = sha256("t1");
  recovered.recovery_hash = sha256("r0");
  view.fold(recovered);
  CHECK_FALSE(view.find_token(sha256("t0")));
  CHECK(view.find_token(sha256("t1")) == PlayerIndex{0});
  CHECK(view.find_recovery(sha256("r0")) == PlayerIndex{0});
  CHECK(view.last_offset(actors::me_stream(PlayerIndex{0})) == 1);
}

TEST_CASE("of equal points the team that reached them first stands higher") {
  View view(test::make_hunt());
  test::Entries entries;
  for (std::uint32_t t = 0; t < 3; ++t)
    view.fold(entries.team(t, "Team", "Ada", "ABCDEFG" + std::to_string(t), sha256("t" + std::to_string(t)),
                           sha256("r" + std::to_string(t))));
  view.fold(entries.solved(2, 0, 100, 1));
  view.fold(entries.solved(1, 0, 90, 2));
  view.fold(entries.solved(1, 1, 10, 1));
  CHECK(view.rank(TeamIndex{2}) == 1);
  CHECK(view.rank(TeamIndex{1}) == 2);
  CHECK(view.rank(TeamIndex{0}) == 3);
  view.fold(entries.solved(0, 0, 101, 3));
  CHECK(view.rank(TeamIndex{0}) == 1);
  CHECK(view.earned(TeamIndex{1}) == 100);
  CHECK(view.team(TeamIndex{1}).solved == 2);
}

TEST_CASE("hints cost points but no rank") {
  View view(test::make_hunt());
  test::Entries entries;
  view.fold(entries.team(0, "Gulls", "Ada", "ABCDEFGH", sha256("t0"), sha256("r0")));
  view.fold(entries.solved(0, 0, 100, 1));
  actors::Entry hint = entries.next(EntryKind::kHintGranted);
  hint.team = TeamIndex{0};
  hint.puzzle = actors::PuzzleIndex{1};
  hint.item = 0;
  hint.points = 30;
  view.fold(hint);
  CHECK(view.team(TeamIndex{0}).points == 70);
  CHECK(view.earned(TeamIndex{0}) == 100);
  CHECK(view.status(TeamIndex{0}, actors::PuzzleIndex{1}).hints == 1);
}

TEST_CASE("a frozen board shows what it showed when it froze") {
  View view(test::make_hunt());
  test::Entries entries;
  view.fold(entries.team(0, "Gulls", "Ada", "ABCDEFGH", sha256("t0"), sha256("r0")));
  view.fold(entries.solved(0, 0, 100, 1));
  view.note({actors::NoticeKind::kLeaderboard, 2, true});
  view.fold(entries.solved(0, 1, 50, 1));
  std::array<LeaderboardRow, kLeaderboardRows> rows;
  REQUIRE(view.leaderboard(rows) == 1);
  CHECK(rows[0].points == 100);
  view.note({actors::NoticeKind::kLeaderboard, 3, false});
  REQUIRE(view.leaderboard(rows) == 1);
  CHECK(rows[0].points == 150);
}

TEST_CASE("districts stay opened when they close again") {
  View view(test::make_hunt());
  test::Entries entries;
  actors::Entry opened = entries.next(EntryKind::kDistrictOpened);
  opened.district = actors::DistrictIndex{1};
  view.fold(opened);
  actors::Entry closed = entries.next(EntryKind::kDistrictClosed);
  closed.district = actors::DistrictIndex{1};
  view.fold(closed);
  CHECK_FALSE(view.district(actors::DistrictIndex{1}).open);
  CHECK(view.district(actors::DistrictIndex{1}).ever_opened);
  CHECK(view.last_offset(actors::kHuntStream) == 2);
}

TEST_CASE("an index table finds what it holds through any mix of insertions and erasures") {
  std::mt19937_64 random(7);
  IndexTable table(100);
  std::map<std::uint32_t, std::uint64_t> model;
  for (int step = 0; step < 20'000; ++step) {
    const auto value = static_cast<std::uint32_t>(random() % 200);
    const auto found = model.find(value);
    if (found != model.end()) {
      table.erase(found->second, value);
      model.erase(found);
    } else if (model.size() < 100) {
      const std::uint64_t key = random() % 64;  // many share a key, and a place
      table.insert(key, value);
      model[value] = key;
    }
    for (const auto& [v, k] : model)
      if (table.find(k, [v = v](std::uint32_t candidate) { return candidate == v; }) != v)
        FAIL("lost a value");
  }
  CHECK(table.size() == model.size());
}

}  // namespace
}  // namespace cairn::net
