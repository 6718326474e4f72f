// A rescore as people and programs read it, and as an operator applies it.
//
// Threads: any; nothing is kept.
#pragma once

#include <string>

#include "config/model/hunt.hpp"
#include "net/protocol/json_writer.hpp"
#include "net/view/view.hpp"
#include "tools/replay/rescorer.hpp"

namespace cairn::replay {

// As lines: what changes for which puzzles, and for the first `rows` teams whose score or rank is another one.
[[nodiscard]] std::string describe(const Rescore& rescore, const net::View& view, std::size_t rows);
// As members of the object that is being written: "gains", "losses", "rescored_teams" …
void write_rescore(net::JsonWriter& json, const Rescore& rescore, const net::View& view);
// What would be gained, one object a line: each is the body of a request to rescore.
[[nodiscard]] std::string corrections(const Rescore& rescore, const config::Hunt& hunt);

}  // namespace cairn::replay
