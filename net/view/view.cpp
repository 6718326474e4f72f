#include "net/view/view.hpp"

#include <algorithm>
#include <cstring>

#include "bus/assert.hpp"

namespace cairn::net {
namespace {

using actors::Entry;
using actors::EntryKind;

// The first bytes of a SHA-256: spread already.
std::uint64_t key_of(const actors::Hash& hash) {
  std::uint64_t key = 0;
  std::memcpy(&key, hash.data(), sizeof key);
  return key;
}

std::uint64_t key_of(std::string_view code) {
  std::uint64_t key = 0;
  std::memcpy(&key, code.data(), std::min(code.size(), sizeof key));
  return mix(key);
}

}  // namespace

View::View(std::shared_ptr<const config::Hunt> hunt)
    : hunt_(std::move(hunt)),
      districts_(hunt_->districts.size()),
      solves_(hunt_->puzzles.size()),
      statuses_(std::size_t{hunt_->teams_max} * hunt_->puzzles.size()),
      standings_(hunt_->teams_max),
      team_offsets_(hunt_->teams_max),
      me_offsets_(std::size_t{hunt_->teams_max} * actors::kMemberSlots),
      tokens_(std::size_t{hunt_->teams_max} * actors::kMemberSlots),
      recoveries_(std::size_t{hunt_->teams_max} * actors::kMemberSlots),
      join_codes_(hunt_->teams_max) {
  teams_.reserve(hunt_->teams_max);
}

void View::fold(const Entry& entry) {
  CAIRN_ASSERT(entry.sequence > sequence_);
  sequence_ = entry.sequence;
  last_hunt_ms_ = entry.hunt_ms;
  last_wall_ms_ = entry.wall_ms;
  switch (entry.kind) {
    case EntryKind::kHuntStateChanged: state_ = entry.state; break;
    case EntryKind::kTeamCreated: fold_team_created(entry); break;
    case EntryKind::kPlayerJoined: fold_player(entry); break;
    case EntryKind::kPlayerRecovered: fold_recovery(entry); break;
    case EntryKind::kGuessDecided: fold_guess(entry); break;
    case EntryKind::kRescored: fold_rescore(entry); break;
    case EntryKind::kClueDiscovered: {
      PuzzleStatus& s = status(entry);
      s.clues = std::max(s.clues, static_cast<std::uint16_t>(entry.item + 1));
      break;
    }
    case EntryKind::kHintGranted: {
      PuzzleStatus& s = status(entry);
      s.hints = std::max(s.hints, static_cast<std::uint16_t>(entry.item + 1));
      TeamView& team = teams_[index(entry.team)];
      team.points -= entry.points;
      team.score_version = entry.sequence;
      break;
    }
    case EntryKind::kCheckedIn: status(entry).checked_in = true; break;
    case EntryKind::kPuzzlesUnlocked: fold_unlocks(entry); break;
    case EntryKind::kDistrictOpened: districts_[index(entry.district)] = {true, true}; break;
    case EntryKind::kDistrictClosed: districts_[index(entry.district)].open = false; break;
    case EntryKind::kNone:
    case EntryKind::kAnnounced:
    case EntryKind::kNothingChanged: break;
  }
  count_events(entry);
}

void View::count_events(const Entry& entry) {
  actors::for_each_event(entry, [this](actors::EventRef event) {
    const std::size_t i = event.stream & 0x0fffffffU;
    switch (actors::stream_kind(event.stream)) {
      case actors::StreamKind::kHunt: ++hunt_offset_; break;
      case actors::StreamKind::kTeam: ++team_offsets_[i]; break;
      case actors::StreamKind::kMe: ++me_offsets_[i]; break;
      case actors::StreamKind::kStaff: break;
    }
  });
}

void View::fold_team_created(const Entry& entry) {
  CAIRN_ASSERT(index(entry.team) == teams_.size());
  TeamView& team = teams_.emplace_back();
  team.name = entry.text;
  std::copy_n(entry.join_code.begin(), std::min(entry.join_code.size(), team.join_code.size()),
              team.join_code.begin());
  team.score_version = entry.sequence;
  join_codes_.insert(key_of(entry.join_code), static_cast<std::uint32_t>(entry.team));
  standings_.enter(entry.team);
  fold_player(entry);
}

void View::fold_player(const Entry& entry) {
  TeamView& team = teams_[index(entry.team)];
  const std::size_t slot = index(entry.player) % actors::kMemberSlots;
  if (team.members.size() <= slot) team.members.resize(slot + 1);
  Member& m = team.members[slot];
  m.name = entry.name;
  if (entry.token_hash) {
    m.token_hash = *entry.token_hash;
    tokens_.insert(key_of(m.token_hash), static_cast<std::uint32_t>(entry.player));
  }
  if (entry.recovery_hash) {
    m.recovery_hash = *entry.recovery_hash;
    recoveries_.insert(key_of(m.recovery_hash), static_cast<std::uint32_t>(entry.player));
  }
}

void View::fold_recovery(const Entry& entry) {
  const auto player = static_cast<std::uint32_t>(entry.player);
  Member& m = teams_[index(actors::team_of(entry.player))].members[player % actors::kMemberSlots];
  if (entry.token_hash) {
    tokens_.erase(key_of(m.token_hash), player);
    m.token_hash = *entry.token_hash;
    tokens_.insert(key_of(m.token_hash), player);
  }
  if (entry.recovery_hash && *entry.recovery_hash != m.recovery_hash) {
    recoveries_.erase(key_of(m.recovery_hash), player);
    m.recovery_hash = *entry.recovery_hash;
    recoveries_.insert(key_of(m.recovery_hash), player);
  }
}

void View::fold_guess(const Entry& entry) {
  PuzzleStatus& s = status(entry);
  s.wrong = entry.count;
  s.lockout_until_ms = entry.until_ms;
  if (entry.verdict != actors::Verdict::kCorrect) return;
  s.solved = true;
  s.points = entry.points;
  s.solver_slot = static_cast<std::uint8_t>(index(entry.player) % actors::kMemberSlots);
  TeamView& team = teams_[index(entry.team)];
  team.points += entry.points;
  ++team.solved;
  team.score_version = entry.sequence;
  ++solves_[index(entry.puzzle)];
  standings_.earn(entry.team, entry.points, entry.sequence);
}

void View::fold_rescore(const Entry& entry) {
  const bool is_solve = entry.verdict == actors::Verdict::kCorrect;
  PuzzleStatus& s = status(entry);
  s.points += entry.points;
  TeamView& team = teams_[index(entry.team)];
  team.points += entry.points;
  team.score_version = entry.sequence;
  standings_.correct(entry.team, entry.points, entry.cause, is_solve);
  if (!is_solve) return;
  s.solved = true;
  s.solver_slot = static_cast<std::uint8_t>(index(entry.player) % actors::kMemberSlots);
  ++team.solved;
  ++solves_[index(entry.puzzle)];
}

void View::fold_unlocks(const Entry& entry) {
  for (std::size_t i = 0; i < entry.unlocked.count; ++i)
    statuses_[index(entry.team) * hunt_->puzzles.size() + index(entry.unlocked[i])].unlocked = true;
}

void View::save(actors::StateWriter& out) const {
  out.put(sequence_);
  out.put(state_);
  out.put(last_hunt_ms_);
  out.put(last_wall_ms_);
  out.put_all(districts_);
  out.put(static_cast<std::uint32_t>(teams_.size()));
  for (const TeamView& team : teams_) {
    out.put_text(team.name);
    out.put(team.join_code);
    out.put(team.points);
    out.put(team.solved);
    out.put(team.score_version);
    out.put(static_cast<std::uint32_t>(team.members.size()));
    for (const Member& m : team.members) {
      out.put_text(m.name);
      out.put(m.token_hash);
      out.put(m.recovery_hash);
    }
  }
  out.put_all(solves_);
  out.put_touched(statuses_);
  standings_.save(out);
  out.put(hunt_offset_);
  out.put_touched(team_offsets_);
  out.put_touched(me_offsets_);
}

void View::load(actors::StateReader& in) {
  sequence_ = in.get<std::uint64_t>();
  state_ = in.get<actors::HuntState>();
  last_hunt_ms_ = in.get<std::int64_t>();
  last_wall_ms_ = in.get<std::int64_t>();
  in.get_all(districts_);
  const auto teams = in.get<std::uint32_t>();
  if (teams > hunt_->teams_max) return in.refuse();
  for (std::uint32_t t = 0; t < teams && in.ok(); ++t) {
    TeamView& team = teams_.emplace_back();
    team.name = in.get_text();
    team.join_code = in.get<decltype(team.join_code)>();
    team.points = in.get<std::int64_t>();
    team.solved = in.get<std::uint32_t>();
    team.score_version = in.get<std::uint64_t>();
    const auto members = in.get<std::uint32_t>();
    if (members > actors::kMemberSlots) return in.refuse();
    team.members.resize(members);
    for (std::uint32_t slot = 0; slot < members; ++slot) {
      Member& m = team.members[slot];
      m.name = in.get_text();
      m.token_hash = in.get<actors::Hash>();
      m.recovery_hash = in.get<actors::Hash>();
      index_member(static_cast<std::uint32_t>(actors::player_of(actors::TeamIndex{t}, slot)), m);
    }
    join_codes_.insert(key_of({team.join_code.data(), team.join_code.size()}), t);
  }
  in.get_all(solves_);
  in.get_touched(statuses_);
  standings_.load(in);
  hunt_offset_ = in.get<std::uint64_t>();
  in.get_touched(team_offsets_);
  in.get_touched(me_offsets_);
  if (districts_.size() != hunt_->districts.size() || solves_.size() != hunt_->puzzles.size()) in.refuse();
}

// A hash that nobody was given finds nobody.
void View::index_member(std::uint32_t player, const Member& member) {
  if (member.token_hash != actors::Hash{}) tokens_.insert(key_of(member.token_hash), player);
  if (member.recovery_hash != actors::Hash{}) recoveries_.insert(key_of(member.recovery_hash), player);
}

void View::note(const actors::Notice& notice) {
  if (notice.kind != actors::NoticeKind::kLeaderboard) return;
  if (notice.frozen && !frozen_) frozen_count_ = rank_rows(frozen_rows_);
  frozen_ = notice.frozen;
}

std::size_t View::districts_open() const {
  return static_cast<std::size_t>(
      std::count_if(districts_.begin(), districts_.end(), [](auto& d) { return d.open; }));
}

const Member* View::member(actors::PlayerIndex player) const {
  const std::size_t team = index(actors::team_of(player));
  const std::size_t slot = index(player) % actors::kMemberSlots;
  if (team >= teams_.size() || slot >= teams_[team].members.size()) return nullptr;
  const Member& m = teams_[team].members[slot];
  return m.name.empty() ? nullptr : &m;
}

std::uint64_t View::last_offset(actors::StreamId stream) const {
  const std::size_t i = stream & 0x0fffffffU;
  switch (actors::stream_kind(stream)) {
    case actors::StreamKind::kHunt: return hunt_offset_;
    case actors::StreamKind::kTeam: return team_offsets_[i];
    case actors::StreamKind::kMe: return me_offsets_[i];
    case actors::StreamKind::kStaff: break;
  }
  return 0;
}

std::optional<actors::PlayerIndex> View::find_token(const actors::Hash& hash) const {
  const auto found = tokens_.find(key_of(hash), [&](std::uint32_t player) {
    return member(actors::PlayerIndex{player})->token_hash == hash;
  });
  return found ? std::optional(actors::PlayerIndex{*found}) : std::nullopt;
}

std::optional<actors::PlayerIndex> View::find_recovery(const actors::Hash& hash) const {
  const auto found = recoveries_.find(key_of(hash), [&](std::uint32_t player) {
    return member(actors::PlayerIndex{player})->recovery_hash == hash;
  });
  return found ? std::optional(actors::PlayerIndex{*found}) : std::nullopt;
}

std::optional<actors::TeamIndex> View::find_join_code(std::string_view code) const {
  if (code.size() != actors::kJoinCodeBytes) return std::nullopt;
  const auto found = join_codes_.find(key_of(code), [&](std::uint32_t t) {
    return std::string_view(teams_[t].join_code.data(), teams_[t].join_code.size()) == code;
  });
  return found ? std::optional(actors::TeamIndex{*found}) : std::nullopt;
}

std::int64_t View::hunt_ms(std::int64_t now_wall_ms) const {
  if (state_ != actors::HuntState::kRunning) return last_hunt_ms_;
  return last_hunt_ms_ + std::max<std::int64_t>(0, now_wall_ms - last_wall_ms_);
}

std::int64_t View::wall_of_hunt_ms(std::int64_t at_hunt_ms, std::int64_t now_wall_ms) const {
  return now_wall_ms + (at_hunt_ms - hunt_ms(now_wall_ms));
}

std::size_t View::rank_rows(std::array<LeaderboardRow, kLeaderboardRows>& out) const {
  const std::size_t count = std::min(standings_.teams(), out.size());
  for (std::size_t i = 0; i < count; ++i) {
    const actors::TeamIndex t = standings_.team_at(i);
    out[i] = {t, standings_.earned(t), teams_[index(t)].solved};
  }
  return count;
}

std::size_t View::leaderboard(std::array<LeaderboardRow, kLeaderboardRows>& out) const {
  if (!frozen_) return rank_rows(out);
  out = frozen_rows_;
  return frozen_count_;
}

}  // namespace cairn::net
