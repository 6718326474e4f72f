// Gives events their offsets: on each stream 1, 2, 3 …
//
// Owner: the journal, or who makes one up. Threads: one at a time. Bounds: the streams that there are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "bus/journal/record.hpp"

namespace cairn::bus {

class OffsetCounter {
 public:
  // A stream's newest offset; 0 before its first event.
  [[nodiscard]] std::uint64_t& last(std::uint32_t stream) {
    std::vector<std::uint64_t>& of_kind = last_[stream >> 28U];
    const std::size_t index = stream & 0x0fffffffU;
    if (of_kind.size() <= index) of_kind.resize(index + 1);
    return of_kind[index];
  }
  // One more event of the entry whose offsets stand in `offsets` from `first` on; events of one stream side by side share
  // an item.
  void give(std::uint32_t stream, std::size_t first, std::vector<StreamOffset>& offsets) {
    const std::uint64_t offset = ++last(stream);
    if (offsets.size() > first && offsets.back().stream == stream)
      ++offsets.back().count;
    else
      offsets.push_back({stream, 1, offset});
  }

 private:
  std::array<std::vector<std::uint64_t>, 16> last_;  // by the stream id's upper 4 bits, then its index
};

}  // namespace cairn::bus
