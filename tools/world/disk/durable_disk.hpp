// What a disk would still hold if the power went now: what was synced, and of every change since then none, all, or
// a part, as chance will have it.
//
// The model is meaner than any file system of today: contents of one file reach the disk in any order and torn at
// sectors; names in any order and apart from contents, each rename whole; a sync of a file says nothing of its name.
// After a failed sync the system takes the pages for written and forgets them, as Linux does: they stay readable, no
// later sync writes them, and a power cut shows that they are gone.
//
// Owner: the simulated disk, or who replays its record. Threads: one at a time. Bounds: what is not yet synced.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "tools/world/disk/disk_tree.hpp"

namespace cairn::world {

// Chance as an input: a number below the given one.
using Choose = std::function<std::size_t(std::size_t below)>;

class DurableDisk {
 public:
  explicit DurableDisk(DiskTree durable = {}) : durable_(std::move(durable)) {}

  // Keeps a change as unsynced, or makes durable what is synced.
  void apply(const Operation& operation);

  // In the order in which they were made.
  [[nodiscard]] std::size_t unsynced() const { return unsynced_.size(); }
  [[nodiscard]] const Operation& unsynced(std::size_t at) const { return unsynced_[at].operation; }
  // What a power cut leaves. `kept` says for each unsynced change which of its sectors reach the disk; a change
  // of names or of a length has one.
  [[nodiscard]] DiskTree after_power_cut(std::span<const Sectors> kept) const;

 private:
  struct Unsynced {
    Operation operation;
    // Of a change of names: the directories that have to be synced, each once.
    std::vector<std::string> directories;
  };
  void sync_content(const Operation& sync);
  void sync_names(const std::string& directory);
  void follow(const Operation& rename);

  DiskTree durable_;
  std::vector<Unsynced> unsynced_;
};

// One way in which a power cut may end.
struct PowerCut {
  std::string how;
  std::vector<Sectors> kept;
};

// Each change kept, dropped or torn, by choice.
[[nodiscard]] PowerCut chosen_power_cut(const DurableDisk& disk, const Choose& choose);

// None of the unsynced changes, all, the first so many with and without the last of them torn, each one missing,
// each one alone.
[[nodiscard]] std::vector<PowerCut> legal_power_cuts(const DurableDisk& disk);

}  // namespace cairn::world
