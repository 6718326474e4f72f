// Loads a hunt from its folder: reads, parses and checks everything, and says all that is wrong with it at
// once.
//
// Owner: the caller. Threads: the caller's only. Bounds: limits.hpp.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "config/load/diagnostics.hpp"
#include "config/load/hunt_files.hpp"
#include "config/load/source.hpp"
#include "config/model/hunt.hpp"

namespace cairn::config {

struct LoadedHunt {
  std::shared_ptr<const Hunt> hunt;        // null if and only if there is an error among the findings
  std::vector<Diagnostic> diagnostics;     // by file, line and column
  std::shared_ptr<const Sources> sources;  // what it was read from, for tools; null when the hunt is
  HuntFiles files;                         // every file that was read
};

[[nodiscard]] LoadedHunt load_hunt(const std::filesystem::path& folder);
// The same from files that were kept.
[[nodiscard]] LoadedHunt load_hunt(const HuntFiles& kept);

}  // namespace cairn::config
