#include "config/load/folder.hpp"

#include <algorithm>
#include <fstream>

#include "config/limits.hpp"

namespace cairn::config {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> entries(const fs::path& path, bool folders) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    const bool wanted = folders ? at->is_directory(ignored) : at->is_regular_file(ignored);
    const std::string name = at->path().filename().string();
    // What begins with a dot belongs to editors and version control.
    if (wanted && !name.starts_with('.')) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The names that stand in `path` of the kept files, as folders or as files.
std::vector<std::string> kept_entries(const HuntFiles& kept, const std::string& path, bool folders) {
  const std::string prefix = path + '/';
  std::vector<std::string> names;
  for (auto at = kept.lower_bound(prefix); at != kept.end() && at->first.starts_with(prefix); ++at) {
    const std::size_t slash = at->first.find('/', prefix.size());
    if ((slash != std::string::npos) != folders) continue;
    std::string name = at->first.substr(prefix.size(), slash - prefix.size());
    if (names.empty() || names.back() != name) names.push_back(std::move(name));
  }
  // A slash sorts behind a hyphen, which an id may have.
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

void Folder::report(const std::string& path, std::string_view code, std::string message, std::string fix) {
  SourceFile file;
  file.path = path;
  findings_.error(file, "", code, std::move(message), std::move(fix));
}

const std::string* Folder::read(const std::string& path, std::size_t bytes_max) {
  std::optional<std::string> bytes = kept_ != nullptr ? read_kept(path) : read_file(path, bytes_max);
  return bytes ? &read_.insert_or_assign(path, *std::move(bytes)).first->second : nullptr;
}

std::optional<std::string> Folder::read_kept(const std::string& path) {
  const auto found = kept_->find(path);
  if (found != kept_->end()) return found->second;
  report(path, "file_missing", "there is no such file among those that were kept");
  return std::nullopt;
}

std::optional<std::string> Folder::read_file(const std::string& path, std::size_t bytes_max) {
  std::error_code error;
  const fs::path full = root_ / path;
  if (!fs::is_regular_file(full, error)) {
    report(path, "file_missing", "there is no such file",
           "a hunt has hunt.json, districts.geojson and puzzles/<id>/puzzle.json");
    return std::nullopt;
  }
  const std::uintmax_t size = fs::file_size(full, error);
  if (!error && size > bytes_max) {
    report(path, "file_too_large",
           "the file has " + std::to_string(size) + " bytes; at most " + std::to_string(bytes_max) +
               " are allowed");
    return std::nullopt;
  }
  std::ifstream stream(full, std::ios::binary);
  std::string bytes(error ? 0 : static_cast<std::size_t>(size), '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (error || !stream) {
    report(path, "file_unreadable", "the file cannot be read", "look at its permissions");
    return std::nullopt;
  }
  return bytes;
}

std::vector<std::string> Folder::folders(const std::string& path) const {
  return kept_ != nullptr ? kept_entries(*kept_, path, true) : entries(root_ / path, true);
}

std::vector<std::string> Folder::files(const std::string& path) const {
  return kept_ != nullptr ? kept_entries(*kept_, path, false) : entries(root_ / path, false);
}

}  // namespace cairn::config
