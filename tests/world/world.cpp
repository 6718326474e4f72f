#include "tests/world/world.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>  // NOLINT: mkdtemp is POSIX

#include "config/load/loader.hpp"

namespace cairn::test {

namespace {

std::shared_ptr<const config::Hunt> load(const std::string& name) {
  const config::LoadedHunt loaded =
      config::load_hunt(std::filesystem::path{CAIRN_SOURCE_DIR} / "tests/world/hunts" / name);
  REQUIRE(loaded.hunt != nullptr);
  return loaded.hunt;
}

world::WorldOptions in_full(const WorldOptions& options, std::filesystem::path data) {
  world::WorldOptions full;
  full.hunt = load(options.hunt);
  full.data = std::move(data);
  full.seed = options.seed;
  full.cores = options.cores;
  full.weather = options.weather;
  full.socket_send_bytes = options.socket_send_bytes;
  full.role_factory = options.role_factory;
  full.checkpoint_every = options.checkpoint_every;
  return full;
}

}  // namespace

TemporaryFolder::TemporaryFolder(const std::filesystem::path& parent) {
  std::string name = (parent / "cairn-test-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

World::World(const WorldOptions& options) : world::World(in_full(options, path() / "data")) {}

}  // namespace cairn::test
