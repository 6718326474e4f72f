// Work that comes to a core from threads that own no ring to it: an intrusive list that never fills and never
// allocates, since a job is in it at most once.
//
// Owner: a Mailbox. Threads: any push, the core takes. Source: a Treiber stack, taken whole and turned round, so that
// no node is ever popped singly and the ABA problem cannot arise.
#pragma once

#include "bus/atomic.hpp"

namespace cairn::bus {

// Something that a core runs once. Whoever pushes it keeps it alive until run_job() was called.
class Job {
 public:
  virtual ~Job() = default;
  virtual void run_job() = 0;

 private:
  friend class JobList;
  Job* next_ = nullptr;
};

class JobList {
 public:
  void push(Job& job) noexcept {
    // relaxed: only a first guess for the exchange below.
    job.next_ = newest_.load(std::memory_order_relaxed);
    // seq_cst [job-list] [park]: makes next_ and what the job refers to visible to the core that takes it, and is
    // ordered before the load in EventCount::notify(). relaxed on failure: only another first guess.
    while (!newest_.compare_exchange_weak(job.next_, &job, std::memory_order_seq_cst,
                                          std::memory_order_relaxed)) {
    }
  }

  // The jobs pushed so far, oldest first, linked by next().
  [[nodiscard]] Job* take() noexcept {
    // acquire [job-list]: pairs with every push whose job is in the list.
    Job* newest = newest_.exchange(nullptr, std::memory_order_acquire);
    Job* oldest = nullptr;
    while (newest != nullptr) {
      Job* older = newest->next_;
      newest->next_ = oldest;
      oldest = newest;
      newest = older;
    }
    return oldest;
  }

  [[nodiscard]] bool empty() const noexcept {
    // seq_cst [park]: the second look of EventCount::park(); pairs with the push before notify().
    return newest_.load(std::memory_order_seq_cst) == nullptr;
  }

  // Must be read before the job is run: it may be pushed again at once.
  static Job* next(const Job& job) noexcept { return job.next_; }

 private:
  Atomic<Job*> newest_{nullptr};
};

}  // namespace cairn::bus
