#include "config/load/folder.hpp"

#include <algorithm>
#include <fstream>

#include "config/limits.hpp"

namespace cairn::config {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kFnvStart = 0xcbf29ce484222325ULL;

std::uint64_t fnv(std::uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

void report(Findings& findings, const std::string& path, std::string_view code, std::string message,
            std::string fix = {}) {
  SourceFile file;
  file.path = path;
  findings.error(file, "", code, std::move(message), std::move(fix));
}

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

}  // namespace

std::optional<std::string> Folder::read(const std::string& path, std::size_t bytes_max) {
  std::error_code error;
  const fs::path full = root_ / path;
  if (!fs::is_regular_file(full, error)) {
    report(findings_, path, "file_missing", "there is no such file",
           "a hunt has hunt.json, districts.geojson and puzzles/<id>/puzzle.json");
    return std::nullopt;
  }
  const std::uintmax_t size = fs::file_size(full, error);
  if (!error && size > bytes_max) {
    report(findings_, path, "file_too_large",
           "the file has " + std::to_string(size) + " bytes; at most " + std::to_string(bytes_max) +
               " are allowed");
    return std::nullopt;
  }
  std::ifstream stream(full, std::ios::binary);
  std::string bytes(error ? 0 : static_cast<std::size_t>(size), '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (error || !stream) {
    report(findings_, path, "file_unreadable", "the file cannot be read", "look at its permissions");
    return std::nullopt;
  }
  hashes_[path] = fnv(kFnvStart, bytes);
  return bytes;
}

std::vector<std::string> Folder::folders(const std::string& path) { return entries(root_ / path, true); }

std::vector<std::string> Folder::files(const std::string& path) const { return entries(root_ / path, false); }

std::uint64_t Folder::content_hash() const {
  std::uint64_t hash = kFnvStart;
  for (const auto& [path, file_hash] : hashes_) {
    hash = fnv(hash, path);
    hash = fnv(hash, std::string_view("\0", 1));
    for (int shift = 0; shift < 64; shift += 8) {
      const char byte = static_cast<char>(static_cast<unsigned char>(file_hash >> shift));
      hash = fnv(hash, std::string_view(&byte, 1));
    }
  }
  return hash;
}

}  // namespace cairn::config
