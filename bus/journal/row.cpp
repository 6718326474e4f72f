#include "bus/journal/row.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "bus/journal/little_endian.hpp"

namespace cairn::bus {
namespace {
// One offset of a row: stream (4), count (4), first (8), little-endian.
constexpr std::size_t kOffsetBytes = 16;
}  // namespace

Error RowProof::damage(std::string_view how) const {
  return failure("the journal's entry with sequence " + std::to_string(head_ + 1) + " " + std::string(how));
}

Result<Record> RowProof::prove(const Row& row) {
  if (row.sequence != head_ + 1) return damage("is missing");
  if (row.crc != entry_crc(row.sequence, row.body, row.offsets) || row.offsets.size() % kOffsetBytes != 0)
    return damage("is damaged: its checksum does not match");
  const ChainLink link = next_link(link_, row.sequence, row.body, row.offsets);
  if (!std::ranges::equal(row.chain, link))
    return damage("is damaged: it does not follow from the one before it");
  offsets_.clear();
  for (std::size_t at = 0; at < row.offsets.size(); at += kOffsetBytes) {
    const std::byte* from = row.offsets.data() + at;
    offsets_.push_back({.stream = get_little_endian<std::uint32_t>(from),
                        .count = get_little_endian<std::uint32_t>(from + 4),
                        .first = get_little_endian<std::uint64_t>(from + 8)});
  }
  head_ = row.sequence;
  link_ = link;
  return Record{.sequence = row.sequence, .body = row.body, .offsets = offsets_};
}

void RowBatch::clear() {
  rows_.clear();
  bytes_.clear();
}

void RowBatch::add(const Row& row) {
  rows_.push_back({.sequence = row.sequence,
                   .crc = row.crc,
                   .at = bytes_.size(),
                   .body_bytes = static_cast<std::uint32_t>(row.body.size()),
                   .offsets_bytes = static_cast<std::uint32_t>(row.offsets.size()),
                   .chain_bytes = static_cast<std::uint32_t>(row.chain.size())});
  for (const std::span<const std::byte> part : {row.body, row.offsets, row.chain})
    bytes_.insert(bytes_.end(), part.begin(), part.end());
}

Row RowBatch::operator[](std::size_t i) const {
  const Place& place = rows_[i];
  const auto* at = bytes_.data() + place.at;
  return {.sequence = place.sequence,
          .body = {at, place.body_bytes},
          .offsets = {at + place.body_bytes, place.offsets_bytes},
          .chain = {at + place.body_bytes + place.offsets_bytes, place.chain_bytes},
          .crc = place.crc};
}

}  // namespace cairn::bus
