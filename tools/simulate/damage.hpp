// What if a bit flipped in one of the server's files while it was down? Another server starts on a copy of the disk, with
// that bit the other way round, and the run goes on as if nothing had been. It may refuse to start, with a sentence that
// says what to do: then a repair is run, which may lose what cannot be proved any more and nothing else. It may find the
// damage when it runs already: then it serves what it had trusted, and takes nothing on. Or it loses nothing.
//
// Owner: a Play. Threads: one. Bounds: one such server at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tools/simulate/plan.hpp"
#include "tools/simulate/proof.hpp"
#include "tools/simulate/run.hpp"
#include "tools/world/disk/simulated_disk.hpp"
#include "tools/world/world.hpp"

namespace cairn::simulate {

class Damage {
 public:
  // `known`: what is committed, on a disk that has not failed.
  Damage(const RunOptions& options, std::uint64_t checkpoint_every, Entries known, RunResult& result)
      : options_(options), checkpoint_every_(checkpoint_every), known_(std::move(known)), result_(result) {}

  // False: there is no file yet.
  bool happens(const world::SimulatedDisk& disk, const Step& step);

  // What is to happen in some run.
  static std::vector<std::string> sights();

 private:
  // Null: it refuses, and refusal_ says why.
  [[nodiscard]] std::unique_ptr<world::World> start(world::SimulatedDisk& disk);
  void repair(world::SimulatedDisk& disk);
  // It serves, and knows at least so many of the entries.
  void check_serving(world::World& world, std::size_t entries_min);
  void check_read_only(world::World& world);
  void see(const char* sight) { ++result_.seen[sight]; }
  void complain(const std::string& what);

  const RunOptions& options_;
  const std::uint64_t checkpoint_every_;
  const Entries known_;
  RunResult& result_;
  std::string where_;           // the file and the bit
  bool is_in_journal_ = false;  // rather than in a file that says nothing new
  std::string refusal_;
};

}  // namespace cairn::simulate
