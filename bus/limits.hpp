// Every bound of bus/, with what happens when it is reached.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cairn::bus {

// Two lines: the adjacent-line prefetcher of x86 pulls lines in pairs.
inline constexpr std::size_t kFalseSharingBytes = 128;
inline constexpr std::size_t kCellBytes = 64;
// Between cores: a head and seven cells of bytes. A longer message is refused by an assert in its encoder.
inline constexpr std::size_t kMessageCellsMax = 8;
inline constexpr std::size_t kMessageBytesMax = (kMessageCellsMax - 1) * kCellBytes;
// Between cores and journal.
inline constexpr std::size_t kRecordBytesMax = 16 * 1024;
inline constexpr std::size_t kRecordCellsMax = 1 + kRecordBytesMax / kCellBytes;
inline constexpr std::size_t kCoresMax = 64;
// Cells of a ring between two cores, by what admission lets in: every session's one undecided command of this
// producer, were all of them for the same consumer, up to 2 MiB a ring; beyond it the session waits with its command.
inline constexpr std::size_t kCommandRingCells = 32 * 1024;
// Items that one producer keeps back to merge: what a turn can ask for. When full: dropped, and counted.
inline constexpr std::size_t kPendingItemsMax = 1024;
// Cells of the rings between a core and the journal. A core that finds no room for the largest record starts no
// command; the journal that finds none takes no record.
inline constexpr std::size_t kToJournalRingCells = 16 * 1024;
inline constexpr std::size_t kFromJournalRingCells = 64 * 1024;
// Cells in one core's run queues: every undecided command of 12,000 sessions, were all of them for this core and of the
// longest. When all are taken, rings are not drained and so push back.
inline constexpr std::size_t kQueuedCells = 48 * 1024 * kMessageCellsMax;
// A turn's budgets: what is left over waits for the next turn.
inline constexpr std::size_t kMessagesPerTurn = 256;
inline constexpr std::size_t kReactionsPerTurn = 64;
inline constexpr std::size_t kJobsPerTurn = 64;
inline constexpr std::size_t kCafMessagesPerJob = 32;
// One group commit.
inline constexpr std::size_t kRecordsPerCommit = 512;
// Records of one slice in which an actor's past is read back between two commits.
inline constexpr std::size_t kReadBackPerTurn = 256;
// Rows of one slice for a thread that has time: a quarter of a millisecond of the journal's.
inline constexpr std::size_t kSliceRows = 512;

}  // namespace cairn::bus
