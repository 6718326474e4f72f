// One run: a plan played in a world on a disk in memory, then judged.
//
// Threads: one. Errors: what cannot be set up throws std::runtime_error.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/model/hunt.hpp"
#include "tools/simulate/plan.hpp"

namespace cairn::simulate {

struct RunResult {
  std::vector<std::string> complaints;          // empty: all is well
  std::map<std::string, std::uint64_t> deeds;   // what people did, by name
  std::map<std::string, std::uint64_t> faults;  // what went wrong, by name
  std::map<std::string, std::uint64_t> seen;    // what is to happen in some run, by name: how often it did
  std::uint64_t entries = 0;
  std::int64_t virtual_ms = 0;
  std::uint64_t state_hash =
      0;  // of every entry, every event that anybody was told, and the state at the end

  [[nodiscard]] bool failed() const { return !complaints.empty(); }
};

struct RunOptions {
  std::shared_ptr<const config::Hunt> hunt;
  std::size_t cores = 2;
};

[[nodiscard]] RunResult run(const Plan& plan, const RunOptions& options);

// What some run of a swarm must have seen, or the swarm tests less than it says.
[[nodiscard]] std::vector<std::string> sights();

}  // namespace cairn::simulate
