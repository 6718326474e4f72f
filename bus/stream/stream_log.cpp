#include "bus/stream/stream_log.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "bus/assert.hpp"
#include "bus/stream/frame.hpp"
#include "bus/stream/segment_pool.hpp"

namespace cairn::bus {

StreamLog::StreamLog(SegmentPool& pool, std::uint32_t segments_max)
    : pool_(pool),
      segment_bytes_(pool.segment_bytes()),
      segments_max_(segments_max),
      slot_mask_(std::bit_ceil(std::uint64_t{segments_max}) - 1),
      slots_(std::make_unique<std::atomic<Segment*>[]>(slot_mask_ + 1)) {
  CAIRN_ASSERT(segments_max >= 2);
}

StreamLog::~StreamLog() {
  if (current_ == nullptr) return;
  for (std::uint64_t number = oldest_; number <= current_->number; ++number) {
    // relaxed: only the writer stores here, and readers have ended.
    pool_.give_back(slots_[number & slot_mask_].load(std::memory_order_relaxed));
  }
}

void StreamLog::start_after(std::uint64_t offset) {
  CAIRN_ASSERT(current_ == nullptr);
  next_offset_ = offset + 1;
  // relaxed: the writer is the only one to store it, and the value is all there is to see.
  start_offset_.store(offset, std::memory_order_relaxed);
  // release: as in append(); a reader that sees it sees start_offset_ too. [offset-release]
  last_offset_.store(offset, std::memory_order_release);
}

void StreamLog::append(std::uint64_t offset, std::span<const std::byte> frame) {
  CAIRN_ASSERT(offset > 0 && (next_offset_ == 0 || offset == next_offset_));
  CAIRN_ASSERT(frame.size() <= kFrameBytesMax && frame.size() <= segment_bytes_);
  CAIRN_ASSERT(frame_bytes(frame) == frame.size());
  if (current_ == nullptr) {
    start_segment(0, offset);
  } else if (frame.size() > segment_bytes_ - fill_) {
    start_segment(current_->number + 1, offset);
  }
  std::memcpy(current_->bytes.get() + fill_, frame.data(), frame.size());
  fill_ += frame.size();
  const std::uint64_t end = current_->number * segment_bytes_ + fill_;
  // Filled to its last byte: end is the next segment's start already, and readers will ask `used` of this
  // one, as they never do while their end lies within it.
  if (fill_ == segment_bytes_) current_->used = fill_;
  // release: the frame's bytes, its segment's slot and `used` of the segments before are visible.
  // [end-release]
  end_.store(end, std::memory_order_release);
  next_offset_ = offset + 1;
  // release: who sees this offset sees an end behind its frame. [offset-release]
  last_offset_.store(offset, std::memory_order_release);
}

void StreamLog::start_segment(std::uint64_t number, std::uint64_t offset) {
  if (current_ != nullptr) {
    // A full one has it already, and readers may be looking.
    if (fill_ != segment_bytes_) current_->used = fill_;
    if (number - oldest_ == segments_max_) drop_oldest();
  }
  Segment* segment = pool_.take();
  segment->number = number;
  segment->first_offset = offset;
  // release: a reader that finds the pointer sees the segment's number and first offset. [slot-release]
  slots_[number & slot_mask_].store(segment, std::memory_order_release);
  current_ = segment;
  fill_ = 0;
}

void StreamLog::drop_oldest() {
  std::atomic<Segment*>& slot = slots_[oldest_ & slot_mask_];
  // relaxed: only the writer stores here.
  Segment* oldest = slot.load(std::memory_order_relaxed);
  ++oldest_;
  // release: it makes nothing visible but the window itself; the segment waits for every core's
  // acknowledge(). [begin-release]
  begin_.store(oldest_ * segment_bytes_, std::memory_order_release);
  // relaxed: unlinking shows nothing; that it is seen in time is the work of [epoch-release] in retire().
  slot.store(nullptr, std::memory_order_relaxed);
  pool_.retire(oldest);
}

std::uint64_t StreamLog::end() const noexcept {
  // acquire pairs with [end-release].
  return end_.load(std::memory_order_acquire);
}

std::uint64_t StreamLog::begin() const noexcept {
  // acquire pairs with [begin-release].
  return begin_.load(std::memory_order_acquire);
}

std::uint64_t StreamLog::last_offset() const noexcept {
  // acquire pairs with [offset-release].
  return last_offset_.load(std::memory_order_acquire);
}

StreamLog::Readable StreamLog::readable(std::uint64_t number, std::uint64_t end) const noexcept {
  // acquire pairs with [slot-release].
  const Segment* segment = slots_[number & slot_mask_].load(std::memory_order_acquire);
  if (segment == nullptr || segment->number != number) return {};
  if (end / segment_bytes_ == number) return {segment, static_cast<std::size_t>(end % segment_bytes_)};
  return {segment, segment->used};
}

StreamLog::Slice StreamLog::read(std::uint64_t position, std::span<iovec> out,
                                 std::size_t bytes_max) const noexcept {
  const std::uint64_t last = end();
  Slice slice{.count = 0, .bytes = 0, .next = position};
  while (slice.next < last && slice.bytes < bytes_max && slice.count < out.size()) {
    const std::uint64_t number = slice.next / segment_bytes_;
    const Readable part = readable(number, last);
    if (part.segment == nullptr) break;
    const std::size_t from = slice.next % segment_bytes_;
    if (from >= part.bytes) {
      slice.next = (number + 1) * segment_bytes_;
      continue;
    }
    const std::size_t bytes = std::min(part.bytes - from, bytes_max - slice.bytes);
    out[slice.count++] = iovec{.iov_base = part.segment->bytes.get() + from, .iov_len = bytes};
    slice.bytes += bytes;
    slice.next += bytes;
  }
  return slice;
}

StreamLog::Window StreamLog::window_through(std::uint64_t offset) const {
  const std::uint64_t last = end();
  const std::optional<std::uint64_t> behind = last == 0 ? std::nullopt : position_after(offset);
  Window window;
  if (!behind) return window;
  for (std::uint64_t number = begin() / segment_bytes_; number * segment_bytes_ < *behind; ++number) {
    const Readable part = readable(number, last);
    if (part.segment == nullptr) {
      // It has left the window just now, and so have those before.
      window.frames.clear();
      continue;
    }
    if (window.frames.empty()) window.first_offset = part.segment->first_offset;
    const std::uint64_t bytes = std::min<std::uint64_t>(part.bytes, *behind - number * segment_bytes_);
    window.frames.emplace_back(part.segment->bytes.get(), static_cast<std::size_t>(bytes));
  }
  return window;
}

std::uint64_t StreamLog::advance(std::uint64_t position, std::size_t bytes) const noexcept {
  const std::uint64_t last = end();
  while (bytes > 0 && position < last) {
    const std::uint64_t number = position / segment_bytes_;
    const Readable part = readable(number, last);
    if (part.segment == nullptr) break;
    const std::size_t from = position % segment_bytes_;
    if (from >= part.bytes) {
      position = (number + 1) * segment_bytes_;
      continue;
    }
    const std::size_t step = std::min(part.bytes - from, bytes);
    position += step;
    bytes -= step;
  }
  return position;
}

std::uint64_t StreamLog::boundary_before(std::uint64_t from, std::uint64_t position) const noexcept {
  const std::uint64_t last = end();
  const std::uint64_t number = position / segment_bytes_;
  // A segment starts with a frame, so no segment before this one matters.
  std::uint64_t boundary = std::max(from, number * segment_bytes_);
  const Readable part = readable(number, last);
  if (part.segment == nullptr) return boundary;
  std::size_t at = boundary % segment_bytes_;
  while (at < part.bytes) {
    const std::uint64_t frame = frame_bytes({part.segment->bytes.get() + at, part.bytes - at});
    CAIRN_ASSERT(frame > 0);
    if (boundary + frame > position) break;
    boundary += frame;
    at += frame;
  }
  return boundary;
}

std::optional<std::uint64_t> StreamLog::position_after(std::uint64_t offset) const noexcept {
  const std::uint64_t last = end();
  if (last == 0) {
    // relaxed: see start_after().
    if (offset == start_offset_.load(std::memory_order_relaxed)) return 0;
    return std::nullopt;
  }
  // The end was read first: the segments up to it exist, unless they have left the window meanwhile.
  const std::uint64_t oldest = begin() / segment_bytes_;
  const std::uint64_t newest = (last - 1) / segment_bytes_;
  if (oldest > newest) return std::nullopt;
  // The newest segment whose first offset is not above the wanted one, which is offset + 1.
  std::uint64_t low = oldest;
  std::uint64_t high = newest;
  while (low < high) {
    const std::uint64_t middle = low + (high - low + 1) / 2;
    const Readable part = readable(middle, last);
    if (part.segment != nullptr && part.segment->first_offset > offset + 1) {
      high = middle - 1;
    } else {
      low = middle;
    }
  }
  const Readable part = readable(low, last);
  if (part.segment == nullptr || part.segment->first_offset > offset + 1) return std::nullopt;
  std::size_t at = 0;
  std::uint64_t next = part.segment->first_offset;
  while (next <= offset && at < part.bytes) {
    const std::uint64_t frame = frame_bytes({part.segment->bytes.get() + at, part.bytes - at});
    CAIRN_ASSERT(frame > 0);
    at += frame;
    ++next;
  }
  if (next <= offset) return std::nullopt;
  return low * segment_bytes_ + at;
}

}  // namespace cairn::bus
