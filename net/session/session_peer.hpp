// What a session asks of whatever carries it: a WebSocket connection, or a test.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "actors/messages/ids.hpp"
#include "net/protocol/request.hpp"
#include "net/session/close_code.hpp"

namespace cairn::net {

// Where a connection goes on in each of its streams: the last offset that it has.
struct Following {
  std::size_t count = 0;
  std::array<actors::StreamId, kPlayerStreams> streams{};
  std::array<std::uint64_t, kPlayerStreams> after{};
};

class SessionPeer {
 public:
  virtual ~SessionPeer() = default;
  // One text message. Messages arrive in the order in which they were sent.
  virtual void send(std::string_view json) = 0;
  // From now on the events after these offsets are sent too, behind what was sent before. Every offset was
  // found in the streams within this turn.
  virtual void follow(const Following& following) = 0;
  // The session is this player's from now on; other connections of that player are to be ended, on every
  // core.
  virtual void logged_in(actors::PlayerIndex player) = 0;
  // The session has work for on_turn().
  virtual void wants_turn() = 0;
  virtual void close(CloseCode code, std::string_view reason) = 0;
};

}  // namespace cairn::net
