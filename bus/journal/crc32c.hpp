// CRC-32C (Castagnoli): finds flipped bits in entries and in the high-water mark.
// Source: RFC 3720, 12.1 and B.4 (polynomial 0x1EDC6F41, reflected, start and end inverted).
//
// Threads: any. Uses SSE4.2's instruction where the machine has it, else eight tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace cairn::bus {

// The CRC of what `crc` is of, followed by `bytes`. Start with 0.
[[nodiscard]] std::uint32_t crc32c(std::uint32_t crc, std::span<const std::byte> bytes) noexcept;

// The same by the tables alone, for machines without the instruction.
[[nodiscard]] std::uint32_t crc32c_by_tables(std::uint32_t crc, std::span<const std::byte> bytes) noexcept;

}  // namespace cairn::bus
