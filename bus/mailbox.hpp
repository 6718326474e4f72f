// The mailbox of a core: every ring that leads into it, the jobs from elsewhere, and its one wake-up. And the Exchange,
// which holds the mailboxes of all cores and of the journal.
//
// Owner: the Exchange, which outlives every loop. Threads: as each ring says. Bounds: limits.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "bus/assert.hpp"
#include "bus/cell.hpp"
#include "bus/event_count.hpp"
#include "bus/job_list.hpp"
#include "bus/limits.hpp"
#include "bus/ring.hpp"

namespace cairn::bus {

class Mailbox {
 public:
  explicit Mailbox(std::size_t producers) : committed_(kFromJournalRingCells) {
    for (std::size_t i = 0; i < producers * kPriorities; ++i) rings_.push_back(std::make_unique<Ring>(kCommandRingCells));
  }

  // From one core, itself included: it speaks to its own actors through a ring too, so that order is the same.
  [[nodiscard]] Ring& from(std::size_t producer, Priority priority) {
    return *rings_[producer * kPriorities + static_cast<std::size_t>(priority)];
  }
  // From the journal: committed records, replies, marks.
  [[nodiscard]] Ring& committed() { return committed_; }
  [[nodiscard]] JobList& jobs() { return jobs_; }
  [[nodiscard]] EventCount& wake() { return wake_; }

  // Whether there is nothing to do; asked after EventCount::announce().
  [[nodiscard]] bool empty() const {
    for (const auto& ring : rings_)
      if (!ring->empty()) return false;
    return committed_.empty() && jobs_.empty();
  }

 private:
  std::vector<std::unique_ptr<Ring>> rings_;
  Ring committed_;
  JobList jobs_;
  EventCount wake_;
};

class Exchange {
 public:
  explicit Exchange(std::size_t cores) {
    CAIRN_ASSERT(cores > 0 && cores <= kCoresMax);
    for (std::size_t i = 0; i < cores; ++i) {
      mailboxes_.push_back(std::make_unique<Mailbox>(cores));
      to_journal_.push_back(std::make_unique<Ring>(kToJournalRingCells));
    }
  }

  [[nodiscard]] std::size_t cores() const { return mailboxes_.size(); }
  [[nodiscard]] Mailbox& mailbox(std::size_t core) { return *mailboxes_[core]; }
  [[nodiscard]] Ring& to_journal(std::size_t core) { return *to_journal_[core]; }
  [[nodiscard]] EventCount& journal_wake() { return journal_wake_; }

 private:
  std::vector<std::unique_ptr<Mailbox>> mailboxes_;
  std::vector<std::unique_ptr<Ring>> to_journal_;
  EventCount journal_wake_;
};

}  // namespace cairn::bus
