// A player's message after it was checked for shape: what it asks, with views into the parser's buffer.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "actors/messages/ids.hpp"
#include "config/model/geometry.hpp"

namespace cairn::net {

enum class RequestKind : std::uint8_t {
  kHello,
  kResume,
  kPing,
  kGetState,
  kSubmitAnswer,
  kDiscoverClue,
  kRequestHint,
  kCheckIn
};

// Where a client says it stands in a stream.
struct StreamPosition {
  bool given = false;
  std::string_view epoch;
  std::uint64_t offset = 0;
};

inline constexpr std::size_t kPlayerStreams = 3;  // hunt, team, me: by StreamKind

// Valid until the parser's next parse.
struct Request {
  RequestKind kind{};
  std::string_view id;     // empty: none was given
  std::string_view token;  // hello (empty: a spectator), resume
  std::array<StreamPosition, kPlayerStreams> streams;
  std::string_view puzzle;
  std::string_view answer;
  std::string_view code;
  std::uint32_t item = 0;  // clue or hint
  std::optional<config::Position> at;
  std::uint32_t accuracy_m = 0;
  std::span<const std::string_view> puzzles;  // get_state's filter
  std::string_view district;                  // get_state's filter
};

}  // namespace cairn::net
