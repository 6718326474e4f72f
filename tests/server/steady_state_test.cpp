// Goal: in steady state a core's loop takes nothing from the heap: not for reading, parsing, deciding, folding, telling.
// Breaks when: a handler makes a string, a container grows where it should have been sized, a socket operation finds no
// place of its own, or CAF is given a message where a cell would do.
#include <doctest/doctest.h>

#include <string>

#include "bus/heap_counter.hpp"
#include "tests/server/live_server.hpp"

using namespace cairn;
using namespace cairn::test;

namespace {

constexpr std::size_t kTeams = 12;

std::string in_quotes(std::string_view text) { return "\"" + std::string{text} + "\""; }

std::string guess(const config::Puzzle& puzzle, std::string_view answer) {
  return R"({"puzzle":)" + in_quotes(puzzle.id) + R"(,"answer":)" + in_quotes(answer) + "}";
}

std::vector<const config::Puzzle*> puzzles_open_from_the_start(const config::Hunt& hunt) {
  std::vector<const config::Puzzle*> open;
  for (const config::Puzzle& puzzle : hunt.puzzles) {
    const auto holds_always = [](const config::UnlockRule& rule) {
      return rule.nodes.size() == 1 && rule.nodes[0].kind == config::UnlockRule::Kind::kAlways;
    };
    const auto& opens = hunt[puzzle.district].opens;
    if (opens && holds_always(*opens) && holds_always(puzzle.requires_rule) && !puzzle.needs_check_in)
      open.push_back(&puzzle);
  }
  return open;
}

// What an evening consists of, once: every kind of request, right and wrong, on the puzzle given.
void play_round(std::vector<std::unique_ptr<LivePlayer>>& players, const config::Puzzle& puzzle,
                std::string_view round) {
  for (const auto& player : players) {
    CHECK(player->ask("submit_answer", guess(puzzle, "driftwood " + std::string{round})).find("incorrect") !=
          std::string::npos);
    CHECK(player->ask("submit_answer", guess(puzzle, "driftwood " + std::string{round}))
              .find("already_tried") != std::string::npos);
    player->ask("discover_clue", R"({"puzzle":)" + in_quotes(puzzle.id) + R"(,"clue":0})");
    player->ask("check_in", R"({"puzzle":)" + in_quotes(puzzle.id) + R"(,"at":[4.5,52],"accuracy_m":10})");
    player->ask("submit_answer", R"({"puzzle":"no-such-puzzle","answer":"x"})");
    CHECK(player->ask("submit_answer", guess(puzzle, puzzle.answers[0])).find("\"correct\"") !=
          std::string::npos);
    player->ask("request_hint", R"({"puzzle":)" + in_quotes(puzzle.id) + R"(,"hint":0})");
    player->ask("ping", "{}");
    player->ask("get_state", "{}");
  }
}

}  // namespace

TEST_CASE("a core's loop allocates nothing while players guess, solve, buy hints and are told of it") {
  if (!bus::thread_allocated_bytes()) {
    MESSAGE("without jemalloc there is no counter to look at: nothing was checked");
    return;
  }
  LiveServer live{2};
  const auto puzzles = puzzles_open_from_the_start(live.hunt());
  REQUIRE(puzzles.size() >= 4);
  std::vector<std::unique_ptr<LivePlayer>> players;
  for (std::size_t team = 0; team < kTeams; ++team)
    players.push_back(live.captain("Team " + std::to_string(team)));
  // The first rounds fill what grows once: buffers, a team's stream, the widest message.
  play_round(players, *puzzles[0], "one");
  play_round(players, *puzzles[1], "two");
  const auto before = live.fresh_figures();
  play_round(players, *puzzles[2], "three");
  play_round(players, *puzzles[3], "four");
  const auto after = live.fresh_figures();
  std::uint64_t replies = 0;
  for (std::size_t core = 0; core < live.cores(); ++core) {
    CAPTURE(core);
    CHECK(after[core].allocated_bytes == before[core].allocated_bytes);
    replies += after[core].gateway.session.replies - before[core].gateway.session.replies;
  }
  CHECK(replies >= 2 * kTeams * 8);
  for (const auto& player : players) {
    player->listen();
    CHECK(player->events() >= 2 * kTeams);
    CHECK_FALSE(player->is_ended());
  }
}
