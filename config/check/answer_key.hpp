// The answer key of a hunt: what a crowd of test players needs to solve it, in the words a player would type.
//
// Bounds: the hunt's. It must never be served, and lies in a file that only its owner can read.
#pragma once

#include <string>

#include "config/load/loader.hpp"

namespace cairn::config {

// One JSON object: {"hunt", "puzzles": [{id, district, answers, wrong, partials, clues, hints, at, radius_m,
// code, needs_check_in}]}. The hunt must have been loaded without error.
[[nodiscard]] std::string answer_key(const LoadedHunt& loaded);

}  // namespace cairn::config
