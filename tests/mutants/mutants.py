"""The mutants: one fault each, planted into the text of bus/. A mutant is a list of (text, text instead), each of which
must stand in its file exactly once, however it is broken into lines, so that a mutant cannot lose its place without
anybody noticing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str
    edits: tuple[tuple[str, str], ...]


def mutant(name, file, *edits):
    return Mutant(name, f"bus/{file}", tuple(edits))


RING, EVENT_COUNT, JOB_LIST, MAILBOX, OUTLET = (
    "ring.hpp", "event_count.hpp", "job_list.hpp", "mailbox.hpp", "outlet.cpp")

MUTANTS = [
    # --- the ring's orders ---
    mutant("tail stored relaxed", RING,
           ("tail_.store(claimed_, std::memory_order_seq_cst)", "tail_.store(claimed_, std::memory_order_relaxed)")),
    mutant("tail stored with release only", RING,
           ("tail_.store(claimed_, std::memory_order_seq_cst)", "tail_.store(claimed_, std::memory_order_release)")),
    mutant("tail loaded relaxed", RING,
           ("return tail_.load(std::memory_order_acquire)", "return tail_.load(std::memory_order_relaxed)")),
    mutant("second look loads the tail with acquire only", RING,
           ("read_ == tail_.load(std::memory_order_seq_cst)", "read_ == tail_.load(std::memory_order_acquire)")),
    mutant("head stored relaxed", RING,
           ("head_.store(at_, std::memory_order_release)", "head_.store(at_, std::memory_order_relaxed)")),
    mutant("head loaded relaxed", RING,
           ("head_.load(std::memory_order_acquire)", "head_.load(std::memory_order_relaxed)")),
    # --- the ring's arithmetic ---
    mutant("wrap off by one", RING, ("padding = wanted > to_end ?", "padding = wanted > to_end + 1 ?")),
    mutant("padding where the message fits exactly", RING,
           ("padding = wanted > to_end ? to_end : 0;", "padding = wanted >= to_end ? to_end - 1 : 0;")),
    mutant("padding counted a cell short", RING,
           ("static_cast<std::uint16_t>(padding);", "static_cast<std::uint16_t>(padding - 1);")),
    mutant("padding not asked room for", RING, ("has_room(wanted + padding)", "has_room(wanted)")),
    mutant("room for one cell too many", RING,
           ("if (claimed_ + cells - cached_head_ <= cells_.capacity())",
            "if (claimed_ + cells - cached_head_ <= cells_.capacity() + 1)")),
    # --- who has which cells when ---
    mutant("handed over before it is written", RING,
           ("    return {*this, head, claimed_, wanted};",
            "    claimed_ += wanted;\n    tail_.store(claimed_, std::memory_order_seq_cst);\n"
            "    return {*this, head, claimed_ - wanted, wanted};"),
           ("claim.producer_ == this && claim.first_ == claimed_ &&", "claim.producer_ == this &&"),
           ("    claimed_ += claim.cells_;\n", "")),
    mutant("handed over but not told", RING,
           ("    tail_.store(claimed_, std::memory_order_seq_cst);\n    return true;",
            "    tail_.store(claimed_, std::memory_order_seq_cst);\n    return false;")),
    mutant("cells given back before they are read", RING,
           ("  std::size_t taken = 0;\n", "  std::size_t taken = 0;\n"
            "  if (messages_max > 0) consumer_->head_.store(mark, std::memory_order_release);\n")),
    mutant("cells never given back", RING, ("  consumer_->head_.store(at_, std::memory_order_release);\n", "")),
    mutant("a declined message is given back", RING,
           ("      if (!f(message)) break;\n",
            "      if (!f(message)) {\n        at_ += head.cells;\n        break;\n      }\n")),
    mutant("a batch forgets how far it came", RING, ("  consumer_->read_ = at_;\n", "")),
    # --- the event count ---
    mutant("announced with release only", EVENT_COUNT,
           ("parked_.store(1, std::memory_order_seq_cst)", "parked_.store(1, std::memory_order_release)")),
    mutant("announcement looked for with acquire only", EVENT_COUNT,
           ("parked_.load(std::memory_order_seq_cst)", "parked_.load(std::memory_order_acquire)")),
    mutant("no second look before the wait", EVENT_COUNT, ("waits = nothing_to_do();", "waits = true || nothing_to_do();")),
    mutant("second look before the announcement", EVENT_COUNT,
           ("parked_.store(1, std::memory_order_seq_cst);",
            "const bool waits = nothing_to_do();\n    parked_.store(1, std::memory_order_seq_cst);"),
           ("const bool waits = nothing_to_do();\n    if (waits)", "if (waits)")),
    mutant("eventfd not written", EVENT_COUNT, ("!= 0) wake_fd_.signal();", "!= 0) return;")),
    mutant("eventfd written by the second waker only", EVENT_COUNT,
           ("parked_.exchange(0, std::memory_order_relaxed) != 0)", "parked_.exchange(0, std::memory_order_relaxed) == 0)")),
    mutant("eventfd drained only if a waker came", EVENT_COUNT,
           ("    parked_.store(0, std::memory_order_relaxed);\n",
            "    const bool woken = parked_.exchange(0, std::memory_order_relaxed) == 0;\n"),
           ("if (waits) wake_fd_.drain();", "if (woken) wake_fd_.drain();")),
    mutant("eventfd never drained", EVENT_COUNT, ("    if (waits) wake_fd_.drain();\n", "")),
    mutant("eventfd drained before the wait", EVENT_COUNT,
           ("    if (waits) wait(wake_fd_.fd());\n", "    if (waits) {\n      wake_fd_.drain();\n      wait(wake_fd_.fd());\n    }\n")),
    # --- the job list ---
    mutant("job pushed with release only", JOB_LIST,
           ("&job, std::memory_order_seq_cst, std::memory_order_relaxed", "&job, std::memory_order_release, std::memory_order_relaxed")),
    mutant("job pushed relaxed", JOB_LIST,
           ("&job, std::memory_order_seq_cst, std::memory_order_relaxed", "&job, std::memory_order_relaxed, std::memory_order_relaxed")),
    mutant("jobs taken relaxed", JOB_LIST,
           ("newest_.exchange(nullptr, std::memory_order_acquire)", "newest_.exchange(nullptr, std::memory_order_relaxed)")),
    mutant("jobs taken in two steps", JOB_LIST,
           ("Job* newest = newest_.exchange(nullptr, std::memory_order_acquire);",
            "Job* newest = newest_.load(std::memory_order_acquire);\n    newest_.store(nullptr, std::memory_order_relaxed);")),
    mutant("second look at jobs with acquire only", JOB_LIST,
           ("newest_.load(std::memory_order_seq_cst) == nullptr", "newest_.load(std::memory_order_acquire) == nullptr")),
    # --- the mailbox ---
    mutant("second look forgets the jobs", MAILBOX,
           ("return committed_->empty() && jobs_.empty();", "return committed_->empty();")),
    mutant("second look forgets the journal's ring", MAILBOX,
           ("return committed_->empty() && jobs_.empty();", "return jobs_.empty();")),
    mutant("wake-up before the job is pushed", MAILBOX,
           ("    jobs_.push(job);\n    wake_.notify();\n", "    wake_.notify();\n    jobs_.push(job);\n")),
    mutant("wake-up before the record is handed over", MAILBOX,
           ("    if (to_[core]->flush()) reader.notify();", "    reader.notify();\n    static_cast<void>(to_[core]->flush());")),
    mutant("wake-up before the message is handed over", OUTLET,
           ("    bool any = false;\n", "    bool any = false;\n    if (end.wake != nullptr) end.wake->notify();\n"),
           ("    if (any && end.wake != nullptr) end.wake->notify();\n", "    static_cast<void>(any);\n")),
    mutant("only the last priority's messages wake", OUTLET, ("any |= ring->flush();", "any = ring->flush();")),
    mutant("a merged item is not handed over", OUTLET,
           ("      ring.publish(std::move(claim));\n      touched_ |= std::uint64_t{1} << core;\n", "      ring.publish(std::move(claim));\n")),
    mutant("second look forgets the other cores' rings", MAILBOX,
           ("if (!ring->empty()) return false;\n    return committed_", "if (ring == nullptr) return false;\n    return committed_")),
]
