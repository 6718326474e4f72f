#include "tools/bench/journal/guess_book.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "actors/messages/entry.hpp"
#include "bus/journal/batch_appender.hpp"
#include "bus/random.hpp"
#include "tools/bench/night/night.hpp"

namespace cairn::bench {

using actors::Entry;
using actors::EntryKind;

namespace {

constexpr std::size_t kPlayersPerTeam = 4;
// For each team: it is founded, gets its puzzles, its other players join; and it has played a little.
constexpr std::size_t kEntriesPerTeam = 8;
constexpr std::uint32_t kTriesWithoutEnd = 1'000'000'000;

}  // namespace

// What an evening's entries open to whom.
class GuessBook::Reader {
 public:
  explicit Reader(std::vector<Team>& teams) : teams_(teams) {}

  Result<void> read(const bus::Record& record) {
    const Result<Entry> entry = actors::decode_entry(record.sequence, record.body);
    if (!entry) return entry.error();
    switch (entry->kind) {
      case EntryKind::kTeamCreated: teams_.emplace_back().members = 1; break;
      case EntryKind::kPlayerJoined: ++teams_[index(entry->team)].members; break;
      case EntryKind::kPuzzlesUnlocked:
        for (std::size_t i = 0; i < entry->unlocked.count; ++i)
          teams_[index(entry->team)].puzzles.push_back(entry->unlocked[i]);
        break;
      case EntryKind::kGuessDecided:
        if (entry->verdict == actors::Verdict::kCorrect)
          std::erase(teams_[index(entry->team)].puzzles, entry->puzzle);
        break;
      default: break;
    }
    return {};
  }

 private:
  std::vector<Team>& teams_;
};

std::shared_ptr<const config::Hunt> GuessBook::made_for_guessing(const config::Hunt& hunt) {
  auto made = std::make_shared<config::Hunt>(hunt);
  made->guesses.tries = kTriesWithoutEnd;
  made->starts_at_ms.reset();
  made->ends_at_ms.reset();
  for (config::Puzzle& puzzle : made->puzzles) {
    puzzle.opens_at_ms.reset();
    puzzle.closes_at_ms.reset();
  }
  return made;
}

Result<GuessBook> GuessBook::make(bus::FileLayer& files, const std::filesystem::path& data,
                                  const std::shared_ptr<const config::Hunt>& hunt, std::size_t teams,
                                  std::uint64_t seed) {
  auto store = bus::Store::open(files, bus::system_random(), data, hunt->id);
  if (!store) return store.error();
  GuessBook book{*hunt, seed};
  Reader reader{book.teams_};
  bus::BatchAppender appender{**store};
  Night night{hunt, {.seed = seed, .teams = teams, .players_per_team = kPlayersPerTeam}};
  const auto take = [&](const bus::Record& record) -> Result<void> {
    if (auto read = reader.read(record); !read) return read;
    return appender.add(record);
  };
  if (const auto played = night.play(teams * kEntriesPerTeam, take); !played) return played.error();
  if (const auto committed = appender.commit(); !committed) return committed.error();
  for (Team& team : book.teams_)
    std::erase_if(team.puzzles, [&](actors::PuzzleIndex puzzle) { return (*hunt)[puzzle].needs_check_in; });
  if (std::ranges::all_of(book.teams_, [](const Team& team) { return team.puzzles.empty(); }))
    return failure("no team of the hunt \"" + hunt->id + "\" has a puzzle to guess at");
  return book;
}

void GuessBook::guess(std::uint64_t number, Guess& out) const {
  bus::SeededRandom random{seed_ ^ (number * 0x9e3779b97f4a7c15ULL)};
  std::size_t at = random.next() % teams_.size();
  // A team is known by its place, so one without an open puzzle stays where it is and gives its turn to the next.
  while (teams_[at].puzzles.empty()) at = (at + 1) % teams_.size();
  const Team& team = teams_[at];
  std::array<char, 48> place;
  // As long as a page's ids and a common answer are.
  std::snprintf(place.data(), place.size(), "%012llx-guess", static_cast<unsigned long long>(number));
  out.request_id = place.data();
  std::snprintf(place.data(), place.size(), "no luck %08llx", static_cast<unsigned long long>(number));
  out.text = place.data();
  out.command = {};
  out.command.kind = actors::CommandKind::kSubmitAnswer;
  out.command.team = actors::TeamIndex{static_cast<std::uint32_t>(at)};
  out.command.player = player_of(out.command.team, static_cast<std::uint32_t>(random.next() % team.members));
  out.command.puzzle = team.puzzles[random.next() % team.puzzles.size()];
  out.command.district = (*hunt_)[out.command.puzzle].district;
  out.command.request_id = out.request_id;
  out.command.text = out.text;
}

}  // namespace cairn::bench
