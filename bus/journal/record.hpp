// What is stored of one entry, and on which streams its events stand.
//
// Threads: any; plain data. A record's spans are its giver's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace cairn::bus {

// An entry's events got the offsets first .. first + count - 1 on that stream.
struct StreamOffset {
  std::uint32_t stream = 0;
  std::uint32_t count = 0;
  std::uint64_t first = 0;
  friend bool operator==(const StreamOffset&, const StreamOffset&) = default;
};

// Sequences start at 1 and are dense.
struct Record {
  std::uint64_t sequence = 0;
  std::span<const std::byte> body;
  std::span<const StreamOffset> offsets;
};

}  // namespace cairn::bus
