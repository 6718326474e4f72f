// What a house amounted to when it stopped, in its own words: the hash of everything its live actors and its gateways' view
// had folded, and through which entry. `cairn replay --verify` folds the journal and compares.
//
// In the data directory, one line: sequence, link, hash. True for ever of the journal in which that entry has that link.
//
// Owner: the house that stops, or who verifies. Threads: one at a time. Bounds: one line. When full: there is none.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "bus/journal/file_layer.hpp"
#include "bus/journal/high_water_mark.hpp"
#include "bus/result.hpp"

namespace cairn {

struct LastState {
  bus::Mark mark;
  std::string hash;  // actors::state_hash()
};

// Whole, or the one before stays.
Result<void> write_last_state(bus::FileLayer& files, const std::filesystem::path& directory,
                              const LastState& state);
// Nothing: there is no such file, or what stands in it is no such line.
[[nodiscard]] std::optional<LastState> read_last_state(bus::FileLayer& files,
                                                       const std::filesystem::path& directory);

}  // namespace cairn
