// What proves that an entry is the one that was written, and that none before it is missing: each entry's
// link is a hash over the link before it and the entry itself (FORMAT.md).
//
// Threads: any; nothing is kept.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cairn::bus {

using ChainLink = std::array<std::byte, 16>;

// The link before the first entry: it binds the chain to one hunt and one data directory.
[[nodiscard]] ChainLink first_link(std::string_view identity, std::string_view data_id);

[[nodiscard]] ChainLink next_link(const ChainLink& before, std::uint64_t sequence,
                                  std::span<const std::byte> body, std::span<const std::byte> offsets);

// CRC-32C over sequence, offsets, body.
[[nodiscard]] std::uint32_t entry_crc(std::uint64_t sequence, std::span<const std::byte> body,
                                      std::span<const std::byte> offsets) noexcept;

}  // namespace cairn::bus
