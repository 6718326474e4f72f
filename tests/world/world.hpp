// The world of a story (tools/world), with a small hunt of tests/world/hunts and a data directory that goes with it.
//
// Owner: the test. Threads: its one. The same story gives the same bytes on every run.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "tools/world/world.hpp"

namespace cairn::test {

using namespace std::chrono_literals;
using world::Player;
using world::Team;
using world::ToldEvent;
using world::WorldOptions;

// A new, empty directory that goes with the test.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::filesystem::path& parent = std::filesystem::temp_directory_path());
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// A folder of tests/world/hunts, or else of config/hunts; read once for all the tests of a program.
[[nodiscard]] std::shared_ptr<const config::Hunt> hunt_named(const std::string& name);

// The journal that lies there, proved; of this hunt, and nobody's at the moment.
[[nodiscard]] std::unique_ptr<bus::Store> open_journal(const std::filesystem::path& data,
                                                       const std::string& hunt);

// Of the hunt "quay".
class World : private TemporaryFolder, public world::World {
 public:
  explicit World(WorldOptions options = {});

  // Where its journal lies.
  [[nodiscard]] std::filesystem::path data() const { return path() / "data"; }
};

}  // namespace cairn::test
