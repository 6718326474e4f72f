// All streams of a hunt: from a stream's id to its log. The writer makes a log when a stream gets its first
// event; any core finds it without a lock.
//
// A stream id is a number of 32 bits: a kind in the upper four bits, an index below. This room knows only
// that.
//
// Owner: the program. Threads: one writer (the journal's thread); any core calls find(), and acknowledges
// through epochs() once per turn. It must outlive them. Bounds: as many logs per kind as `counts` says, each
// with its kind's window. When full: an id outside is the programmer's error; admission keeps indices below
// the counts.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "bus/stream/reader_epochs.hpp"
#include "bus/stream/segment_pool.hpp"
#include "bus/stream/stream_log.hpp"

namespace cairn::bus {

inline constexpr std::size_t kStreamKinds = 4;

// The window of one kind of stream. Kinds with the same segment size share a pool.
struct StreamWindow {
  std::size_t segment_bytes = 0;
  std::uint32_t segments_max = 0;
};
// Kind 0 goes to everybody and has 32 MiB of past; the others are a team's or a player's.
inline constexpr std::array<StreamWindow, kStreamKinds> kStreamWindows{{{std::size_t{64} * 1024, 512},
                                                                        {std::size_t{16} * 1024, 8},
                                                                        {std::size_t{16} * 1024, 8},
                                                                        {std::size_t{16} * 1024, 8}}};

class StreamSet {
 public:
  StreamSet(const std::array<std::uint32_t, kStreamKinds>& counts, std::size_t cores,
            const std::array<StreamWindow, kStreamKinds>& windows = kStreamWindows);
  ~StreamSet();
  StreamSet(const StreamSet&) = delete;
  StreamSet& operator=(const StreamSet&) = delete;

  // --- writer ---
  // The stream's log, made now if there was none. A new one is empty: call start_after() before readers come,
  // if due.
  [[nodiscard]] StreamLog& log(std::uint32_t id);
  // For metrics: segments made and segments that wait for cores, over all pools.
  [[nodiscard]] std::size_t segments_allocated() const;
  [[nodiscard]] std::size_t segments_waiting() const;

  // --- readers ---
  // The stream's log, or nothing if it never had an event.
  [[nodiscard]] const StreamLog* find(std::uint32_t id) const noexcept;
  [[nodiscard]] ReaderEpochs& epochs() { return epochs_; }

 private:
  struct Kind {
    std::uint32_t count = 0;
    StreamWindow window;
    SegmentPool* pool = nullptr;
    std::unique_ptr<std::atomic<StreamLog*>[]> logs;
  };

  ReaderEpochs epochs_;
  std::array<std::unique_ptr<SegmentPool>, kStreamKinds> pools_;
  std::array<Kind, kStreamKinds> kinds_;
};

}  // namespace cairn::bus
