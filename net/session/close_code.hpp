// Why a connection is ended, in the protocol page's numbers: 4000-4499 the client may reconnect, 4500 and
// above not.
#pragma once

#include <cstdint>

namespace cairn::net {

enum class CloseCode : std::uint16_t {
  kNormal = 1000,
  kShutdown = 1001,
  kProtocolError = 1002,
  kBinary = 1003,
  kBadUtf8 = 1007,
  kPolicy = 1008,
  kTooBig = 1009,
  kRestart = 1012,
  kOverloaded = 1013,
  kTooSlow = 4008,
  kReplaced = 4009,
  kNoPong = 4012,
  kBadToken = 4500,
  kBadFrame = 4501,
  kBanned = 4503
};

}  // namespace cairn::net
