#include "bus/journal/chain.hpp"

#include "bus/journal/blake2b.hpp"
#include "bus/journal/crc32c.hpp"
#include "bus/journal/little_endian.hpp"

namespace cairn::bus {

ChainLink first_link(std::string_view identity, std::string_view data_id) {
  Blake2b hash(sizeof(ChainLink));
  for (const std::string_view part : {std::string_view("cairn journal"), identity, data_id}) {
    std::array<std::byte, 8> length;
    put_little_endian(length.data(), std::uint64_t{part.size()});
    hash.update(length);
    hash.update(std::as_bytes(std::span(part)));
  }
  ChainLink link;
  hash.finish(link);
  return link;
}

ChainLink next_link(const ChainLink& before, std::uint64_t sequence, std::span<const std::byte> body,
                    std::span<const std::byte> offsets) {
  std::array<std::byte, 16> head;
  put_little_endian(head.data(), sequence);
  put_little_endian(head.data() + 8, static_cast<std::uint32_t>(offsets.size()));
  put_little_endian(head.data() + 12, static_cast<std::uint32_t>(body.size()));
  Blake2b hash(sizeof(ChainLink));
  hash.update(before);
  hash.update(head);
  hash.update(offsets);
  hash.update(body);
  ChainLink link;
  hash.finish(link);
  return link;
}

std::uint32_t entry_crc(std::uint64_t sequence, std::span<const std::byte> body,
                        std::span<const std::byte> offsets) noexcept {
  std::array<std::byte, 8> number;
  put_little_endian(number.data(), sequence);
  return crc32c(crc32c(crc32c(0, number), offsets), body);
}

}  // namespace cairn::bus
