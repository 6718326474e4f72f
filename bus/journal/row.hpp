// A row of the journal as it stands in the file, the proof that it is the entry it claims to be, and many rows copied out
// for a thread that has more time than the journal's.
//
// Owner: as each says. Threads: one at a time. Bounds: a batch holds what is put into it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "bus/journal/chain.hpp"
#include "bus/journal/record.hpp"
#include "bus/result.hpp"

namespace cairn::bus {

// Not yet proved: any of it may be damaged.
struct Row {
  std::uint64_t sequence = 0;
  std::span<const std::byte> body;
  std::span<const std::byte> offsets;
  std::span<const std::byte> chain;
  std::int64_t crc = 0;
};

// Goes from entry to entry, and knows how far it has come.
class RowProof {
 public:
  // From the entry behind this one.
  RowProof(std::uint64_t sequence, const ChainLink& link) : head_(sequence), link_(link) {}

  // The row as the entry behind the last one proved; its offsets stand here until the next one is. An error says what is
  // wrong, and changes nothing.
  [[nodiscard]] Result<Record> prove(const Row& row);

  [[nodiscard]] std::uint64_t head() const { return head_; }
  [[nodiscard]] const ChainLink& link() const { return link_; }
  // "the journal's entry with sequence 7 <how>".
  [[nodiscard]] Error damage(std::string_view how) const;

 private:
  std::uint64_t head_;
  ChainLink link_;
  std::vector<StreamOffset> offsets_;
};

class RowBatch {
 public:
  void clear();
  void add(const Row& row);
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  // Good until the next add() or clear().
  [[nodiscard]] Row operator[](std::size_t i) const;

 private:
  struct Place {
    std::uint64_t sequence;
    std::int64_t crc;
    std::size_t at;
    std::uint32_t body_bytes;
    std::uint32_t offsets_bytes;
    std::uint32_t chain_bytes;
  };
  std::vector<Place> rows_;
  std::vector<std::byte> bytes_;
};

}  // namespace cairn::bus
