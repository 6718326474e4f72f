// Reads the files of a hunt, from its folder or from what was kept of it, and keeps what was read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/load/findings.hpp"
#include "config/load/hunt_files.hpp"

namespace cairn::config {

class Folder {
 public:
  Folder(std::filesystem::path root, Findings& findings) : root_(std::move(root)), findings_(findings) {}
  // `kept` outlives it.
  Folder(const HuntFiles& kept, Findings& findings) : kept_(&kept), findings_(findings) {}

  // The bytes of a file, which stay here; reported and null where it is missing, too large or cannot be read.
  const std::string* read(const std::string& path, std::size_t bytes_max);

  // Names of the folders within `path`, sorted.
  [[nodiscard]] std::vector<std::string> folders(const std::string& path) const;

  // Names of the plain files within `path`, sorted.
  [[nodiscard]] std::vector<std::string> files(const std::string& path) const;

  // Every file that was read.
  [[nodiscard]] HuntFiles take() { return std::move(read_); }

 private:
  [[nodiscard]] std::optional<std::string> read_kept(const std::string& path);
  [[nodiscard]] std::optional<std::string> read_file(const std::string& path, std::size_t bytes_max);
  void report(const std::string& path, std::string_view code, std::string message, std::string fix = {});

  std::filesystem::path root_;
  const HuntFiles* kept_ = nullptr;
  Findings& findings_;
  HuntFiles read_;
};

}  // namespace cairn::config
