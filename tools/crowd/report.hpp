// What a run came to: one JSON object, a summary for people, and the exit code.
//
// Owner: none, functions only. Threads: any. Bounds: none.
#pragma once

#include <cstdint>
#include <string>

#include "tools/crowd/options.hpp"
#include "tools/crowd/tally.hpp"

namespace cairn::crowd {

struct Outcome {
  const LoadOptions& options;
  const Tally& tally;
  std::uint64_t teams = 0;
  std::uint64_t identity_errors = 0;
  std::uint64_t openings_asked = 0;
  std::uint64_t openings_refused = 0;
  std::uint64_t rush_triggers = 0;
};

[[nodiscard]] std::string_view profile_text(Profile profile);
[[nodiscard]] std::string report_json(const Outcome& outcome);
[[nodiscard]] std::string report_summary(const Outcome& outcome);

// 1 when an acknowledged effect is missing (or could not be looked up), when a stream had a gap, a duplicate
// or a wrong order, when players were told different bytes, or when not all players could be brought in; with
// --strict also when a verdict, a reply or a close was not as it should be. 0 otherwise.
[[nodiscard]] int exit_code_of(const Outcome& outcome);

}  // namespace cairn::crowd
