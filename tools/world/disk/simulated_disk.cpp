#include "tools/world/disk/simulated_disk.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "bus/assert.hpp"
#include "tools/world/disk/disk_vfs.hpp"
#include "tools/world/disk/simulated_file.hpp"

namespace cairn::world {

class SimulatedLock final : public bus::DirectoryLock {
 public:
  SimulatedLock(SimulatedDisk& disk, std::string path)
      : disk_(disk), life_(disk.life_), path_(std::move(path)) {}
  SimulatedLock(const SimulatedLock&) = delete;
  SimulatedLock& operator=(const SimulatedLock&) = delete;
  ~SimulatedLock() override {
    // After a crash the name may be locked by somebody else.
    if (life_ == disk_.life_) disk_.locked_.erase(path_);
  }

 private:
  SimulatedDisk& disk_;
  const std::uint64_t life_;
  const std::string path_;
};

SimulatedDisk::SimulatedDisk(DiskTree tree, unsigned seed)
    : tree_(tree), durable_(std::move(tree)), vfs_(std::make_unique<DiskVfs>(*this, seed)) {}

SimulatedDisk::~SimulatedDisk() = default;

const char* SimulatedDisk::sqlite_vfs() const { return vfs_->name(); }

// --- operations ---

int SimulatedDisk::perform(Operation operation, std::uint64_t life) {
  if (life != life_) return EIO;
  const int error = decide_ ? decide_(operation) : 0;
  if (life != life_) return EIO;
  if (error == 0 && operation.kind == Operation::Kind::kWrite) return write_what_fits(std::move(operation));
  if (error != 0 && syncs(operation.kind) && failed_syncs_write_) take_effect(operation);
  operation.failed = error != 0;
  take_effect(std::move(operation));
  return error;
}

int SimulatedDisk::write_what_fits(Operation operation) {
  const std::uint64_t end = operation.offset + operation.bytes.size();
  const std::uint64_t length = tree_.node(operation.node).content.size();
  const std::uint64_t room = bytes_max_ - std::min(bytes_max_, tree_.bytes());
  const std::uint64_t more = end > length ? end - length : 0;
  const std::uint64_t missing = more > room ? more - room : 0;
  if (missing < operation.bytes.size()) {
    operation.bytes.resize(operation.bytes.size() - missing);
    take_effect(std::move(operation));
  }
  return missing > 0 ? ENOSPC : 0;
}

void SimulatedDisk::take_effect(Operation operation) {
  if (!operation.failed) tree_.apply(operation);
  durable_.apply(operation);
  if (recording_ && operation.kind != Operation::Kind::kRead) recorded_.push_back(std::move(operation));
}

bus::FileResult<void> SimulatedDisk::change_names(Operation operation) {
  if (const int error = perform(std::move(operation), life_); error != 0) return bus::ErrorNumber{error};
  return {};
}

// --- for the journal ---

bus::FileResult<std::unique_ptr<bus::OpenFile>> SimulatedDisk::open(const std::filesystem::path& path,
                                                                    Open how) {
  const std::string name = path_on_disk(path);
  const std::optional<NodeNumber> found = tree_.find(name);
  if (!found) {
    if (how == Open::kRead || !tree_.find(directory_of(name))) return bus::ErrorNumber{ENOENT};
    Operation create{.kind = Operation::Kind::kCreate, .node = tree_.next_number(), .path = name};
    if (auto created = change_names(std::move(create)); !created) return created.error();
  } else if (tree_.node(*found).is_directory) {
    return bus::ErrorNumber{EISDIR};
  }
  auto file = std::make_unique<SimulatedFile>(*this, *tree_.find(name), name);
  if (how == Open::kReplace && file->bytes() > 0) {
    if (auto emptied = file->truncate(0); !emptied) return emptied.error();
  }
  return std::unique_ptr<bus::OpenFile>(std::move(file));
}

bus::FileResult<std::unique_ptr<bus::DirectoryLock>> SimulatedDisk::lock(
    const std::filesystem::path& directory) {
  const std::string name = path_on_disk(directory);
  const std::optional<NodeNumber> found = tree_.find(name);
  if (!found) return bus::ErrorNumber{ENOENT};
  if (!tree_.node(*found).is_directory) return bus::ErrorNumber{ENOTDIR};
  if (!locked_.insert(name).second) return bus::ErrorNumber{EWOULDBLOCK};
  return std::unique_ptr<bus::DirectoryLock>(std::make_unique<SimulatedLock>(*this, name));
}

bool SimulatedDisk::exists(const std::filesystem::path& path) {
  return tree_.find(path_on_disk(path)).has_value();
}

bus::FileResult<std::uint64_t> SimulatedDisk::bytes(const std::filesystem::path& path) {
  const std::optional<NodeNumber> found = tree_.find(path_on_disk(path));
  if (!found) return bus::ErrorNumber{ENOENT};
  return std::uint64_t{tree_.node(*found).content.size()};
}

bus::FileResult<void> SimulatedDisk::make_directory(const std::filesystem::path& path, unsigned /*mode*/) {
  const std::string name = path_on_disk(path);
  if (tree_.find(name)) return bus::ErrorNumber{EEXIST};
  if (!tree_.find(directory_of(name))) return bus::ErrorNumber{ENOENT};
  return change_names({.kind = Operation::Kind::kMakeDirectory, .node = tree_.next_number(), .path = name});
}

bus::FileResult<void> SimulatedDisk::rename(const std::filesystem::path& from,
                                            const std::filesystem::path& to) {
  const std::string name = path_on_disk(from);
  const std::string new_name = path_on_disk(to);
  const std::optional<NodeNumber> found = tree_.find(name);
  if (!found || !tree_.find(directory_of(new_name))) return bus::ErrorNumber{ENOENT};
  const std::optional<NodeNumber> replaced = tree_.find(new_name);
  if (tree_.node(*found).is_directory) {
    // A directory takes no other's place here, not even an empty one's.
    if (replaced) return bus::ErrorNumber{EEXIST};
    if (new_name.starts_with(name + "/")) return bus::ErrorNumber{EINVAL};
  } else if (replaced && tree_.node(*replaced).is_directory) {
    return bus::ErrorNumber{EISDIR};
  }
  return change_names({.kind = Operation::Kind::kRename, .node = *found, .path = name, .to = new_name});
}

bus::FileResult<void> SimulatedDisk::remove(const std::filesystem::path& path) {
  const std::string name = path_on_disk(path);
  const std::optional<NodeNumber> found = tree_.find(name);
  if (!found) return bus::ErrorNumber{ENOENT};
  if (tree_.node(*found).is_directory) return bus::ErrorNumber{EISDIR};
  return change_names({.kind = Operation::Kind::kRemove, .node = *found, .path = name});
}

bus::FileResult<void> SimulatedDisk::sync_directory(const std::filesystem::path& directory) {
  const std::string name = path_on_disk(directory);
  const std::optional<NodeNumber> found = tree_.find(name);
  if (!found) return bus::ErrorNumber{ENOENT};
  return change_names({.kind = Operation::Kind::kSyncDirectory, .node = *found, .path = name});
}

// --- what goes wrong ---

void SimulatedDisk::crash() {
  ++life_;
  locked_.clear();
}

void SimulatedDisk::cut_power(const Choose& choose) { cut_power(chosen_power_cut(durable_, choose)); }

void SimulatedDisk::cut_power(const PowerCut& cut) {
  crash();
  tree_ = durable_.after_power_cut(cut.kept);
  durable_ = DurableDisk(tree_);
  recorded_.clear();
}

void SimulatedDisk::flip_bit(const std::filesystem::path& path, std::uint64_t bit) {
  const std::optional<NodeNumber> found = tree_.find(path_on_disk(path));
  CAIRN_ASSERT(found && bit / 8 < tree_.node(*found).content.size());
  char& byte = tree_.node(*found).content[bit / 8];
  byte = static_cast<char>(byte ^ (1 << (bit % 8)));
  durable_ = DurableDisk(tree_);
}

void SimulatedDisk::cut_tail(const std::filesystem::path& path, std::uint64_t bytes) {
  const std::optional<NodeNumber> found = tree_.find(path_on_disk(path));
  CAIRN_ASSERT(found && bytes <= tree_.node(*found).content.size());
  std::string& content = tree_.node(*found).content;
  content.resize(content.size() - bytes);
  durable_ = DurableDisk(tree_);
}

SimulatedDisk::Decide fail_once(Operation::Kind kind, std::size_t kth, int error_number) {
  return [=, seen = std::size_t{0}](const Operation& operation) mutable {
    return operation.kind == kind && ++seen == kth ? error_number : 0;
  };
}

}  // namespace cairn::world
