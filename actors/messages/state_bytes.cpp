#include "actors/messages/state_bytes.hpp"

#include <array>

#include "bus/hex.hpp"
#include "bus/journal/blake2b.hpp"

namespace cairn::actors {

std::string state_hash(std::span<const std::byte> state) {
  bus::Blake2b hash(16);
  hash.update(state);
  std::array<std::byte, 16> digest;
  hash.finish(digest);
  return bus::hex(digest);
}

}  // namespace cairn::actors
