#include "tools/cairn/last_state.hpp"

#include <array>
#include <charconv>
#include <span>
#include <sstream>

#include "bus/hex.hpp"

namespace cairn {

namespace {

std::filesystem::path name_in(const std::filesystem::path& directory) { return directory / "state.hash"; }

std::optional<bus::ChainLink> link_of(std::string_view digits) {
  bus::ChainLink link;
  if (digits.size() != 2 * link.size()) return std::nullopt;
  for (std::size_t i = 0; i < link.size(); ++i) {
    unsigned byte = 0;
    const char* const first = digits.data() + 2 * i;
    if (std::from_chars(first, first + 2, byte, 16).ptr != first + 2) return std::nullopt;
    link[i] = std::byte(byte);
  }
  return link;
}

}  // namespace

Result<void> write_last_state(bus::FileLayer& files, const std::filesystem::path& directory,
                              const LastState& state) {
  const std::filesystem::path path = name_in(directory);
  const std::filesystem::path unfinished = directory / "state.hash.unfinished";
  const std::string line =
      std::to_string(state.mark.sequence) + " " + bus::hex(state.mark.link) + " " + state.hash + "\n";
  const auto file = files.open(unfinished, bus::FileLayer::Open::kReplace);
  if (!file) return bus::file_error("make", unfinished, file.error());
  if (const auto written = (*file)->write(0, std::as_bytes(std::span{line})); !written)
    return bus::file_error("write", unfinished, written.error());
  if (const auto synced = (*file)->sync_content(); !synced)
    return bus::file_error("sync", unfinished, synced.error());
  if (const auto renamed = files.rename(unfinished, path); !renamed)
    return bus::file_error("rename", unfinished, renamed.error());
  return {};
}

std::optional<LastState> read_last_state(bus::FileLayer& files, const std::filesystem::path& directory) {
  const auto file = files.open(name_in(directory), bus::FileLayer::Open::kRead);
  if (!file) return std::nullopt;
  std::array<char, 128> line{};
  const auto bytes = (*file)->read(0, std::as_writable_bytes(std::span{line}));
  if (!bytes || *bytes == line.size()) return std::nullopt;
  std::istringstream words{std::string{line.data(), *bytes}};
  LastState state;
  std::string link;
  if (!(words >> state.mark.sequence >> link >> state.hash)) return std::nullopt;
  const auto link_bytes = link_of(link);
  if (!link_bytes) return std::nullopt;
  state.mark.link = *link_bytes;
  return state;
}

}  // namespace cairn
