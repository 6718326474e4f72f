// A gateway's turn: what was put off, then what concerns a few, then a slice of what goes to everybody.
#include <algorithm>

#include "bus/quirks.hpp"
#include "net/gateway/alarm.hpp"
#include "net/gateway/connection.hpp"
#include "net/protocol/reply_encoder.hpp"

namespace cairn::net {
namespace {

constexpr std::size_t kFlushesPerTurn = 256;
constexpr std::uint32_t kDeadlinesPerTurn = 512;
constexpr std::size_t kHunt = 0;

}  // namespace

bool Gateway::on_turn() {
  bool more = run_put_off();
  more = flush_dirty() || more;
  more = broadcast() || more;
  more = sweep_deadlines() || more;
  if (!dying_.empty()) bury();
  return more;
}

// --- one connection ---

// True: everything was written.
bool Gateway::flush(std::uint32_t slot, const NoticeFrame* notice) {
  SendCursor& cursor = cursors_[slot];
  Connection& connection = *connections_[slot];
  switch (send_path_.flush(cursor, notice)) {
    case FlushResult::kDrained: connection.on_drained(); return true;
    case FlushResult::kMore: mark_dirty(slot); break;
    case FlushResult::kBlocked:
      cursor.is_blocked = true;
      connection.on_blocked();
      break;
    case FlushResult::kBroken:
      ++counters_.aborted;
      connection.abort();
      break;
  }
  return false;
}

void Gateway::became_writable(std::uint32_t slot) {
  cursors_[slot].is_blocked = false;
  mark_dirty(slot);
}

// Whether it is beyond its allowance, or what it wants next has left the window. If so it was dealt with.
bool Gateway::fell_behind(std::uint32_t slot) {
  SendCursor& cursor = cursors_[slot];
  bool hunt_is_behind = false;
  for (std::size_t i = 0; i < kPlayerStreams; ++i) {
    if (!cursor.follows(i) || cursor.logs[i] == nullptr) continue;
    const bus::StreamLog& log = *cursor.logs[i];
    const std::uint64_t at = cursor.positions[i];
    const bool is_gone = at < log.begin();
    const bool is_too_much =
        cursor.is_blocked && log.end() - at > (i == kHunt ? kPendingBytesMax : kOwnPendingBytesMax);
    if (!is_gone && !is_too_much) continue;
    if (i == kHunt) {
      hunt_is_behind = true;
      continue;
    }
    ++counters_.too_slow;
    connections_[slot]->close(CloseCode::kTooSlow, "Too far behind. Connect again and resume.");
    return true;
  }
  if (hunt_is_behind) skip_hunt(slot);
  return hunt_is_behind;
}

void Gateway::skip_hunt(std::uint32_t slot) {
  SendCursor& cursor = cursors_[slot];
  Connection& connection = *connections_[slot];
  if (cursor.half_bytes > 0 && cursor.half_stream == kHunt && !send_path_.keep_half_frame(cursor)) {
    ++counters_.aborted;
    return connection.abort();
  }
  ++counters_.declared_skips;
  cursor.following = static_cast<std::uint8_t>(cursor.following & ~(1U << kHunt));
  connection.session()->skip_hunt(cursor.hunt_offset);
}

void Gateway::add_score(std::uint32_t slot) {
  Connection& connection = *connections_[slot];
  if (connection.session() == nullptr || !connection.session()->viewer().is_player()) return;
  const actors::TeamIndex team = connection.session()->viewer().team();
  const std::uint64_t version = context_.view.team(team).score_version;
  const std::uint32_t rank = context_.view.rank(team);
  if (version <= connection.score_version && rank == connection.rank_told) return;
  connection.score_version = version;
  connection.rank_told = rank;
  connection.send(encode_score(context_.view, team, context_.view.sequence(), context_.text));
}

// --- what concerns a few ---

// True: its events are not in the streams yet; it stays in the list.
bool Gateway::flush_one_dirty(std::uint32_t slot) {
  SendCursor& cursor = cursors_[slot];
  cursor.is_dirty = false;
  if (cursor.fd < 0) return false;
  Connection& connection = *connections_[slot];
  for (std::size_t i = 1; i < kPlayerStreams; ++i)
    if (cursor.follows(i) && cursor.logs[i] == nullptr)
      cursor.logs[i] = streams_.find(connection.session()->viewer().stream(i));
  if (cursor.following != 0) add_score(slot);
  if (cursor.is_blocked) {
    fell_behind(slot);
    return false;
  }
  if (fell_behind(slot) && cursor.fd < 0) return false;
  flush(slot, nullptr);
  if (cursor.fd < 0) return false;
  if (cursor.wait_for_published > published_) {
    cursor.is_dirty = true;
    return true;
  }
  if (connection.token_ended_at != 0 && published_ >= connection.token_ended_at)
    connection.close(CloseCode::kBadToken, "This player was recovered on another device.");
  return false;
}

bool Gateway::flush_dirty() {
  const std::size_t count = std::min(dirty_.size(), kFlushesPerTurn);
  std::size_t waiting = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t slot = dirty_[i];
    if (!flush_one_dirty(slot)) continue;
    dirty_.push_back(slot);
    ++waiting;
  }
  dirty_.erase(dirty_.begin(), dirty_.begin() + static_cast<std::ptrdiff_t>(count));
  return dirty_.size() > waiting;
}

