// What every actor of a core may know of the others: the hunt's state, which districts are open, and everybody's name.
// Folded from committed entries, so that nobody acts on what a crash could still undo. The owners of these truths (hunt
// and team actors) keep their own, which are ahead of it by what they have decided and not yet seen committed.
//
// Owner: a Shard, one on each core. Threads: its core's. Bounds: the hunt's teams_max, kMemberSlots players a team.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "actors/messages/entry.hpp"
#include "actors/messages/limits.hpp"
#include "actors/messages/state_bytes.hpp"
#include "bus/lazy_array.hpp"
#include "config/model/hunt.hpp"

namespace cairn::actors {

class World {
 public:
  explicit World(const config::Hunt& hunt)
      : districts_(hunt.districts.size()),
        teams_(hunt.teams_max),
        players_(std::size_t{hunt.teams_max} * kMemberSlots) {}

  void fold(const Entry& entry) {
    switch (entry.kind) {
      case EntryKind::kHuntStateChanged: state_ = entry.state; break;
      case EntryKind::kDistrictOpened:
        districts_[index(entry.district)] = {true, true};
        opened_at_ = entry.sequence;
        break;
      case EntryKind::kDistrictClosed: districts_[index(entry.district)].open = false; break;
      case EntryKind::kTeamCreated:
        teams_[index(entry.team)].set(entry.text);
        players_[index(entry.player)].set(entry.name);
        break;
      case EntryKind::kPlayerJoined: players_[index(entry.player)].set(entry.name); break;
      default: break;
    }
  }

  void save(StateWriter& out) const {
    out.put(state_);
    out.put(opened_at_);
    out.put_all(districts_);
    out.put_touched(teams_);
    out.put_touched(players_);
  }
  void load(StateReader& in) {
    state_ = in.get<HuntState>();
    opened_at_ = in.get<std::uint64_t>();
    const std::size_t districts = districts_.size();
    in.get_all(districts_);
    in.get_touched(teams_);
    in.get_touched(players_);
    if (districts_.size() != districts) in.refuse();
  }

  [[nodiscard]] bool running() const { return state_ == HuntState::kRunning; }
  [[nodiscard]] bool open(DistrictIndex district) const { return districts_[index(district)].open; }
  [[nodiscard]] bool ever_opened(DistrictIndex district) const {
    return districts_[index(district)].ever_opened;
  }
  // Sequence of the last opening.
  [[nodiscard]] std::uint64_t opened_at() const { return opened_at_; }
  [[nodiscard]] std::string_view name(TeamIndex team) const { return teams_[index(team)].view(); }
  [[nodiscard]] std::string_view name(PlayerIndex player) const { return players_[index(player)].view(); }

 private:
  struct District {
    bool open = false;
    bool ever_opened = false;
  };
  struct Name {
    std::uint8_t bytes;
    std::array<char, kNameBytesMax> text;
    void set(std::string_view name) {
      bytes = static_cast<std::uint8_t>(name.size());
      std::memcpy(text.data(), name.data(), name.size());
    }
    [[nodiscard]] std::string_view view() const { return {text.data(), bytes}; }
  };

  HuntState state_ = HuntState::kNotStarted;
  std::uint64_t opened_at_ = 0;
  std::vector<District> districts_;
  bus::LazyArray<Name> teams_;
  bus::LazyArray<Name> players_;
};

}  // namespace cairn::actors
