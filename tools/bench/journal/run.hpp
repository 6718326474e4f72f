// One run of `cairn bench journal`: so many answers a second, and what became of them; by our journal, or by its peer.
//
// Owner: the program. Threads: the caller's, and what the house starts.
#pragma once

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bus/result.hpp"
#include "config/model/hunt.hpp"
#include "tools/bench/journal/disk_watch.hpp"
#include "tools/bench/journal/waits.hpp"

namespace cairn::bench {

struct AnswerLoad {
  std::shared_ptr<const config::Hunt> hunt;
  std::filesystem::path scratch;  // made and left by the run
  double rate = 0;
  double seconds = 0;
  std::size_t teams = 0;
  std::size_t cores = 0;
  std::uint64_t seed = 1;
  [[nodiscard]] std::size_t answers() const { return static_cast<std::size_t>(std::lround(rate * seconds)); }
};

// What the disk takes for the least that can be made durable.
struct DiskFloor {
  double p50_us = 0;
  double max_us = 0;
};

struct AnswerRun {
  std::string who;
  DiskFloor floor;          // just before
  std::vector<Wait> waits;  // of those that were not answered: until the run was given up
  std::uint64_t unanswered = 0;
  double seconds = 0;  // from the start to the last answer
  std::uint64_t commits = 0;
  std::uint64_t committed = 0;  // entries
  double cpu_us = 0;            // of the thread that commits
  DiskCounts disk;
  std::vector<Stretch> state_checkpoints;
};

// Entries as they stand in the journal, encoded.
using Bodies = std::vector<std::vector<std::byte>>;

// The house: guesses submitted on the cores' own loops, decided by real actors, committed in groups. Proves its journal
// afterwards, and hands out the bodies of what it was asked to commit.
[[nodiscard]] Result<AnswerRun> run_grouped(const AnswerLoad& load, Bodies& bodies);

// The peer: SQLite with the same settings and a transaction for each of these bodies, nothing else. It is given up when it
// falls too far behind.
[[nodiscard]] Result<AnswerRun> run_one_by_one(const AnswerLoad& load, const Bodies& bodies);

}  // namespace cairn::bench
