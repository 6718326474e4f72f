// The player's page: the files of one folder, read once when the server starts, so that no request names a
// path of the file system.
//
// Owner: the program. Threads: any may read. Bounds: kStaticBytesMax; more is refused at start.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "bus/result.hpp"

namespace cairn::net {

struct StaticFile {
  std::string_view content_type;
  std::string bytes;
  bool immutable = false;  // its name carries a hash of its content
};

class StaticFiles {
 public:
  // An empty path gives an empty set.
  static Result<StaticFiles> load(const std::filesystem::path& folder);
  // "/" is index.html. Nothing: there is no such file.
  [[nodiscard]] const StaticFile* find(std::string_view path) const;
  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  std::map<std::string, StaticFile, std::less<>> files_;
};

}  // namespace cairn::net
