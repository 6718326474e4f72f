// The world of a story (tools/world), with a small hunt of tests/world/hunts and a data directory that goes with it.
//
// Owner: the test. Threads: its one. The same story gives the same bytes on every run.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "tools/world/world.hpp"

namespace cairn::test {

using namespace std::chrono_literals;
using world::Player;
using world::Team;
using world::ToldEvent;

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

struct WorldOptions {
  std::string hunt = "quay";
  std::size_t cores = 2;
  actors::RoleFactory role_factory = {};
  std::uint64_t seed = 7;
  world::Weather weather = {};
  int socket_send_bytes = 0;
  std::uint64_t checkpoint_every = kCheckpointEvery;
};

class World : private TemporaryFolder, public world::World {
 public:
  explicit World(const WorldOptions& options = {});

  // Where its journal lies.
  [[nodiscard]] std::filesystem::path data() const { return path() / "data"; }
};

}  // namespace cairn::test
