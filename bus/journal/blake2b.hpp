// BLAKE2b-128: the hash that chains the journal's entries.
// Source: RFC 7693 (unkeyed, digest of 16 bytes).
//
// Owner: whoever hashes. Threads: one at a time per object.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cairn::bus {

class Blake2b {
 public:
  explicit Blake2b(std::size_t digest_bytes);
  void update(std::span<const std::byte> bytes);
  // Writes the digest (as many bytes as asked for at the start); the object is used up.
  void finish(std::span<std::byte> digest);

 private:
  void compress(bool last);

  std::array<std::uint64_t, 8> state_;
  std::array<std::byte, 128> block_{};
  std::size_t block_bytes_ = 0;
  std::uint64_t total_bytes_ = 0;
  std::size_t digest_bytes_;
};

}  // namespace cairn::bus
