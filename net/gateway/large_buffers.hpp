// Buffers for what is too large to keep one for every connection: a whole state, a snapshot, an answer of HTTP. They go
// from hand to hand, so that in steady state none is made.
//
// Owner: a gateway. Threads: its core's loop. Bounds: of each size kLargeBuffersKeptBytes are kept, one buffer at least;
// what is given back beyond that is freed.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "net/limits.hpp"
#include "net/protocol/text_buffer.hpp"

namespace cairn::net {

class LargeBuffers {
 public:
  LargeBuffers() {
    for (std::size_t i = 0; i < kSizes.size(); ++i) free_[i].reserve(kept_max(i));
  }

  // An empty one of at least `bytes`.
  TextBuffer take(std::size_t bytes) {
    const std::size_t i = size_for(bytes);
    if (i < kSizes.size() && !free_[i].empty()) {
      TextBuffer buffer = std::move(free_[i].back());
      free_[i].pop_back();
      return buffer;
    }
    TextBuffer buffer;
    buffer.grow(i < kSizes.size() ? kSizes[i] : bytes, 0);
    return buffer;
  }

  void give_back(TextBuffer&& buffer) {
    const std::size_t i = size_for(buffer.capacity());
    if (i == kSizes.size() || buffer.capacity() != kSizes[i] || free_[i].size() >= kept_max(i)) return;
    buffer.clear();
    free_[i].push_back(std::move(buffer));
  }

 private:
  // Far apart, so that what grows slowly seldom needs another size; pages that are never written are never there.
  static constexpr std::array<std::size_t, 4> kSizes = {16 * 1024, 128 * 1024, 1024 * 1024, 8 * 1024 * 1024};
  static_assert(kSizes.front() > kPrivateKeepBytes && kSizes.back() > kStateBytesMax);

  static std::size_t size_for(std::size_t bytes) {
    return static_cast<std::size_t>(std::ranges::lower_bound(kSizes, bytes) - kSizes.begin());
  }
  static std::size_t kept_max(std::size_t i) {
    return std::max<std::size_t>(1, kLargeBuffersKeptBytes / kSizes[i]);
  }

  std::array<std::vector<TextBuffer>, kSizes.size()> free_;
};

}  // namespace cairn::net