// --- what goes to everybody ---

bool Gateway::broadcast_is_due(std::int64_t now) {
  if (hunt_log_ == nullptr) hunt_log_ = streams_.find(actors::kHuntStream);
  const bool has_news = board_is_new_ || (hunt_log_ != nullptr && hunt_log_->end() > swept_end_);
  if (!has_news || cursors_.empty()) return false;
  if (now >= sweep_due_ns_) return true;
  flush_alarm_->set(sweep_due_ns_ - now);
  return false;
}

void Gateway::encode_board() {
  const std::string_view json = encode_leaderboard(context_.view, board_version_, context_.text);
  std::byte head[10];
  const std::size_t head_bytes = write_frame_head(Opcode::kText, json.size(), head);
  board_.clear();
  board_.append({reinterpret_cast<const char*>(head), head_bytes});
  board_.append(json);
  board_frame_ = {board_version_, board_.view()};
  board_is_new_ = false;
  board_is_due_ = true;
}

void Gateway::start_broadcast(std::int64_t now) {
  ++counters_.broadcasts;
  const auto slots = static_cast<std::uint32_t>(cursors_.size());
  // Nobody is always last.
  sweep_first_ = (sweep_first_ + slots / 7 + 1) % slots;
  sweep_next_ = sweep_first_;
  sweep_left_ = slots;
  sweep_started_ns_ = now;
  // The offset first: who sees it sees an end behind its event.
  sweep_offset_ = hunt_log_ == nullptr ? 0 : hunt_log_->last_offset();
  sweep_end_ = hunt_log_ == nullptr ? 0 : hunt_log_->end();
  board_is_due_ = false;
  if (board_is_new_) encode_board();
}

void Gateway::broadcast_to(std::uint32_t slot) {
  SendCursor& cursor = cursors_[slot];
  if (cursor.logs[kHunt] == nullptr && cursor.follows(kHunt)) cursor.logs[kHunt] = hunt_log_;
  if (fell_behind(slot) || cursor.is_blocked) return;
  if (board_is_due_) add_score(slot);
  flush(slot, board_is_due_ ? &board_frame_ : nullptr);
  if (!cursor.follows(kHunt) || cursor.positions[kHunt] < sweep_end_ || cursor.hunt_offset >= sweep_offset_)
    return;
  counters_.hunt_deliveries += sweep_offset_ - cursor.hunt_offset;
  cursor.hunt_offset = sweep_offset_;
}

bool Gateway::broadcast() {
  std::int64_t now = context_.clock.steady_ns();
  if (sweep_left_ == 0) {
    if (!broadcast_is_due(now)) return false;
    start_broadcast(now);
  }
  ++counters_.broadcast_slices;
  const std::int64_t slice_ends_ns = now + kBroadcastSliceNs;
  const auto slots = static_cast<std::uint32_t>(cursors_.size());
  const std::size_t slice = bus::strikes(bus::Quirk::kBroadcastsToOne) ? 1 : kBroadcastSlice;
  for (std::size_t sends = 0; sweep_left_ > 0 && sends < slice;) {
    const std::uint32_t slot = sweep_next_;
    sweep_next_ = sweep_next_ + 1 >= slots ? 0 : sweep_next_ + 1;
    --sweep_left_;
    if (cursors_[slot].fd < 0 || cursors_[slot].following == 0) continue;
    broadcast_to(slot);
    if (++sends % 16 != 0) continue;
    now = context_.clock.steady_ns();
    if (now >= slice_ends_ns) break;
  }
  if (sweep_left_ > 0) return true;
  now = context_.clock.steady_ns();
  const std::int64_t took_ns = now - sweep_started_ns_;
  counters_.broadcast_spread_ns = took_ns;
  counters_.broadcast_spread_ns_max = std::max(counters_.broadcast_spread_ns_max, took_ns);
  swept_end_ = sweep_end_;
  // Later flushes are spaced, so that events coalesce; the first after a quiet while goes at once.
  sweep_due_ns_ = sweep_started_ns_ + std::clamp(took_ns * 4, kFlushSpacingMinNs, kFlushSpacingMaxNs);
  return false;
}

// --- deadlines ---

bool Gateway::sweep_deadlines() {
  const std::int64_t now = context_.clock.steady_ns();
  if (deadline_left_ == 0) {
    if (now < deadline_due_ns_) {
      deadline_alarm_->set(deadline_due_ns_ - now);
      return false;
    }
    deadline_due_ns_ = now + (open_ > 0 ? kSweepEveryNs : kIdleSweepEveryNs);
    deadline_left_ = static_cast<std::uint32_t>(cursors_.size());
    deadline_next_ = 0;
    counters_.out_bytes = sweep_out_bytes_;
    sweep_out_bytes_ = 0;
    if (options_.on_sweep) options_.on_sweep();
  }
  for (std::uint32_t looked = 0; deadline_left_ > 0 && looked < kDeadlinesPerTurn;
       ++looked, --deadline_left_) {
    const std::uint32_t slot = deadline_next_++;
    if (cursors_[slot].fd < 0) continue;
    sweep_out_bytes_ += cursors_[slot].out->pending();
    connections_[slot]->on_deadlines(now);
  }
  return deadline_left_ > 0;
}

}  // namespace cairn::net
