// One core's side towards the players: its connections, who is subscribed to what, and when what is sent.
//
// Owner: the program, one per core. Threads: the core's loop, except where stated. Bounds: connections_max;
// further connections are answered 503. A broadcast is cut into slices of one turn each, so that nobody's
// guess waits for it.
//
// Handlers of sockets never look at a stream's log: that is done in on_turn() alone, within the turn.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "actors/messages/port.hpp"
#include "bus/stream/stream_set.hpp"
#include "net/gateway/counters.hpp"
#include "net/gateway/handler_memory.hpp"
#include "net/gateway/large_buffers.hpp"
#include "net/gateway/send_path.hpp"
#include "net/http/exchange.hpp"
#include "net/http/player_app.hpp"
#include "net/session/core_context.hpp"
#include "net/session/session.hpp"

namespace cairn::net {

class Alarm;
class Connection;

enum class Audience : std::uint8_t { kPlayers, kOperators };

struct GatewayOptions {
  std::uint32_t core = 0;
  std::size_t connections_max = 10'000;
  std::vector<std::string> origins;  // allowed besides the host's own
  int socket_send_bytes = 0;         // SO_SNDBUF; 0: the kernel's
  std::string data_id;               // of the data directory: part of every epoch
  Secret secret{};                   // of the data directory: signs resume tokens
  bool has_alarms = true;            // to wake a parked loop; false: Alarm says when
  std::function<void()> on_sweep;    // on the loop, about every kSweepEveryNs: for who shows figures
};

class Gateway final : public actors::GatewayPort, private StreamDirectory {
 public:
  Gateway(GatewayOptions options, boost::asio::io_context& io, std::shared_ptr<const config::Hunt> hunt,
          const bus::StreamSet& streams, actors::CommandPort& commands, const bus::Clock& clock,
          bus::RandomSource& random, const StaticFiles& files);
  // The loop has ended, or is this thread's. Ends every connection and runs the io_context until none is
  // left.
  ~Gateway() override;

  // --- GatewayPort ---
  void on_entry(const actors::Entry& entry) override;
  void save(actors::StateWriter& out) const override { context_.view.save(out); }
  void load(actors::StateReader& in) override { context_.view.load(in); }
  void on_reply(const actors::SessionRef& session, std::string_view request_id,
                const actors::Reply& reply) override;
  void on_notice(const actors::Notice& notice) override;
  void on_published(std::uint64_t sequence) override { published_ = sequence; }
  // The generation is when the player logged in there, on the steady clock that all cores share: the latest
  // stays.
  void on_replaced(actors::PlayerIndex player, std::uint64_t generation) override;
  void on_read_only() override { context_.read_only = true; }
  bool on_turn() override;

  // --- other calls on the loop ---
  // Takes over a connected, non-blocking socket.
  void adopt(int fd, Audience audience, AddressKey address);
  // What answers the operators' listener; it outlives the gateway's connections.
  void serve_operators(HttpApp& app) { apps_[static_cast<std::size_t>(Audience::kOperators)] = &app; }
  // No new players; everybody is told to come back within a while, and closed 1012.
  void drain(std::uint32_t after_ms_min, std::uint32_t after_ms_spread);
  [[nodiscard]] GatewayCounters counters() const;
  [[nodiscard]] CoreContext& context() { return context_; }
  // Any thread.
  [[nodiscard]] boost::asio::io_context& io() { return io_; }

 private:
  friend class Connection;

  // StreamDirectory
  [[nodiscard]] std::uint64_t last_offset(actors::StreamId stream) const override;
  [[nodiscard]] bool can_follow(actors::StreamId stream, std::uint64_t offset) const override;

  // What connections ask for.
  void mark_dirty(std::uint32_t slot);
  void wants_turn(std::uint32_t slot);
  void follow(std::uint32_t slot, const Following& following);
  void logged_in(std::uint32_t slot, actors::PlayerIndex player);
  void became_writable(std::uint32_t slot);
  void stopped(std::uint32_t slot);  // closing: nothing more of its streams
  void ended(std::uint32_t slot);
  HttpApp& app(Audience audience) { return *apps_[static_cast<std::size_t>(audience)]; }

  // The parts of a turn; each returns whether it has more to do at once.
  bool run_put_off();
  bool flush_dirty();
  bool broadcast();
  bool sweep_deadlines();
  void bury();

  bool flush(std::uint32_t slot, const NoticeFrame* notice);
  bool flush_one_dirty(std::uint32_t slot);
  bool fell_behind(std::uint32_t slot);
  void skip_hunt(std::uint32_t slot);
  bool broadcast_is_due(std::int64_t now);
  void start_broadcast(std::int64_t now);
  void broadcast_to(std::uint32_t slot);
  void encode_board();
  void add_score(std::uint32_t slot);
  void touch(std::uint32_t slot, std::uint64_t sequence);
  void touch_team(actors::TeamIndex team, std::uint64_t sequence);
  void join_team(std::uint32_t slot, actors::TeamIndex team);
  void leave_team(std::uint32_t slot);

  GatewayOptions options_;
  boost::asio::io_context& io_;
  const bus::StreamSet& streams_;
  CoreContext context_;
  PlayerApp player_app_;
  std::array<HttpApp*, 2> apps_{};
  HandlerMisses handler_misses_;
  LargeBuffers large_buffers_;  // outlives the connections that borrow from it

  // Slots: a cursor in the compact array, the connection beside it.
  std::vector<SendCursor> cursors_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<std::uint32_t> free_slots_;
  std::vector<std::unique_ptr<Connection>> dying_;  // until their last handler has run
  std::uint64_t next_generation_ = 1;
  std::size_t open_ = 0;

  // Who is where.
  bus::LazyArray<std::uint32_t> slot_of_player_;  // plus one; 0: not here
  bus::LazyArray<std::uint32_t> first_of_team_;   // plus one

  // Work lists; each connection stands in each at most once.
  std::vector<std::uint32_t> dirty_;
  std::vector<std::uint32_t> put_off_;

  // The broadcast under way.
  SendPath send_path_;
  const bus::StreamLog* hunt_log_ = nullptr;
  std::uint64_t published_ = 0;
  std::uint64_t swept_end_ = 0;
  std::uint64_t sweep_end_ = 0;
  std::uint64_t sweep_offset_ = 0;
  std::uint32_t sweep_first_ = 0;
  std::uint32_t sweep_next_ = 0;
  std::uint32_t sweep_left_ = 0;
  std::int64_t sweep_started_ns_ = 0;
  std::int64_t sweep_due_ns_ = 0;
  bool board_is_new_ = false;
  bool board_is_due_ = false;  // within this sweep
  std::uint64_t board_version_ = 0;
  TextBuffer board_;
  NoticeFrame board_frame_;

  std::uint32_t deadline_next_ = 0;
  std::uint32_t deadline_left_ = 0;
  std::int64_t deadline_due_ns_ = 0;
  std::size_t sweep_out_bytes_ = 0;

  // Wake the loop for what is due later.
  std::unique_ptr<Alarm> flush_alarm_;
  std::unique_ptr<Alarm> deadline_alarm_;
  GatewayCounters counters_;
};

}  // namespace cairn::net
