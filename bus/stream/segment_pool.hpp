// Segments of one size: the memory of the stream logs. A retired segment is used again when every reader core
// has acknowledged (ReaderEpochs).
//
// Owner: StreamSet. Threads: the writer only (the journal's thread).
// Bounds: the windows of the logs that share it, and what was retired since the slowest core's last turn.
// When full: it allocates; memory is not given back before the pool ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "bus/stream/reader_epochs.hpp"

namespace cairn::bus {

// Plain members: written by the writer before a release store that publishes them, constant while readable.
struct Segment {
  std::uint64_t number = 0;        // which part of its log it is; set before [slot-release]
  std::uint64_t first_offset = 0;  // of the first frame in it; set before [slot-release]
  std::size_t used = 0;          // bytes of frames, once it is followed by another; set before [end-release]
  std::uint64_t retired_at = 0;  // writer's own
  std::unique_ptr<std::byte[]> bytes;
};

class SegmentPool {
 public:
  SegmentPool(std::size_t segment_bytes, ReaderEpochs& epochs);
  ~SegmentPool();
  SegmentPool(const SegmentPool&) = delete;
  SegmentPool& operator=(const SegmentPool&) = delete;

  [[nodiscard]] std::size_t segment_bytes() const { return segment_bytes_; }
  // Nobody else holds the segment; its bytes are whatever they were.
  [[nodiscard]] Segment* take();
  // Readers may still hold it: it has been unlinked, and no new reader can find it.
  void retire(Segment* segment);
  // No reader can hold it: its log is ending.
  void give_back(Segment* segment);

  // For metrics: all segments ever made, and those that wait for cores.
  [[nodiscard]] std::size_t allocated() const { return all_.size(); }
  [[nodiscard]] std::size_t waiting() const { return retired_.size() - retired_first_; }

 private:
  void reclaim();

  const std::size_t segment_bytes_;
  ReaderEpochs& epochs_;
  std::vector<std::unique_ptr<Segment>> all_;
  std::vector<Segment*> free_;
  std::vector<Segment*> retired_;  // oldest first, from retired_first_ on
  std::size_t retired_first_ = 0;
};

}  // namespace cairn::bus
