#include "actors/messages/standings.hpp"

#include <algorithm>

#include "bus/assert.hpp"

namespace cairn::actors {

Standings::Standings(std::size_t teams_max) {
  order_.reserve(teams_max);
  place_.reserve(teams_max);
  earned_.reserve(teams_max);
  reached_.reserve(teams_max);
  solved_.reserve(teams_max);
}

void Standings::enter(TeamIndex team) {
  CAIRN_ASSERT(index(team) == order_.size() && order_.size() < order_.capacity());
  place_.push_back(static_cast<std::uint32_t>(order_.size()));
  order_.push_back(team);
  earned_.push_back(0);
  reached_.push_back(0);
  solved_.push_back(0);
}

void Standings::earn(TeamIndex team, std::int32_t points, std::uint64_t sequence) {
  correct(team, points, sequence, true);
}

void Standings::correct(TeamIndex team, std::int32_t points, std::uint64_t guess, bool is_solve) {
  earned_[index(team)] += points;
  solved_[index(team)] += is_solve ? 1U : 0U;
  if (points == 0) return;
  std::uint64_t& reached = reached_[index(team)];
  reached = std::max(reached, guess);
  move_up(team);
}

// Past all who have fewer points, or as many and later.
void Standings::move_up(TeamIndex team) {
  const auto is_behind = [this](TeamIndex other, TeamIndex than) {
    const std::int64_t points = earned_[index(other)];
    const std::int64_t more = earned_[index(than)];
    return points < more || (points == more && reached_[index(other)] > reached_[index(than)]);
  };
  std::uint32_t place = place_[index(team)];
  for (; place > 0 && is_behind(order_[place - 1], team); --place) {
    order_[place] = order_[place - 1];
    place_[index(order_[place])] = place;
  }
  order_[place] = team;
  place_[index(team)] = place;
}

void Standings::save(StateWriter& out) const {
  out.put_all(order_);
  out.put_all(earned_);
  out.put_all(reached_);
  out.put_all(solved_);
}

void Standings::load(StateReader& in) {
  std::vector<TeamIndex> order;
  in.get_all(order);
  in.get_all(earned_);
  in.get_all(reached_);
  in.get_all(solved_);
  const std::size_t teams = order.size();
  if (teams > order_.capacity() || earned_.size() != teams || reached_.size() != teams ||
      solved_.size() != teams)
    return in.refuse();
  order_.assign(order.begin(), order.end());
  place_.resize(teams);
  for (std::uint32_t place = 0; place < teams; ++place) {
    if (index(order_[place]) >= teams) return in.refuse();
    place_[index(order_[place])] = place;
  }
}

}  // namespace cairn::actors
