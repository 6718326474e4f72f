// Places where the code does on purpose, now and then, what it always may and hardly ever does: a ring that is full, a
// commit of one record, a write of three bytes. A simulation that is handed in decides when; in production there is none,
// and a place costs the load of a pointer that nobody writes.
//
// Owner: the simulation. Threads: set while there are no others.
// Source: the BUGGIFY macro of FoundationDB; Zhou et al., "FoundationDB" (SIGMOD 2021), 4.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cairn::bus {

enum class Quirk : std::uint8_t {
  kRingSeemsFull,    // a command finds no room
  kNoJournalCredit,  // a decision has to wait
  kHandlesOne,       // a turn handles one message
  kCommitsOne,       // a transaction holds one record of each core
  kCheckpointsNow,   // the write-ahead log is moved between two commits
  kReadsBackOne,     // a dead actor's past comes an entry at a time
  kWritesLittle,     // a socket takes three bytes
  kBroadcastsToOne,  // a slice of a broadcast is one connection
  kCount
};

constexpr const char* name_of(Quirk quirk) {
  constexpr std::array<const char*, static_cast<std::size_t>(Quirk::kCount)> kNames{
      "ring_seems_full", "no_journal_credit", "handles_one",   "commits_one",
      "checkpoints_now", "reads_back_one",    "writes_little", "broadcasts_to_one"};
  return kNames[static_cast<std::size_t>(quirk)];
}

class QuirkSource {
 public:
  virtual ~QuirkSource() = default;
  // Whether the place behaves so this time.
  virtual bool strikes(Quirk quirk) = 0;
};

inline constinit QuirkSource* quirk_source = nullptr;

inline bool strikes(Quirk quirk) {
  QuirkSource* const source = quirk_source;
  return source != nullptr && source->strikes(quirk);
}

}  // namespace cairn::bus
