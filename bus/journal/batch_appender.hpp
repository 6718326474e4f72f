// Puts entries into a store in transactions of many, copied, for whoever has them one by one and briefly.
//
// Owner: who fills the store, which outlives it. Threads: one at a time. Bounds: kEntriesPerBatch entries are kept.
// When full: they are committed.
#pragma once

#include <cstddef>
#include <vector>

#include "bus/journal/record.hpp"
#include "bus/journal/store.hpp"
#include "bus/result.hpp"

namespace cairn::bus {

inline constexpr std::size_t kEntriesPerBatch = 4'096;

class BatchAppender {
 public:
  explicit BatchAppender(Store& store) : store_(store) {}

  [[nodiscard]] Result<void> add(const Record& record) {
    kept_.push_back({record.sequence,
                     {record.body.begin(), record.body.end()},
                     {record.offsets.begin(), record.offsets.end()}});
    return kept_.size() < kEntriesPerBatch ? Result<void>{} : commit();
  }
  // What is kept, if anything is.
  [[nodiscard]] Result<void> commit() {
    std::vector<Record> records;
    records.reserve(kept_.size());
    for (const Kept& kept : kept_) records.push_back({kept.sequence, kept.body, kept.offsets});
    Result<void> appended = store_.append(records);
    kept_.clear();
    return appended;
  }

 private:
  struct Kept {
    std::uint64_t sequence;
    std::vector<std::byte> body;
    std::vector<StreamOffset> offsets;
  };

  Store& store_;
  std::vector<Kept> kept_;
};

}  // namespace cairn::bus
