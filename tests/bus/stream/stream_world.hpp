// What the streams' tests share: frames whose length and content follow from their stream and offset, and a
// reading that proves every byte.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "bus/stream/frame.hpp"
#include "bus/stream/stream_log.hpp"

namespace cairn::bus {

// Frames of 2 + 8 to 2 + 8 + 90 bytes: the offset, and bytes that follow from stream and offset.
inline std::vector<std::byte> sample_frame(std::uint32_t stream, std::uint64_t offset) {
  const std::uint64_t mixed = (offset + 1) * 0x9e3779b97f4a7c15ULL + stream;
  const std::size_t tail_bytes = (mixed >> 40U) % 91;
  const FrameHead head = text_frame_head(8 + tail_bytes);
  std::vector<std::byte> frame(head.view().begin(), head.view().end());
  for (unsigned i = 0; i < 8; ++i) frame.push_back(static_cast<std::byte>(offset >> (8 * i)));
  for (std::size_t i = 0; i < tail_bytes; ++i)
    frame.push_back(static_cast<std::byte>((mixed >> (i % 56)) + i));
  return frame;
}

// Takes a stream's bytes in pieces of any size and checks that they are the frames of consecutive offsets.
class FrameChecker {
 public:
  FrameChecker(std::uint32_t stream, std::uint64_t next_offset)
      : stream_(stream), next_offset_(next_offset) {}
  // Forgets a half-taken frame: the reader goes on at a frame's start.
  void restart(std::uint64_t next_offset) {
    expected_.clear();
    taken_ = 0;
    next_offset_ = next_offset;
  }
  // False at the first byte that is not as it was written.
  [[nodiscard]] bool take(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      if (taken_ == expected_.size()) {
        expected_ = sample_frame(stream_, next_offset_++);
        taken_ = 0;
      }
      const std::size_t step = std::min(bytes.size(), expected_.size() - taken_);
      if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(step),
                      expected_.begin() + static_cast<std::ptrdiff_t>(taken_))) {
        return false;
      }
      taken_ += step;
      bytes = bytes.subspan(step);
    }
    return true;
  }
  [[nodiscard]] bool between_frames() const { return taken_ == expected_.size(); }
  [[nodiscard]] std::uint64_t next_offset() const { return next_offset_; }

 private:
  std::uint32_t stream_;
  std::uint64_t next_offset_;
  std::vector<std::byte> expected_;
  std::size_t taken_ = 0;
};

inline std::span<const std::byte> bytes_of(const iovec& piece) {
  return {static_cast<const std::byte*>(piece.iov_base), piece.iov_len};
}

}  // namespace cairn::bus
