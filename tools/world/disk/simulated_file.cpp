#include "tools/world/disk/simulated_file.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace cairn::world {

bus::FileResult<void> SimulatedFile::perform(Operation operation) {
  operation.node = node_;
  operation.path = path_;
  if (const int error = disk_.perform(std::move(operation), life_); error != 0)
    return bus::ErrorNumber{error};
  return {};
}

bus::FileResult<std::size_t> SimulatedFile::read(std::uint64_t offset, std::span<std::byte> out) {
  if (auto allowed = perform({.kind = Operation::Kind::kRead, .offset = offset}); !allowed)
    return allowed.error();
  const std::string& content = disk_.tree_.node(node_).content;
  if (offset >= content.size()) return std::size_t{0};
  const std::size_t count = std::min(content.size() - offset, out.size());
  std::memcpy(out.data(), content.data() + offset, count);
  return count;
}

bus::FileResult<void> SimulatedFile::write(std::uint64_t offset, std::span<const std::byte> bytes) {
  return perform({.kind = Operation::Kind::kWrite,
                  .offset = offset,
                  .bytes = std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())});
}

bus::FileResult<void> SimulatedFile::sync_content() { return perform({.kind = Operation::Kind::kSync}); }

bus::FileResult<void> SimulatedFile::truncate(std::uint64_t bytes) {
  return perform({.kind = Operation::Kind::kTruncate, .offset = bytes});
}

std::string path_on_disk(const std::filesystem::path& path) {
  std::string normal = (std::filesystem::path("/") / path).lexically_normal().string();
  if (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
  return normal;
}

}  // namespace cairn::world
