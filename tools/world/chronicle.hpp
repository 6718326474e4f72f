// Who writes down what happens in a world, so that a failure can print the story so far.
//
// Owner: whoever made the world; it outlives the world. Threads: the world's one. Times are virtual, since the world
// began.
#pragma once

#include <cstdint>
#include <string_view>

namespace cairn::world {

class Chronicle {
 public:
  virtual ~Chronicle() = default;
  // A player, an operator or the world itself did something.
  virtual void did(std::int64_t at_ms, std::string_view who, std::string_view what) = 0;
  // A message has reached a player, whole.
  virtual void told(std::int64_t at_ms, std::string_view who, std::string_view json) = 0;
};

}  // namespace cairn::world
