// What a program may ask of a disk, as a value: to decide about it, to do it, to write it down and to do it again.
//
// Owner: whoever holds it. Threads: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace cairn::world {

// A file's content apart from its names; no number is given twice between two power cuts.
using NodeNumber = std::uint32_t;

// What a disk reads and writes whole: a write is torn between two of them.
inline constexpr std::size_t kSectorBytes = 512;

struct Operation {
  enum class Kind : std::uint8_t {
    kRead,           // node, offset
    kWrite,          // node, offset, bytes
    kTruncate,       // node, offset: its new length
    kSync,           // node
    kCreate,         // path, node
    kMakeDirectory,  // path, node
    kRename,         // path, to, node
    kRemove,         // path, node
    kSyncDirectory,  // path
  };

  Kind kind = Kind::kRead;
  NodeNumber node = 0;
  std::uint64_t offset = 0;
  // Of reads, writes and syncs: the name by which the file was opened, for who reads a record.
  std::string path{};
  std::string to{};
  std::string bytes{};
  bool failed = false;  // it came to an error, and did nothing but what a failed one may do
};

[[nodiscard]] constexpr bool changes_content(Operation::Kind kind) {
  return kind == Operation::Kind::kWrite || kind == Operation::Kind::kTruncate;
}
[[nodiscard]] constexpr bool changes_names(Operation::Kind kind) {
  return kind == Operation::Kind::kCreate || kind == Operation::Kind::kMakeDirectory ||
         kind == Operation::Kind::kRename || kind == Operation::Kind::kRemove;
}
[[nodiscard]] constexpr bool syncs(Operation::Kind kind) {
  return kind == Operation::Kind::kSync || kind == Operation::Kind::kSyncDirectory;
}

// "write journal.db-wal 4152+4096", for a story of what happened.
[[nodiscard]] std::string describe(const Operation& operation);

}  // namespace cairn::world
