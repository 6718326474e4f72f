#include "tests/world/world.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>  // NOLINT: mkdtemp is POSIX

#include <map>
#include <stdexcept>
#include <utility>

#include "config/load/loader.hpp"

namespace cairn::test {

namespace {

WorldOptions of_quay(WorldOptions options, std::filesystem::path data) {
  options.hunt = hunt_named("quay");
  options.data = std::move(data);
  return options;
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

std::shared_ptr<const config::Hunt> hunt_named(const std::string& name) {
  static std::map<std::string, std::shared_ptr<const config::Hunt>> loaded;
  std::shared_ptr<const config::Hunt>& hunt = loaded[name];
  if (hunt != nullptr) return hunt;
  const std::filesystem::path source{CAIRN_SOURCE_DIR};
  const std::filesystem::path small = source / "tests/world/hunts" / name;
  hunt = config::load_hunt(std::filesystem::exists(small) ? small : source / "config/hunts" / name).hunt;
  if (hunt == nullptr) throw std::runtime_error("there is no hunt \"" + name + "\", or it has faults");
  return hunt;
}

std::unique_ptr<bus::Store> open_journal(const std::filesystem::path& data, const std::string& hunt) {
  auto store = bus::Store::open(bus::system_files(), bus::system_random(), data, hunt);
  REQUIRE_MESSAGE(store.has_value(), (store ? "" : store.error().message));
  return *std::move(store);
}

World::World(WorldOptions options) : world::World(of_quay(std::move(options), path() / "data")) {}

}  // namespace cairn::test
