#include "tools/crowd/director.hpp"

#include <algorithm>

#include "tools/crowd/steady_time.hpp"

namespace cairn::crowd {

ActRates act_rates(const LoadOptions& options) {
  const double scale = static_cast<double>(options.players) / 6000.0;
  const auto or_scaled = [scale](double wanted, double usual) { return wanted < 0 ? usual * scale : wanted; };
  const bool has_key = !options.answer_key_path.empty();
  const double guesses = or_scaled(options.guesses_per_second, 350);
  // Without an answer key nobody is ever right.
  const double solves = has_key ? std::min(or_scaled(options.solves_per_second, 24), guesses) : 0;
  const double reconnects = or_scaled(options.reconnects_per_second, 4);
  const double partials = has_key ? (guesses - solves) * 0.06 : 0;
  ActRates rates{};
  const auto set = [&rates](Act act, double rate) { rates[static_cast<std::size_t>(act)] = rate; };
  set(Act::wrong_guess, guesses - solves - partials);
  set(Act::partial_guess, partials);
  set(Act::solve, solves);
  set(Act::hint, has_key ? 3 * scale : 0);
  set(Act::clue, has_key ? 4 * scale : 0);
  set(Act::check_in, has_key ? 2 * scale : 0);
  set(Act::ping, 10 * scale);
  set(Act::look, 5 * scale);
  set(Act::reconnect, reconnects * 2 / 3);
  set(Act::reconnect_asking, reconnects / 3);
  return rates;
}

void Director::start(std::uint64_t start_ns) {
  start_ns_ = start_ns;
  schedule_ = std::make_unique<Schedule>(scene_.options.seed, act_rates(scene_.options));
}

std::uint64_t Director::next_ns() const {
  return schedule_ ? start_ns_ + schedule_->next().at_ns : UINT64_MAX;
}

void Director::run_due(std::uint64_t now_ns) {
  while (schedule_ && next_ns() <= now_ns) {
    const Intent intent = schedule_->next();
    const std::uint64_t intended_ns = next_ns();
    schedule_->advance();
    perform(intent, intended_ns);
  }
}

Player* Director::free_member(const Team& team, std::uint64_t chance) {
  for (std::size_t step = 0; step < team.members.size(); ++step) {
    Player& player = *players_[team.members[(chance + step) % team.members.size()]];
    if (player.can_ask()) return &player;
  }
  return nullptr;
}

Player* Director::somebody(Random& chance) {
  for (std::size_t attempt = 0; attempt < kTeamsTried; ++attempt) {
    Player& player = *players_[chance.below(players_.size())];
    if (player.can_ask()) return &player;
  }
  return nullptr;
}

void Director::perform(const Intent& intent, std::uint64_t intended_ns) {
  Random chance(intent.chance);
  switch (intent.act) {
    case Act::reconnect:
    case Act::reconnect_asking: return reconnect(chance, intent.act == Act::reconnect_asking, intended_ns);
    case Act::look: return look(chance, intended_ns);
    case Act::ping:
      if (Player* const player = somebody(chance)) return player->ping(intended_ns);
      break;
    default: {
      const std::size_t teams = scene_.teams.size();
      const std::size_t tried = intent.act == Act::solve ? teams : std::min(teams, kTeamsTried);
      const std::uint64_t first = chance.below(teams);
      for (std::size_t step = 0; step < tried; ++step) {
        const auto team = static_cast<std::uint32_t>((first + step) % teams);
        if (with_team(team, intent.act, chance, intended_ns)) return;
      }
    }
  }
  ++scene_.tally.unplaced;
}

bool Director::with_team(std::uint32_t team_index, Act act, Random& chance, std::uint64_t intended_ns) {
  Team& team = scene_.teams[team_index];
  if (team.open_count() == 0) return false;
  Player* const player = free_member(team, chance.next());
  if (player == nullptr) return false;
  if (act == Act::solve) return solve(team, *player, chance, intended_ns);
  PuzzleIndex puzzle = Team::kNone;
  switch (act) {
    case Act::hint: puzzle = team.pick_hint(chance, scene_.book); break;
    case Act::clue: puzzle = team.pick_clue(chance, scene_.book); break;
    case Act::check_in: puzzle = team.pick_check_in(chance, scene_.book); break;
    default: puzzle = team.pick_guess(chance, now_ns(), scene_.book); break;
  }
  if (puzzle == Team::kNone) return false;
  switch (act) {
    case Act::hint: player->ask_hint(puzzle, intended_ns); break;
    case Act::clue: player->find_clue(puzzle, intended_ns); break;
    case Act::check_in: player->check_in(puzzle, false, intended_ns); break;
    case Act::partial_guess: player->guess_partial(puzzle, intended_ns); break;
    default: player->guess_wrong(puzzle, intended_ns); break;
  }
  return true;
}

bool Director::solve(Team& team, Player& player, Random& chance, std::uint64_t intended_ns) {
  const PuzzleIndex puzzle = team.pick_solve(chance, now_ns(), scene_.book);
  if (puzzle == Team::kNone) return false;
  const bool walks_first = scene_.book.at(puzzle).needs_check_in && !team.progress(puzzle).checked_in;
  if (walks_first) {
    player.check_in(puzzle, true, intended_ns);
  } else {
    player.guess_right(puzzle, intended_ns);
  }
  return true;
}

void Director::look(Random& chance, std::uint64_t intended_ns) {
  // Of a few teams the one with the least left to try looks again.
  constexpr int kCompared = 4;
  Player* chosen = nullptr;
  std::size_t fewest = SIZE_MAX;
  for (int step = 0; step < kCompared; ++step) {
    const Team& team = scene_.teams[chance.below(scene_.teams.size())];
    Player* const player = free_member(team, chance.next());
    if (player == nullptr || team.open_count() >= fewest) continue;
    chosen = player;
    fewest = team.open_count();
  }
  if (chosen != nullptr) return chosen->look(Ask::look, intended_ns);
  ++scene_.tally.unplaced;
}

void Director::reconnect(Random& chance, bool asking, std::uint64_t intended_ns) {
  Player* const player = somebody(chance);
  if (player == nullptr) {
    ++scene_.tally.unplaced;
    return;
  }
  Team& team = scene_.teams[player->team()];
  const PuzzleIndex puzzle = asking ? team.pick_guess(chance, now_ns(), scene_.book) : Team::kNone;
  // The guess goes out and the socket dies before its reply can be read; whether it arrived, nobody knows.
  if (puzzle != Team::kNone) player->guess_wrong(puzzle, intended_ns);
  player->drop((100 + chance.below(1500)) * kNsPerMs, true);
}

}  // namespace cairn::crowd
