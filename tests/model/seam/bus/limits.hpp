// Stands in for bus/limits.hpp in the explored programs: rings of four cells, so that every lap and every
// full ring is soon met, and no padding, which would only be more state to compare.
//
// Owner: the explored programs. Threads: any. Bounds: these.
#pragma once

#include <cstddef>

namespace cairn::bus {

inline constexpr std::size_t kFalseSharingBytes = 64;
inline constexpr std::size_t kCellBytes = 64;
inline constexpr std::size_t kCoresMax = 2;
inline constexpr std::size_t kMessageCellsMax = 2;
inline constexpr std::size_t kMessageBytesMax = kCellBytes;
inline constexpr std::size_t kPendingItemsMax = 2;
inline constexpr std::size_t kCommandRingCells = 4;
inline constexpr std::size_t kToJournalRingCells = 4;
inline constexpr std::size_t kFromJournalRingCells = 4;

}  // namespace cairn::bus
