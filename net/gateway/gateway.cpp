// A gateway's connections: who is here, who belongs to whom, and what comes in from the journal for them.
#include "net/gateway/gateway.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "bus/assert.hpp"
#include "net/gateway/alarm.hpp"
#include "net/gateway/connection.hpp"
#include "net/protocol/reply_encoder.hpp"

namespace cairn::net {

// Beyond connections_max this many more are told so; further ones are dropped at once.
constexpr std::size_t kRefusalsAtOnce = 64;

Gateway::Gateway(GatewayOptions options, boost::asio::io_context& io,
                 std::shared_ptr<const config::Hunt> hunt, const bus::StreamSet& streams,
                 actors::CommandPort& commands, const bus::Clock& clock, bus::RandomSource& random,
                 const StaticFiles& files)
    : options_(std::move(options)),
      io_(io),
      streams_(streams),
      context_(std::move(hunt), *this, commands, clock, random, options_.data_id, options_.secret),
      player_app_(context_, files),
      slot_of_player_(std::size_t{context_.hunt->teams_max} * actors::kMemberSlots),
      first_of_team_(context_.hunt->teams_max),
      flush_alarm_(std::make_unique<Alarm>(io, handler_misses_, options_.has_alarms)),
      deadline_alarm_(std::make_unique<Alarm>(io, handler_misses_, options_.has_alarms)) {
  const std::size_t slots = options_.connections_max + kRefusalsAtOnce;
  cursors_.reserve(slots);
  connections_.reserve(slots);
  free_slots_.reserve(slots);
  dying_.reserve(slots);
  dirty_.reserve(slots * 2);
  put_off_.reserve(slots * 2);
  apps_.fill(&player_app_);
  board_.grow(kBoardBytesUsual, 0);
  // Both stand in the reactor's heap of timers at once now, so that it has grown before the loop begins.
  flush_alarm_->set(0);
  deadline_alarm_->set(0);
}

Gateway::~Gateway() {
  for (const auto& connection : connections_)
    if (connection != nullptr) connection->abort();
  flush_alarm_->cancel();
  deadline_alarm_->cancel();
  while (!dying_.empty() || flush_alarm_->is_set() || deadline_alarm_->is_set()) {
    io_.restart();
    io_.poll();
    bury();
  }
}

// --- connections come and go ---

void Gateway::adopt(int fd, Audience audience, AddressKey address) {
  const bool is_full = open_ >= options_.connections_max;
  if (open_ + dying_.size() >= options_.connections_max + kRefusalsAtOnce) {
    ++counters_.refused_full;
    ::close(fd);
    return;
  }
  std::uint32_t slot = 0;
  if (free_slots_.empty()) {
    slot = static_cast<std::uint32_t>(cursors_.size());
    cursors_.emplace_back();
    connections_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  if (options_.socket_send_bytes > 0)
    ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &options_.socket_send_bytes, sizeof options_.socket_send_bytes);
  connections_[slot] = std::make_unique<Connection>(*this, slot, next_generation_++, fd, audience, address);
  cursors_[slot] = SendCursor{};
  cursors_[slot].fd = fd;
  cursors_[slot].out = &connections_[slot]->out();
  ++open_;
  ++counters_.accepted;
  if (is_full) {
    ++counters_.refused_full;
    connections_[slot]->refuse();
  } else {
    connections_[slot]->start();
  }
}

void Gateway::stopped(std::uint32_t slot) {
  cursors_[slot].following = 0;
  leave_team(slot);
}

void Gateway::ended(std::uint32_t slot) {
  stopped(slot);
  if (connections_[slot]->session() != nullptr) --counters_.sockets;
  cursors_[slot].fd = -1;
  --open_;
  dying_.push_back(std::move(connections_[slot]));
}

// A slot is used again only when no handler of its last connection is left.
void Gateway::bury() {
  for (std::size_t i = 0; i < dying_.size();) {
    if (dying_[i]->has_handlers()) {
      ++i;
      continue;
    }
    free_slots_.push_back(dying_[i]->slot());
    dying_[i] = std::move(dying_.back());
    dying_.pop_back();
  }
}

void Gateway::logged_in(std::uint32_t slot, actors::PlayerIndex player) {
  std::uint32_t& here = slot_of_player_[index(player)];
  if (here != 0)
    connections_[here - 1]->close(CloseCode::kReplaced, "A newer connection of this player took over.");
  here = slot + 1;
  join_team(slot, actors::team_of(player));
  Connection& connection = *connections_[slot];
  // The core's number breaks the tie of two logins in the same moment.
  const auto now = static_cast<std::uint64_t>(context_.clock.steady_ns());
  connection.login_stamp = (now & ~std::uint64_t{63}) | (options_.core & 63U);
  connection.score_version = context_.view.team(actors::team_of(player)).score_version;
  connection.rank_told = context_.view.rank(actors::team_of(player));
  ++counters_.players;
  context_.commands.announce_replacement(player, connection.login_stamp);
}

void Gateway::on_replaced(actors::PlayerIndex player, std::uint64_t generation) {
  const std::uint32_t here = slot_of_player_[index(player)];
  if (here == 0 || connections_[here - 1]->login_stamp >= generation) return;
  connections_[here - 1]->close(CloseCode::kReplaced, "A newer connection of this player took over.");
}

void Gateway::join_team(std::uint32_t slot, actors::TeamIndex team) {
  Connection& connection = *connections_[slot];
  std::uint32_t& first = first_of_team_[index(team)];
  connection.next_in_team = first;
  connection.prev_in_team = 0;
  if (first != 0) connections_[first - 1]->prev_in_team = slot + 1;
  first = slot + 1;
  connection.is_in_team = true;
}

void Gateway::leave_team(std::uint32_t slot) {
  Connection& connection = *connections_[slot];
  if (!connection.is_in_team) return;
  connection.is_in_team = false;
  const Viewer& viewer = connection.session()->viewer();
  std::uint32_t& here = slot_of_player_[index(viewer.player)];
  if (here == slot + 1) here = 0;
  --counters_.players;
  if (connection.next_in_team != 0)
    connections_[connection.next_in_team - 1]->prev_in_team = connection.prev_in_team;
  if (connection.prev_in_team != 0) {
    connections_[connection.prev_in_team - 1]->next_in_team = connection.next_in_team;
  } else {
    first_of_team_[index(viewer.team())] = connection.next_in_team;
  }
}

// --- what comes from the journal ---

void Gateway::on_entry(const actors::Entry& entry) {
  context_.view.fold(entry);
  if (open_ == 0) return;
  actors::for_each_event(entry, [&](actors::EventRef event) {
    const std::uint32_t i = event.stream & 0x0fffffffU;
    if (actors::stream_kind(event.stream) == actors::StreamKind::kTeam)
      touch_team(actors::TeamIndex{i}, entry.sequence);
    if (actors::stream_kind(event.stream) == actors::StreamKind::kMe && slot_of_player_[i] != 0)
      touch(slot_of_player_[i] - 1, entry.sequence);
  });
  if (entry.kind == actors::EntryKind::kPlayerRecovered && slot_of_player_[index(entry.player)] != 0)
    connections_[slot_of_player_[index(entry.player)] - 1]->token_ended_at = entry.sequence;
}

void Gateway::touch(std::uint32_t slot, std::uint64_t sequence) {
  cursors_[slot].wait_for_published = sequence;
  mark_dirty(slot);
}

void Gateway::touch_team(actors::TeamIndex team, std::uint64_t sequence) {
  for (std::uint32_t next = first_of_team_[index(team)]; next != 0;
       next = connections_[next - 1]->next_in_team)
    touch(next - 1, sequence);
}

void Gateway::on_reply(const actors::SessionRef& session, std::string_view request_id,
                       const actors::Reply& reply) {
  if (session.slot >= connections_.size() || connections_[session.slot] == nullptr) return;
  if (connections_[session.slot]->generation() != session.generation) return;
  connections_[session.slot]->on_reply(request_id, reply);
}

void Gateway::on_notice(const actors::Notice& notice) {
  context_.view.note(notice);
  if (notice.kind != actors::NoticeKind::kLeaderboard || notice.version <= board_version_) return;
  board_version_ = notice.version;
  board_is_new_ = true;
}

// --- streams ---

std::uint64_t Gateway::last_offset(actors::StreamId stream) const {
  const bus::StreamLog* log = streams_.find(stream);
  return log == nullptr ? 0 : log->last_offset();
}

bool Gateway::can_follow(actors::StreamId stream, std::uint64_t offset) const {
  const bus::StreamLog* log = streams_.find(stream);
  return log == nullptr ? offset == 0 : log->position_after(offset).has_value();
}

void Gateway::follow(std::uint32_t slot, const Following& following) {
  SendCursor& cursor = cursors_[slot];
  for (std::size_t i = 0; i < following.count; ++i) {
    const bus::StreamLog* log = streams_.find(following.streams[i]);
    const auto position =
        log == nullptr ? std::optional<std::uint64_t>(0) : log->position_after(following.after[i]);
    // It was there a moment ago in this turn; if the window has just passed it, the next flush finds out.
    cursor.logs[i] = log;
    cursor.positions[i] = position.value_or(0);
    cursor.following = static_cast<std::uint8_t>(cursor.following | 1U << i);
  }
  if (following.count > 0) cursor.hunt_offset = following.after[0];
  mark_dirty(slot);
}

// --- work lists ---

void Gateway::mark_dirty(std::uint32_t slot) {
  SendCursor& cursor = cursors_[slot];
  if (cursor.is_dirty) return;
  cursor.is_dirty = true;
  dirty_.push_back(slot);
}

void Gateway::wants_turn(std::uint32_t slot) {
  if (connections_[slot]->waits_for_turn) return;
  connections_[slot]->waits_for_turn = true;
  put_off_.push_back(slot);
}

bool Gateway::run_put_off() {
  const std::size_t count = std::min(put_off_.size(), kDeferredPerTurn);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t slot = put_off_[i];
    if (connections_[slot] == nullptr) continue;
    connections_[slot]->waits_for_turn = false;
    if (connections_[slot]->on_turn() && connections_[slot] != nullptr) wants_turn(slot);
  }
  put_off_.erase(put_off_.begin(), put_off_.begin() + static_cast<std::ptrdiff_t>(count));
  return !put_off_.empty();
}

void Gateway::drain(std::uint32_t after_ms_min, std::uint32_t after_ms_spread) {
  context_.draining = true;
  for (const auto& connection : connections_) {
    if (connection == nullptr || !connection->is_open()) continue;
    const std::uint64_t jitter = context_.credentials.make_number() % (std::uint64_t{after_ms_spread} + 1);
    connection->send(encode_reconnect(after_ms_min + jitter, context_.text));
    connection->close(CloseCode::kRestart, "The server restarts.");
  }
}

GatewayCounters Gateway::counters() const {
  GatewayCounters counters = counters_;
  counters.connections = open_;
  counters.send = send_path_.counters();
  counters.session = context_.counters;
  counters.handler_misses = handler_misses_;
  return counters;
}

}  // namespace cairn::net
