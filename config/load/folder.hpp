// Reads the files of a hunt's folder, and folds their bytes to one hash in the order of their paths.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/load/findings.hpp"

namespace cairn::config {

class Folder {
 public:
  Folder(std::filesystem::path root, Findings& findings) : root_(std::move(root)), findings_(findings) {}

  // The bytes of a file; reported and nothing where it is missing, too large or cannot be read.
  [[nodiscard]] std::optional<std::string> read(const std::string& path, std::size_t bytes_max);

  // Names of the folders within `path`, sorted.
  [[nodiscard]] std::vector<std::string> folders(const std::string& path);

  // Names of the plain files within `path`, sorted.
  [[nodiscard]] std::vector<std::string> files(const std::string& path) const;

  // FNV-1a over path, length and bytes of every file that was read.
  [[nodiscard]] std::uint64_t content_hash() const;

 private:
  std::filesystem::path root_;
  Findings& findings_;
  std::map<std::string, std::uint64_t> hashes_;  // of each file that was read
};

}  // namespace cairn::config
