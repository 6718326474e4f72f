#include "tools/world/disk/durable_disk.hpp"

#include <algorithm>
#include <utility>

namespace cairn::world {
namespace {

constexpr Sectors kWhole{};
constexpr Sectors kNothing{.first = 0, .last = 0};

std::vector<std::string> directories_of(const Operation& operation) {
  std::vector<std::string> directories;
  if (!changes_names(operation.kind)) return directories;
  directories.push_back(directory_of(operation.path));
  if (operation.kind == Operation::Kind::kRename && directory_of(operation.to) != directories.front())
    directories.push_back(directory_of(operation.to));
  return directories;
}

}  // namespace

void DurableDisk::apply(const Operation& operation) {
  if (operation.kind == Operation::Kind::kSync) {
    sync_content(operation);
  } else if (operation.failed) {
    return;
  } else if (operation.kind == Operation::Kind::kSyncDirectory) {
    sync_names(operation.path);
  } else if (operation.kind != Operation::Kind::kRead) {
    unsynced_.push_back({.operation = operation, .directories = directories_of(operation)});
  }
}

void DurableDisk::sync_content(const Operation& sync) {
  std::erase_if(unsynced_, [&](const Unsynced& change) {
    if (!changes_content(change.operation.kind) || change.operation.node != sync.node) return false;
    if (!sync.failed) durable_.apply(change.operation);
    return true;
  });
}

void DurableDisk::sync_names(const std::string& directory) {
  std::vector<Operation> moved;
  std::erase_if(unsynced_, [&](Unsynced& change) {
    if (std::erase(change.directories, directory) == 0 || !change.directories.empty()) return false;
    if (change.operation.kind == Operation::Kind::kRename && durable_.is_directory(change.operation.node))
      moved.push_back(change.operation);
    durable_.apply(change.operation);
    return true;
  });
  for (const Operation& rename : moved) follow(rename);
}

// What is not synced yet of a directory that has another name for good.
void DurableDisk::follow(const Operation& rename) {
  for (Unsynced& change : unsynced_) {
    change.operation.path = path_after(rename, change.operation.path);
    change.operation.to = path_after(rename, change.operation.to);
    for (std::string& directory : change.directories)
      directory = directory == rename.path ? rename.to : path_after(rename, directory);
  }
}

DiskTree DurableDisk::after_power_cut(std::span<const Sectors> kept) const {
  DiskTree left = durable_;
  for (std::size_t at = 0; at < unsynced_.size(); ++at)
    if (kept[at].first < kept[at].last) left.apply(unsynced_[at].operation, kept[at]);
  left.drop_unreachable();
  return left;
}

PowerCut chosen_power_cut(const DurableDisk& disk, const Choose& choose) {
  PowerCut cut{.how = "by choice", .kept = {}};
  for (std::size_t at = 0; at < disk.unsynced(); ++at) {
    const std::size_t sectors = sectors_of(disk.unsynced(at));
    switch (choose(sectors > 1 ? 4 : 2)) {
      case 0: cut.kept.push_back(kNothing); break;
      case 1: cut.kept.push_back(kWhole); break;
      case 2: cut.kept.push_back({.first = 0, .last = 1 + choose(sectors - 1)}); break;
      default: cut.kept.push_back({.first = 1 + choose(sectors - 1), .last = sectors}); break;
    }
  }
  return cut;
}

std::vector<PowerCut> legal_power_cuts(const DurableDisk& disk) {
  const std::size_t count = disk.unsynced();
  std::vector<PowerCut> cuts;
  const auto add = [&](std::string how, std::vector<Sectors> kept) {
    cuts.push_back({.how = std::move(how), .kept = std::move(kept)});
  };
  add("nothing unsynced is left", std::vector<Sectors>(count, kNothing));
  for (std::size_t n = 1; n <= count; ++n) {
    const std::string last = describe(disk.unsynced(n - 1));
    std::vector<Sectors> prefix(count, kNothing);
    std::fill_n(prefix.begin(), n, kWhole);
    add("all through " + last, prefix);
    const std::size_t sectors = sectors_of(disk.unsynced(n - 1));
    if (sectors > 1) {
      prefix[n - 1] = {.first = 0, .last = sectors / 2};
      add("all through the first half of " + last, prefix);
      prefix[n - 1] = {.first = sectors / 2, .last = sectors};
      add("all through the second half of " + last, prefix);
    }
    // With one or two changes these stand among the prefixes already.
    if (count < 2) continue;
    std::vector<Sectors> without(count, kWhole);
    without[n - 1] = kNothing;
    if (n < count) add("all but " + last, std::move(without));
    std::vector<Sectors> alone(count, kNothing);
    alone[n - 1] = kWhole;
    if (n > 1) add("only " + last, std::move(alone));
  }
  return cuts;
}

}  // namespace cairn::world
