#include "tools/world/disk/disk_tree.hpp"

#include <algorithm>

namespace cairn::world {

DiskTree::DiskTree() : names_{{"/", 0}}, nodes_{Node{.is_directory = true, .content = {}}} {}

void DiskTree::apply(const Operation& operation, Sectors sectors) {
  if (nodes_.size() <= operation.node) nodes_.resize(operation.node + 1);
  Node& node = nodes_[operation.node];
  const auto holds = [&](const std::string& path) {
    const auto found = names_.find(path);
    return found != names_.end() && found->second == operation.node;
  };
  switch (operation.kind) {
    case Operation::Kind::kWrite: {
      // Sector boundaries are those of the file, wherever the write begins.
      const std::uint64_t first_sector = operation.offset / kSectorBytes;
      const std::uint64_t end = operation.offset + operation.bytes.size();
      const std::uint64_t from =
          sectors.first == 0 ? operation.offset : (first_sector + sectors.first) * kSectorBytes;
      const std::uint64_t to =
          sectors.last >= sectors_of(operation) ? end : (first_sector + sectors.last) * kSectorBytes;
      if (from >= to) return;
      if (node.content.size() < to) node.content.resize(to);
      std::copy_n(operation.bytes.begin() + static_cast<std::ptrdiff_t>(from - operation.offset), to - from,
                  node.content.begin() + static_cast<std::ptrdiff_t>(from));
      return;
    }
    case Operation::Kind::kTruncate: node.content.resize(operation.offset); return;
    case Operation::Kind::kMakeDirectory: node.is_directory = true; [[fallthrough]];
    case Operation::Kind::kCreate: names_[operation.path] = operation.node; return;
    case Operation::Kind::kRename:
      if (node.is_directory) move_below(operation);
      if (holds(operation.path)) names_.erase(operation.path);
      names_[operation.to] = operation.node;
      return;
    case Operation::Kind::kRemove:
      if (holds(operation.path)) names_.erase(operation.path);
      return;
    case Operation::Kind::kRead:
    case Operation::Kind::kSync:
    case Operation::Kind::kSyncDirectory: return;
  }
}

void DiskTree::move_below(const Operation& rename) {
  std::map<std::string, NodeNumber> moved;
  for (const auto& [name, number] : names_) moved.emplace(path_after(rename, name), number);
  names_ = std::move(moved);
}

void DiskTree::drop_unreachable() {
  // Names are in order, so a directory comes before what stands in it.
  for (auto at = names_.begin(); at != names_.end();) {
    const auto directory = names_.find(directory_of(at->first));
    const bool reachable = directory != names_.end() && nodes_[directory->second].is_directory;
    at = reachable ? std::next(at) : names_.erase(at);
  }
}

std::optional<NodeNumber> DiskTree::find(const std::string& path) const {
  const auto found = names_.find(path);
  if (found == names_.end()) return std::nullopt;
  return found->second;
}

std::uint64_t DiskTree::bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& [name, number] : names_) bytes += nodes_[number].content.size();
  return bytes;
}

std::size_t sectors_of(const Operation& write) {
  if (write.bytes.empty()) return 0;
  return (write.offset + write.bytes.size() - 1) / kSectorBytes - write.offset / kSectorBytes + 1;
}

std::string directory_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

std::string path_after(const Operation& rename, const std::string& path) {
  const bool is_below =
      path.starts_with(rename.path) && path.size() > rename.path.size() && path[rename.path.size()] == '/';
  return is_below ? rename.to + path.substr(rename.path.size()) : path;
}

}  // namespace cairn::world
