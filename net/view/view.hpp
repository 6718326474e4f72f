// What everybody may be told: one core's projection of the journal, folded from committed entries in sequence
// and from nothing else. Ranks, get_state, snapshots and who a token belongs to are read here.
//
// Owner: a core's gateway. Threads: its loop's. Bounds: hunt.teams_max teams of kMemberSlots players; memory
// is taken as it is touched. Folding allocates only when a team or player is made.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/messages/entry.hpp"
#include "actors/messages/event.hpp"
#include "actors/messages/notice.hpp"
#include "actors/messages/standings.hpp"
#include "actors/messages/state_bytes.hpp"
#include "bus/lazy_array.hpp"
#include "config/model/hunt.hpp"
#include "net/limits.hpp"
#include "net/view/index_table.hpp"

namespace cairn::net {

struct Member {
  std::string name;  // empty: nobody has this slot
  actors::Hash token_hash{};
  actors::Hash recovery_hash{};
};

struct TeamView {
  std::string name;
  std::array<char, actors::kJoinCodeBytes> join_code{};
  std::vector<Member> members;  // by slot; slot 0 is the captain
  std::int64_t points = 0;      // to spend
  std::uint32_t solved = 0;
  std::uint64_t score_version = 0;  // sequence of the last entry that changed the score
};

// What one team has of one puzzle.
struct PuzzleStatus {
  std::int64_t lockout_until_ms = 0;  // hunt time
  std::int32_t points = 0;            // awarded
  std::uint32_t wrong = 0;
  std::uint16_t clues = 0;  // discovered: those before this
  std::uint16_t hints = 0;  // granted: those before this
  std::uint8_t solver_slot = 0;
  bool unlocked = false;
  bool solved = false;
  bool checked_in = false;
};
static_assert(sizeof(PuzzleStatus) <= 32);

struct DistrictView {
  bool open = false;
  bool ever_opened = false;
};

struct LeaderboardRow {
  actors::TeamIndex team{};
  std::int64_t points = 0;
  std::uint32_t solved = 0;
};

class View {
 public:
  explicit View(std::shared_ptr<const config::Hunt> hunt);

  void fold(const actors::Entry& entry);
  // All that was folded; whether the board is frozen is told anew after a restart.
  void save(actors::StateWriter& out) const;
  void load(actors::StateReader& in);
  // While the board is frozen its rows stay what they were.
  void note(const actors::Notice& notice);

  [[nodiscard]] const config::Hunt& hunt() const { return *hunt_; }
  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }
  [[nodiscard]] actors::HuntState state() const { return state_; }
  [[nodiscard]] const DistrictView& district(actors::DistrictIndex d) const { return districts_[index(d)]; }
  [[nodiscard]] std::size_t districts_open() const;
  [[nodiscard]] std::size_t team_count() const { return teams_.size(); }
  [[nodiscard]] const TeamView& team(actors::TeamIndex t) const { return teams_[index(t)]; }
  [[nodiscard]] const Member* member(actors::PlayerIndex player) const;
  [[nodiscard]] const PuzzleStatus& status(actors::TeamIndex t, actors::PuzzleIndex p) const {
    return statuses_[index(t) * hunt_->puzzles.size() + index(p)];
  }
  [[nodiscard]] std::uint32_t solves(actors::PuzzleIndex p) const { return solves_[index(p)]; }
  [[nodiscard]] std::uint32_t rank(actors::TeamIndex t) const { return standings_.rank_of(t); }
  [[nodiscard]] std::int64_t earned(actors::TeamIndex t) const { return standings_.earned(t); }
  [[nodiscard]] std::uint64_t last_offset(actors::StreamId stream) const;

  [[nodiscard]] std::optional<actors::PlayerIndex> find_token(const actors::Hash& hash) const;
  [[nodiscard]] std::optional<actors::PlayerIndex> find_recovery(const actors::Hash& hash) const;
  [[nodiscard]] std::optional<actors::TeamIndex> find_join_code(std::string_view code) const;

  // Hunt time as the wall clock will show it, as far as can be known now.
  [[nodiscard]] std::int64_t wall_of_hunt_ms(std::int64_t hunt_ms, std::int64_t now_wall_ms) const;
  [[nodiscard]] std::int64_t hunt_ms(std::int64_t now_wall_ms) const;
  // Of the last entry; 0 before the first.
  [[nodiscard]] std::int64_t last_wall_ms() const { return last_wall_ms_; }

  [[nodiscard]] bool frozen() const { return frozen_; }
  // The top kLeaderboardRows, as they are (or were when the board froze).
  [[nodiscard]] std::size_t leaderboard(std::array<LeaderboardRow, kLeaderboardRows>& out) const;

  // Calls f(StreamId, last offset) for every stream that ever had an event.
  template <class F>
  void for_each_stream(F&& f) const {
    if (hunt_offset_ != 0) f(actors::kHuntStream, hunt_offset_);
    for (std::size_t t = 0; t < teams_.size(); ++t)
      if (team_offsets_[t] != 0) f(actors::stream_id(actors::StreamKind::kTeam, t), team_offsets_[t]);
    for (std::size_t p = 0; p < teams_.size() * actors::kMemberSlots; ++p)
      if (me_offsets_[p] != 0) f(actors::stream_id(actors::StreamKind::kMe, p), me_offsets_[p]);
  }

 private:
  void index_member(std::uint32_t player, const Member& member);
  void fold_team_created(const actors::Entry& entry);
  void fold_player(const actors::Entry& entry);
  void fold_recovery(const actors::Entry& entry);
  void fold_guess(const actors::Entry& entry);
  void fold_rescore(const actors::Entry& entry);
  void fold_unlocks(const actors::Entry& entry);
  void count_events(const actors::Entry& entry);
  [[nodiscard]] std::size_t rank_rows(std::array<LeaderboardRow, kLeaderboardRows>& out) const;
  PuzzleStatus& status(const actors::Entry& entry) {
    return statuses_[index(entry.team) * hunt_->puzzles.size() + index(entry.puzzle)];
  }

  std::shared_ptr<const config::Hunt> hunt_;
  std::uint64_t sequence_ = 0;
  actors::HuntState state_ = actors::HuntState::kNotStarted;
  std::int64_t last_hunt_ms_ = 0;
  std::int64_t last_wall_ms_ = 0;
  bool frozen_ = false;
  std::size_t frozen_count_ = 0;
  std::array<LeaderboardRow, kLeaderboardRows> frozen_rows_{};
  std::vector<DistrictView> districts_;
  std::vector<TeamView> teams_;
  std::vector<std::uint32_t> solves_;
  bus::LazyArray<PuzzleStatus> statuses_;
  actors::Standings standings_;
  std::uint64_t hunt_offset_ = 0;
  bus::LazyArray<std::uint64_t> team_offsets_;
  bus::LazyArray<std::uint64_t> me_offsets_;
  IndexTable tokens_;
  IndexTable recoveries_;
  IndexTable join_codes_;
};

}  // namespace cairn::net
