// What a fold amounts to, for people and for programs: the hunt's state and time, its districts, its scoreboard. Nothing
// that a viewer may not see: no answer, no token, no player's name.
//
// Threads: one; nothing is kept.
#pragma once

#include <string>

#include "net/protocol/json_writer.hpp"
#include "net/view/view.hpp"

namespace cairn::replay {

// As lines, the scoreboard's first `rows` among them.
[[nodiscard]] std::string describe(const net::View& view, std::size_t rows);
// As members of the object that is being written: "state", "hunt_ms", "wall_ms", "districts", "teams".
void write_moment(net::JsonWriter& json, const net::View& view);

}  // namespace cairn::replay
