// One stream's events as the bytes that go to its sockets: ready frames, one after the other, shared by every
// connection. Appending is the journal's; a connection is only a position in it.
//
// A position counts bytes since the stream began and never goes back. Segment n holds positions n*S to
// (n+1)*S-1; a frame lies in one segment, and what is left of a segment behind its last frame is skipped.
// Offsets count events: the first event of a stream has offset 1.
//
// Readers get pointers into segments; they are good until the core's next ReaderEpochs::acknowledge().
// Between turns a core keeps positions only, and at a turn's start it compares each with begin().
//
// Owner: StreamSet. Threads: one writer (the journal's thread) appends and trims; any core reads within its
// turn. Bounds: `segments_max` segments of S bytes. When full: the oldest segment leaves the window, and a
// reader whose position was in it has missed something and must say so (resync or close).
#pragma once

#include <sys/uio.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace cairn::bus {

class SegmentPool;
struct Segment;

class StreamLog {
 public:
  StreamLog(SegmentPool& pool, std::uint32_t segments_max);
  ~StreamLog();
  StreamLog(const StreamLog&) = delete;
  StreamLog& operator=(const StreamLog&) = delete;

  // --- writer ---
  // Offsets must be dense. The first one appended may be any (the window starts there, after a restart).
  // `frame` is a whole WebSocket frame of at most kFrameBytesMax bytes, and no longer than a segment.
  void append(std::uint64_t offset, std::span<const std::byte> frame);
  // Before any append: the stream's last offset when no event of it is in the window (after a restart).
  void start_after(std::uint64_t offset);

  // --- readers ---
  // Everything before this is readable [end-release pairs with this acquire].
  [[nodiscard]] std::uint64_t end() const noexcept;
  // Positions before this are gone, or will be when every core has acknowledged.
  [[nodiscard]] std::uint64_t begin() const noexcept;
  // Offset of the last event; 0 if there was none.
  [[nodiscard]] std::uint64_t last_offset() const noexcept;
  // Position of the first event after `offset`; nothing if that event has left the window (or never was:
  // offset > last_offset()).
  [[nodiscard]] std::optional<std::uint64_t> position_after(std::uint64_t offset) const noexcept;
  // Fills `out` with the readable bytes from `position` on, at most `bytes_max`; returns how many slots were
  // filled and the position behind them. position must be in [begin(), end()] at the start of this turn.
  // Nothing readable: count 0 and next == position. That is also so when the position left the window within
  // this turn; begin() tells.
  struct Slice {
    std::size_t count = 0;
    std::size_t bytes = 0;
    std::uint64_t next = 0;
  };
  [[nodiscard]] Slice read(std::uint64_t position, std::span<iovec> out,
                           std::size_t bytes_max) const noexcept;
  // The position that `bytes` further readable bytes lead to (they may span segments).
  [[nodiscard]] std::uint64_t advance(std::uint64_t position, std::size_t bytes) const noexcept;
  // The readable bytes from the window's begin through the event with this offset, in as many spans as there are segments;
  // the first frame is of the event first_offset. Nothing: that event has left the window, or there was none in it.
  struct Window {
    std::uint64_t first_offset = 0;
    std::vector<std::span<const std::byte>> frames;
  };
  [[nodiscard]] Window window_through(std::uint64_t offset) const;
  // The last frame boundary at or before `position`, looking forward from the boundary `from`.
  [[nodiscard]] std::uint64_t boundary_before(std::uint64_t from, std::uint64_t position) const noexcept;

 private:
  // A segment that holds position n*S and what is readable of it, given an end that was read before.
  struct Readable {
    const Segment* segment = nullptr;  // nothing: it has left the window
    std::size_t bytes = 0;
  };
  [[nodiscard]] Readable readable(std::uint64_t number, std::uint64_t end) const noexcept;
  void start_segment(std::uint64_t number, std::uint64_t offset);
  void drop_oldest();

  SegmentPool& pool_;
  const std::uint64_t segment_bytes_;
  const std::uint64_t segments_max_;
  const std::uint64_t slot_mask_;
  const std::unique_ptr<std::atomic<Segment*>[]> slots_;

  // The writer's own.
  Segment* current_ = nullptr;
  std::size_t fill_ = 0;  // bytes of frames in current_
  std::uint64_t oldest_ = 0;
  std::uint64_t next_offset_ = 0;  // 0: any

  // Written by the writer, read by all.
  std::atomic<std::uint64_t> end_{0};
  std::atomic<std::uint64_t> begin_{0};
  std::atomic<std::uint64_t> last_offset_{0};
  std::atomic<std::uint64_t> start_offset_{0};
};

}  // namespace cairn::bus
