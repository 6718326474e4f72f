// A disk in memory under a journal, with SQLite on it by a VFS of its own, that fails as it is told to: the power goes,
// the process is killed, a write or a sync comes to an error, the disk is full, a bit flips, a tail is missing.
//
// Owner: the test or the simulated world; it outlives what was opened on it. Threads: one at a time. Bounds: memory,
// and bytes_max if it is set. When full: a write puts down what still fits and comes to ENOSPC, as on a real disk.
// The same seed and the same choices give the same bytes: SQLite's own chance, which is one for the whole process,
// starts anew with every disk.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "bus/journal/file_layer.hpp"
#include "tools/world/disk/disk_tree.hpp"
#include "tools/world/disk/durable_disk.hpp"

namespace cairn::world {

class DiskVfs;
class SimulatedFile;

class SimulatedDisk final : public bus::FileLayer {
 public:
  // Empty, or with what is on it already, durably.
  explicit SimulatedDisk(DiskTree tree = {}, unsigned seed = 1);
  ~SimulatedDisk() override;
  SimulatedDisk(const SimulatedDisk&) = delete;
  SimulatedDisk& operator=(const SimulatedDisk&) = delete;

  // --- for the journal ---
  [[nodiscard]] bus::FileResult<std::unique_ptr<bus::OpenFile>> open(const std::filesystem::path& path,
                                                                     Open how) override;
  [[nodiscard]] bus::FileResult<std::unique_ptr<bus::DirectoryLock>> lock(
      const std::filesystem::path& directory) override;
  [[nodiscard]] bool exists(const std::filesystem::path& path) override;
  [[nodiscard]] bus::FileResult<std::uint64_t> bytes(const std::filesystem::path& path) override;
  [[nodiscard]] bus::FileResult<void> make_directory(const std::filesystem::path& path,
                                                     unsigned mode) override;
  [[nodiscard]] bus::FileResult<void> rename(const std::filesystem::path& from,
                                             const std::filesystem::path& to) override;
  [[nodiscard]] bus::FileResult<void> remove(const std::filesystem::path& path) override;
  [[nodiscard]] bus::FileResult<void> sync_directory(const std::filesystem::path& directory) override;
  [[nodiscard]] const char* sqlite_vfs() const override;

  // --- what goes wrong ---
  // Asked before each operation: an errno, or 0 to let it happen. It may crash the disk, which then does nothing.
  using Decide = std::function<int(const Operation&)>;
  void decide_by(Decide decide) { decide_ = std::move(decide); }
  // A failed sync has usually written nothing; it may as well have written all.
  void failed_syncs_write(bool they_do) { failed_syncs_write_ = they_do; }
  // What all files together may hold.
  void limit_bytes(std::uint64_t bytes_max) { bytes_max_ = bytes_max; }
  // The process is killed: what it has open is dead and its locks are gone; everything written is there.
  void crash();
  // And the power goes.
  void cut_power(const Choose& choose);
  void cut_power(const PowerCut& cut);
  // Damage to what is there, durably and unseen. The file must be there.
  void flip_bit(const std::filesystem::path& path, std::uint64_t bit);
  void cut_tail(const std::filesystem::path& path, std::uint64_t bytes);

  // --- what happened ---
  // From now on, and anew after each power cut; contents are kept, so that it can be replayed on a DurableDisk.
  void record(bool on) { recording_ = on; }
  [[nodiscard]] const std::vector<Operation>& recorded() const { return recorded_; }
  [[nodiscard]] const DiskTree& tree() const { return tree_; }
  [[nodiscard]] const DurableDisk& durable() const { return durable_; }

 private:
  friend class SimulatedFile;
  friend class SimulatedLock;

  // All that changes or syncs comes through here; `life` is that of the handle.
  int perform(Operation operation, std::uint64_t life);
  int write_what_fits(Operation operation);
  void take_effect(Operation operation);
  [[nodiscard]] bus::FileResult<void> change_names(Operation operation);

  DiskTree tree_;
  DurableDisk durable_;
  std::set<std::string> locked_;
  std::uint64_t life_ = 0;  // rises with each crash
  std::uint64_t bytes_max_ = static_cast<std::uint64_t>(-1);
  Decide decide_;
  bool failed_syncs_write_ = false;
  bool recording_ = false;
  std::vector<Operation> recorded_;
  std::unique_ptr<DiskVfs> vfs_;
};

// A failing k-th operation of one kind (writes: those that change a length too), for decide_by().
[[nodiscard]] SimulatedDisk::Decide fail_once(Operation::Kind kind, std::size_t kth, int error_number);

}  // namespace cairn::world
