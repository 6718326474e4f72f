#include "tools/crowd/profiles.hpp"

#include <algorithm>

#include "tools/crowd/steady_time.hpp"

namespace cairn::crowd {

void Profiles::assign_manners() {
  const auto share = [this](double percent) {
    return static_cast<std::size_t>(percent / 100.0 * static_cast<double>(players_.size()));
  };
  const std::size_t slow = share(scene_.options.slow_percent);
  const std::size_t dead = share(scene_.options.dead_percent);
  // From the last ones on, so that whole teams hang and the others play undisturbed.
  for (std::size_t at = 0; at < players_.size(); ++at) {
    Player& player = *players_[players_.size() - 1 - at];
    if (at < dead) {
      player.set_manner(Player::Manner::dead);
    } else if (at < dead + slow) {
      player.set_manner(Player::Manner::slow);
    }
  }
  if (scene_.options.profile != Profile::storm) return;
  for (std::size_t at = 0; at < players_.size(); ++at) {
    if (at % kStormShare != 0) players_[at]->set_measured(false);
  }
}

void Profiles::start(std::uint64_t start_ns, std::uint64_t end_ns) {
  const std::uint64_t middle_ns = start_ns + (end_ns - start_ns) / 2;
  switch (scene_.options.profile) {
    case Profile::steady: return;
    case Profile::openings: return plan_openings(start_ns, end_ns);
    case Profile::rush: return scene_.timers.at(middle_ns, [this, middle_ns] { rush(middle_ns); });
    case Profile::storm: return scene_.timers.at(middle_ns, [this] { storm(); });
  }
}

void Profiles::plan_openings(std::uint64_t start_ns, std::uint64_t end_ns) {
  constexpr std::uint64_t kPeriodNs = 15 * kNsPerSecond;
  constexpr std::uint64_t kCloseBeforeNs = 4 * kNsPerSecond;
  constexpr std::uint64_t kRoomAtEndNs = 3 * kNsPerSecond;
  const std::uint64_t middle_ns = start_ns + (end_ns - start_ns) / 2;
  // The middle one always happens, so that a short run has one too; every burst opens what it needs closed
  // first.
  for (std::uint64_t burst_ns = middle_ns; burst_ns == middle_ns || burst_ns + kRoomAtEndNs <= end_ns;
       burst_ns += kPeriodNs) {
    const std::uint64_t close_ns = std::max(start_ns, burst_ns - std::min(burst_ns, kCloseBeforeNs));
    scene_.timers.at(close_ns, [this] { close_for_burst(); });
    scene_.timers.at(burst_ns, [this, burst_ns] { open_burst(burst_ns); });
  }
}

std::vector<std::string> Profiles::districts(bool open) const {
  std::vector<std::string> ids;
  for (const auto& [id, district] : scene_.districts) {
    if (district.open == open) ids.push_back(id);
  }
  return ids;
}

void Profiles::close_for_burst() {
  if (!scene_.playing) return;
  const std::size_t closed = districts(false).size();
  const std::size_t wanted = kOpeningsInBurst > closed ? kOpeningsInBurst - closed : 0;
  const std::vector<std::string> open = districts(true);
  for (std::size_t at = 0; at < std::min(wanted, open.size()); ++at) operators_->close_district(open[at]);
}

void Profiles::open_burst(std::uint64_t intended_ns) {
  const std::vector<std::string> closed = districts(false);
  const std::size_t count = std::min(kOpeningsInBurst, closed.size());
  for (std::size_t at = 0; at < count; ++at) {
    const std::uint64_t at_ns = intended_ns + at * kNsPerSecond / kOpeningsInBurst;
    ++openings_asked_;
    // What was closed is opened again even when play has ended meanwhile: the hunt is left as it was found.
    scene_.timers.at(at_ns, [this, id = closed[at], at_ns] { operators_->open_district(id, at_ns); });
  }
}

PuzzleIndex Profiles::most_open_puzzle() const {
  PuzzleIndex best = Team::kNone;
  std::size_t most = 0;
  for (std::size_t at = 0; at < scene_.book.count(); ++at) {
    const auto puzzle = static_cast<PuzzleIndex>(at);
    const PuzzleSolution& solution = scene_.book.at(puzzle);
    if (solution.answers.empty() || solution.needs_check_in) continue;
    const auto open = static_cast<std::size_t>(std::count_if(
        scene_.teams.begin(), scene_.teams.end(), [&](const Team& team) { return team.is_open(puzzle); }));
    if (open <= most) continue;
    best = puzzle;
    most = open;
  }
  return best;
}

void Profiles::rush(std::uint64_t intended_ns) {
  const PuzzleIndex puzzle = most_open_puzzle();
  if (puzzle == Team::kNone) return;
  for (int round = 0; round < 2; ++round) {
    for (const auto& player : players_) {
      if (rush_triggers_ >= scene_.options.rush_triggers) return;
      if (!player->can_ask()) continue;
      player->guess_right(puzzle, intended_ns);
      ++rush_triggers_;
    }
  }
}

void Profiles::storm() {
  constexpr std::uint64_t kAwayMsMax = 2000;
  for (std::size_t at = 0; at < players_.size(); ++at) {
    Player& player = *players_[at];
    if (at % kStormShare == 0 || player.phase() != Player::Phase::playing) continue;
    player.drop((50 + scene_.chance.below(kAwayMsMax)) * kNsPerMs, false);
  }
}

}  // namespace cairn::crowd
