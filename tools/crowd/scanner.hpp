// Finds out what a server's text is, as cheaply as it can be done: an event in the server's own key order
// costs a few comparisons, anything else is left to simdjson.
//
// Owner: none, functions only. Threads: any. Bounds: looks at the first 200 bytes or so; allocates nothing.
#pragma once

#include <cstdint>
#include <string_view>

namespace cairn::crowd {

enum class StreamName : std::uint8_t { hunt, team, me, other };
inline constexpr std::size_t kStreamCount = 3;

[[nodiscard]] StreamName stream_name(std::string_view name);
[[nodiscard]] std::string_view stream_text(StreamName name);

struct EventHead {
  StreamName stream = StreamName::other;
  std::uint64_t offset = 0;
  std::string_view event;
};

enum class Scanned : std::uint8_t {
  event,    // the head is filled in
  notice,   // nothing more is needed
  unknown,  // parse it in full
};

[[nodiscard]] Scanned scan(std::string_view text, EventHead& head);

}  // namespace cairn::crowd
