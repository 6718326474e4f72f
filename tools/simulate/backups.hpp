// The backups that somebody asks for during a run: what they are said to be, and what they are when it is over.
//
// Owner: a Play. Threads: one. Bounds: one is made at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tools/cairn/house.hpp"
#include "tools/simulate/proof.hpp"
#include "tools/simulate/run.hpp"
#include "tools/world/disk/simulated_disk.hpp"

namespace cairn::simulate {

class Backups {
 public:
  explicit Backups(RunResult& result) : result_(result) {}

  // False: one is being made, or the server will not.
  bool ask(House& house);
  // Whether the one that is being made is said to be whole by now.
  void look(House& house);
  void server_dies();

  // No server runs on that disk, but for what it has open: what was said to be whole is there, and whatever has a
  // backup's name opens, and holds the first of these entries.
  void check(world::SimulatedDisk& disk, const std::shared_ptr<const config::Hunt>& hunt,
             const Entries& entries) const;

  // What is to happen in some run.
  static std::vector<std::string> sights();

 private:
  [[nodiscard]] std::string unlike_journal(world::SimulatedDisk& disk, const std::filesystem::path& path,
                                           const config::Hunt& hunt, const Entries& entries) const;

  RunResult& result_;
  std::vector<std::filesystem::path> asked_;              // all of them, each once
  std::map<std::filesystem::path, std::uint64_t> whole_;  // how many entries it is said to hold
  bool is_running_ = false;
  bool is_name_free_ = false;  // the last one's, since the server died while it was made
};

}  // namespace cairn::simulate
