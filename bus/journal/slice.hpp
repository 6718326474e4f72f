// A stretch of the journal for a thread that has time: asked for by that thread, read by the journal's between two
// commits, and given back whole. The journal's thread only copies the rows; whoever asked proves them.
//
// Owner: who asks; it stays until is_ready(). Threads: ask() and what follows is_ready() on the asker's; the journal's in
// between. Bounds: kSliceRows. When full: the rest is for the next slice.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "bus/event_count.hpp"
#include "bus/job_list.hpp"
#include "bus/journal/row.hpp"

namespace cairn::bus {

class Journal;

class Slice final : public Job {
 public:
  // `asker` is notified when the slice is ready.
  Slice(Journal& journal, EventCount& asker) : journal_(journal), asker_(asker) {}

  // The rows behind entry `behind`. The one before must be ready.
  void ask(std::uint64_t behind);
  // seq_cst [slice-release] [park]: what the journal's thread has put in is visible; and it is the second look of the
  // asker's EventCount::park().
  [[nodiscard]] bool is_ready() const { return ready_.load(std::memory_order_seq_cst); }

  [[nodiscard]] const RowBatch& rows() const { return rows_; }
  // Why nothing could be read.
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  void run_job() override;

  Journal& journal_;
  EventCount& asker_;
  std::uint64_t behind_ = 0;
  RowBatch rows_;
  std::optional<Error> failure_;
  std::atomic<bool> ready_{true};
};

}  // namespace cairn::bus
