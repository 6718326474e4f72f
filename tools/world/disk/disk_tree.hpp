// A file system's names and contents at one moment. A value: what a disk shows, and what would be left of it.
//
// Owner: whoever holds it. Threads: one at a time. Bounds: memory; contents stand in it whole.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/world/disk/operation.hpp"

namespace cairn::world {

// The sectors of a write that reach the disk: [first, last). All but for a torn one.
struct Sectors {
  std::size_t first = 0;
  std::size_t last = static_cast<std::size_t>(-1);
};

class DiskTree {
 public:
  struct Node {
    bool is_directory = false;
    std::string content;
  };

  // With a root directory.
  DiskTree();

  // Does to names or contents what the operation says; reads and syncs do nothing here. What cannot be done,
  // because what it builds on did not reach the disk, is left.
  void apply(const Operation& operation, Sectors sectors = {});
  // Forgets what stands in directories that are not there.
  void drop_unreachable();

  [[nodiscard]] std::optional<NodeNumber> find(const std::string& path) const;
  [[nodiscard]] bool is_directory(NodeNumber number) const {
    return number < nodes_.size() && nodes_[number].is_directory;
  }
  // For a name that is there.
  [[nodiscard]] Node& node(NodeNumber number) { return nodes_[number]; }
  [[nodiscard]] const Node& node(NodeNumber number) const { return nodes_[number]; }
  [[nodiscard]] const std::map<std::string, NodeNumber>& names() const { return names_; }
  [[nodiscard]] NodeNumber next_number() const { return static_cast<NodeNumber>(nodes_.size()); }
  [[nodiscard]] std::uint64_t bytes() const;

 private:
  void move_below(const Operation& rename);

  std::map<std::string, NodeNumber> names_;
  std::vector<Node> nodes_;
};

// How many sectors a write touches.
[[nodiscard]] std::size_t sectors_of(const Operation& write);
// The directory in which a name stands.
[[nodiscard]] std::string directory_of(std::string_view path);
// What something of this path is called when a directory was renamed: the same, unless it stands below it.
[[nodiscard]] std::string path_after(const Operation& rename, const std::string& path);

}  // namespace cairn::world
