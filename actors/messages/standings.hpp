// The order of the teams: more points earned first, among equals whoever reached them at the earlier sequence number.
// The one rule of ranking, for the scoreboard actor and for every view.
//
// Owner: whoever ranks. Threads: its core's. Bounds: teams_max; allocates when constructed and never again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "actors/messages/ids.hpp"
#include "actors/messages/state_bytes.hpp"

namespace cairn::actors {

class Standings {
 public:
  explicit Standings(std::size_t teams_max);

  // A team enters, last, with no points. Teams enter in the order of their indices.
  void enter(TeamIndex team);
  // A solve earns points. Called in sequence, which is what breaks ties.
  void earn(TeamIndex team, std::int32_t points, std::uint64_t sequence);
  // More points for a guess of long ago, which is a solve only now, or was one: ties are broken as if they had been given
  // then.
  void correct(TeamIndex team, std::int32_t points, std::uint64_t guess, bool is_solve);

  void save(StateWriter& out) const;
  // Instead of every enter() and earn() that led to what was saved.
  void load(StateReader& in);

  [[nodiscard]] std::size_t teams() const { return order_.size(); }
  // 1 is the leader; ties do not share a rank, since the sequence breaks them.
  [[nodiscard]] std::uint32_t rank_of(TeamIndex team) const { return place_[index(team)] + 1; }
  [[nodiscard]] TeamIndex team_at(std::size_t place) const { return order_[place]; }
  [[nodiscard]] std::int64_t earned(TeamIndex team) const { return earned_[index(team)]; }
  [[nodiscard]] std::uint32_t solved(TeamIndex team) const { return solved_[index(team)]; }
  [[nodiscard]] std::int64_t leader_earned() const { return order_.empty() ? 0 : earned(order_.front()); }

 private:
  void move_up(TeamIndex team);

  std::vector<TeamIndex> order_;
  std::vector<std::uint32_t> place_;
  std::vector<std::int64_t> earned_;
  std::vector<std::uint64_t> reached_;  // sequence of the newest guess that earned any of them
  std::vector<std::uint32_t> solved_;
};

}  // namespace cairn::actors
