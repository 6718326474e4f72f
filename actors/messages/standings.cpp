#include "actors/messages/standings.hpp"

#include "bus/assert.hpp"

namespace cairn::actors {

Standings::Standings(std::size_t teams_max) {
  order_.reserve(teams_max);
  place_.reserve(teams_max);
  earned_.reserve(teams_max);
  solved_.reserve(teams_max);
}

void Standings::enter(TeamIndex team) {
  CAIRN_ASSERT(index(team) == order_.size() && order_.size() < order_.capacity());
  place_.push_back(static_cast<std::uint32_t>(order_.size()));
  order_.push_back(team);
  earned_.push_back(0);
  solved_.push_back(0);
}

void Standings::earn(TeamIndex team, std::int32_t points) {
  std::int64_t& earned = earned_[index(team)];
  earned += points;
  ++solved_[index(team)];
  // Whoever already has as many reached them at an earlier sequence and stays in front: no sequence need be kept.
  std::uint32_t place = place_[index(team)];
  for (; place > 0 && earned_[index(order_[place - 1])] < earned; --place) {
    order_[place] = order_[place - 1];
    place_[index(order_[place])] = place;
  }
  order_[place] = team;
  place_[index(team)] = place;
}

void Standings::save(StateWriter& out) const {
  out.put_all(order_);
  out.put_all(earned_);
  out.put_all(solved_);
}

void Standings::load(StateReader& in) {
  std::vector<TeamIndex> order;
  in.get_all(order);
  in.get_all(earned_);
  in.get_all(solved_);
  const std::size_t teams = order.size();
  if (teams > order_.capacity() || earned_.size() != teams || solved_.size() != teams) return in.refuse();
  order_.assign(order.begin(), order.end());
  place_.resize(teams);
  for (std::uint32_t place = 0; place < teams; ++place) {
    if (index(order_[place]) >= teams) return in.refuse();
    place_[index(order_[place])] = place;
  }
}

}  // namespace cairn::actors
