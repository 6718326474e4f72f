// The seam between net/ and actors/: commands go in; replies, notices and committed entries come out. Nothing else
// passes, so that gateways may one day stand on other machines.
//
// Threads: one CommandPort and one GatewayPort belong to one core and are called on that core's loop only.
#pragma once

#include <cstdint>
#include <string_view>

#include "actors/messages/command.hpp"
#include "actors/messages/entry.hpp"
#include "actors/messages/notice.hpp"
#include "actors/messages/reply.hpp"
#include "actors/messages/state_bytes.hpp"

namespace cairn::actors {

// What a session calls.
class CommandPort {
 public:
  virtual ~CommandPort() = default;
  // False when the ring to the decider's core has no place: the session keeps that one command, stops reading its
  // socket, and tries again in GatewayPort::on_turn.
  [[nodiscard]] virtual bool submit(const Command& command) noexcept = 0;
  // This player's newest connection stands here; the gateways of all other cores get on_replaced().
  virtual void announce_replacement(PlayerIndex player, std::uint64_t generation) noexcept = 0;
};

// What the core's loop calls in the gateway, in this order within a turn: every on_entry / on_reply / on_notice /
// on_published that had come in, in the journal's order, then on_turn.
class GatewayPort {
 public:
  virtual ~GatewayPort() = default;
  // A committed entry, in sequence; also, at start, every entry of the journal.
  virtual void on_entry(const Entry& entry) = 0;
  // What on_entry() has made of the entries so far, and, before any entry, the same from a checkpoint.
  virtual void save(StateWriter& out) const = 0;
  virtual void load(StateReader& in) = 0;
  virtual void on_reply(const SessionRef& session, std::string_view request_id, const Reply& reply) = 0;
  virtual void on_notice(const Notice& notice) = 0;
  // The streams now hold every event of the entries through this sequence.
  virtual void on_published(std::uint64_t sequence) = 0;
  // A newer connection of this player stands on another core: one of an older generation is closed at once.
  virtual void on_replaced(PlayerIndex player, std::uint64_t generation) = 0;
  // The journal can no longer write: from now on only what is known is answered, commands get `overloaded`.
  virtual void on_read_only() = 0;
  // Once a turn, after the above: work put off until entries were folded (hello, resume, get_state), parked commands,
  // flushing. Returns true while there is more to do at once (the loop must not park).
  virtual bool on_turn() = 0;
};

}  // namespace cairn::actors
