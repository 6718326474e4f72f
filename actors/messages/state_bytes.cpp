#include "actors/messages/state_bytes.hpp"

#include <array>

#include "bus/journal/blake2b.hpp"

namespace cairn::actors {

std::string state_hash(std::span<const std::byte> state) {
  bus::Blake2b hash(16);
  hash.update(state);
  std::array<std::byte, 16> digest;
  hash.finish(digest);
  std::string digits;
  for (const std::byte byte : digest) {
    digits += "0123456789abcdef"[std::to_integer<unsigned>(byte) >> 4U];
    digits += "0123456789abcdef"[std::to_integer<unsigned>(byte) & 0xfU];
  }
  return digits;
}

}  // namespace cairn::actors
