// How far the journal has been committed, in a file of its own: a journal whose end is below it has lost
// something.
//
// Written after each commit, without a sync; synced now and then. So it is exact after a crash of the
// process, and a lower bound after a power cut. Two slots a sector apart are written in turn: a torn write
// leaves the other one.
//
// Owner: Store. Threads: the owner's. Bounds: a file of 1 KiB, allocated when it is made, so a full disk
// cannot stop it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "bus/journal/chain.hpp"
#include "bus/journal/file_layer.hpp"
#include "bus/result.hpp"

namespace cairn::bus {

struct Mark {
  std::uint64_t sequence = 0;
  ChainLink link{};
};

class HighWaterMark {
 public:
  // The newest whole mark in the file; nothing if there is no file; an error if there is one without a whole
  // mark.
  [[nodiscard]] static Result<std::optional<Mark>> load(FileLayer& files, const std::filesystem::path& path);
  // Replaces the file, if there is one, by one that says `start`, durably and at once.
  [[nodiscard]] static Result<HighWaterMark> create(FileLayer& files, const std::filesystem::path& path,
                                                    const Mark& start);

  [[nodiscard]] Result<void> write(const Mark& mark);
  [[nodiscard]] Result<void> sync();

 private:
  HighWaterMark(std::unique_ptr<OpenFile> file, std::filesystem::path path)
      : file_(std::move(file)), path_(std::move(path)) {}

  std::unique_ptr<OpenFile> file_;
  std::filesystem::path path_;
  std::uint64_t writes_ = 0;
};

}  // namespace cairn::bus
