// A file opened on a simulated disk: what SQLite's VFS and the file layer both read and write through.
//
// Owner: who opened it; gone before the disk. After a crash of the disk every call comes to EIO and does nothing.
#pragma once

#include <string>

#include "bus/journal/file_layer.hpp"
#include "tools/world/disk/simulated_disk.hpp"

namespace cairn::world {

class SimulatedFile final : public bus::OpenFile {
 public:
  SimulatedFile(SimulatedDisk& disk, NodeNumber node, std::string path)
      : disk_(disk), node_(node), life_(disk.life_), path_(std::move(path)) {}

  bus::FileResult<std::size_t> read(std::uint64_t offset, std::span<std::byte> out) override;
  bus::FileResult<void> write(std::uint64_t offset, std::span<const std::byte> bytes) override;
  bus::FileResult<void> sync_content() override;
  bus::FileResult<void> sync() override { return sync_content(); }
  bus::FileResult<void> truncate(std::uint64_t bytes);

  // Not of a process that was killed since.
  [[nodiscard]] bool alive() const { return life_ == disk_.life_; }
  // While it is alive.
  [[nodiscard]] std::uint64_t bytes() const { return disk_.tree_.node(node_).content.size(); }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] SimulatedDisk& disk() const { return disk_; }

 private:
  [[nodiscard]] bus::FileResult<void> perform(Operation operation);

  SimulatedDisk& disk_;
  const NodeNumber node_;
  const std::uint64_t life_;
  const std::string path_;
};

// A path as the disk has it: from its root, without detours.
[[nodiscard]] std::string path_on_disk(const std::filesystem::path& path);

}  // namespace cairn::world
