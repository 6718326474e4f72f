#include "config/load/hunt_files.hpp"

#include <charconv>

namespace cairn::config {
namespace {

constexpr std::uint64_t kFnvStart = 0xcbf29ce484222325ULL;
constexpr std::string_view kHead = "cairn hunt files 1\n";

std::uint64_t fnv(std::uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

// A number and the character behind it, which are taken away.
std::optional<std::size_t> take_number(std::string_view& text, char behind) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (error != std::errc{} || digits >= text.size() || text[digits] != behind) return std::nullopt;
  text.remove_prefix(digits + 1);
  return number;
}

}  // namespace

std::uint64_t content_hash(const HuntFiles& files) {
  std::uint64_t hash = kFnvStart;
  for (const auto& [path, bytes] : files) {
    hash = fnv(hash, path);
    hash = fnv(hash, std::string_view("\0", 1));
    const std::uint64_t file_hash = fnv(kFnvStart, bytes);
    for (int shift = 0; shift < 64; shift += 8) {
      const char byte = static_cast<char>(static_cast<unsigned char>(file_hash >> shift));
      hash = fnv(hash, std::string_view(&byte, 1));
    }
  }
  return hash;
}

// Each file as a line that says how long its bytes and its path are; then both, and a line's end.
std::string pack(const HuntFiles& files) {
  std::string packed{kHead};
  for (const auto& [path, bytes] : files) {
    packed.append(std::to_string(bytes.size())).append(" ").append(std::to_string(path.size())).append("\n");
    packed.append(path).append(bytes).append("\n");
  }
  return packed;
}

std::optional<HuntFiles> unpack(std::string_view packed) {
  if (!packed.starts_with(kHead)) return std::nullopt;
  packed.remove_prefix(kHead.size());
  HuntFiles files;
  while (!packed.empty()) {
    const auto bytes = take_number(packed, ' ');
    const auto path_bytes = bytes ? take_number(packed, '\n') : std::nullopt;
    if (!path_bytes || *path_bytes > packed.size() || *bytes >= packed.size() - *path_bytes)
      return std::nullopt;
    const std::string_view path = packed.substr(0, *path_bytes);
    files.emplace(path, packed.substr(*path_bytes, *bytes));
    packed.remove_prefix(*path_bytes + *bytes);
    if (packed.front() != '\n') return std::nullopt;
    packed.remove_prefix(1);
  }
  return files;
}

}  // namespace cairn::config
