// Goal: while one thread's records are committed, other threads ask the journal's for slices over and over, and every row
// that they get is proved: the entry that it claims to be, behind the one before it. Under ThreadSanitizer also: no data
// race in how a slice is handed over and back. Breaks when: an order in Slice, the job list or the event count is
// weakened, rows are given back before they are all there, or a slice that is ready wakes nobody (then it never ends).
#include <doctest/doctest.h>

#include <algorithm>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

#include "bus/core.hpp"
#include "bus/journal/journal.hpp"
#include "bus/journal/slice.hpp"
#include "tests/bus/journal/store_world.hpp"

using namespace cairn;
using namespace cairn::bus;

namespace {

constexpr std::uint64_t kEntries = 4'000;
constexpr std::size_t kAskers = 2;
constexpr std::int64_t kForEverNs = 3'600'000'000'000;  // only a wake-up ends a park
// Not committed yet; so few, that there are hundreds of commits and moments between two.
constexpr std::uint64_t kUnderWay = 8;

std::size_t bytes_of(std::uint64_t sequence) { return 1 + sequence % 300; }
std::byte byte_of(std::uint64_t sequence) { return static_cast<std::byte>(sequence % 251); }

bool is_entry(const Record& record) {
  return record.body.size() == bytes_of(record.sequence) &&
         std::ranges::all_of(record.body, [&](std::byte b) { return b == byte_of(record.sequence); });
}

class NoEvents final : public EventEncoder {
 public:
  void streams_of(std::uint64_t /*sequence*/, std::span<const std::byte> /*body*/,
                  std::vector<std::uint32_t>& /*streams*/) override {}
  std::size_t encode(std::uint64_t /*sequence*/, std::span<const std::byte> /*body*/, std::size_t /*index*/,
                     std::uint64_t /*offset*/, std::span<std::byte> /*out*/) override {
    return 0;
  }
};

// Records one entry after the other, whenever there is room.
class Recorder final : public CoreHandler {
 public:
  Recorder(Core& core, std::latch& left) : core_(core), left_(left) { core.attach(*this); }

  void on_committed(const Message& message) override {
    if (static_cast<FromJournal>(message.head().kind) != FromJournal::kCommitted) return;
    good_ &= message.head().sequence == ++committed_;
    if (committed_ == kEntries) left_.count_down();
  }
  bool on_folded() override { return false; }
  std::size_t queue_of(const Message& /*message*/) override { return 0; }
  bool on_message(const Message& /*message*/) override { return true; }
  bool on_idle_work() override {
    bool any = false;
    const std::uint64_t most = std::min(kEntries, committed_ + kUnderWay);
    for (; recorded_ < most && core_.has_journal_credit(); any = true) {
      const std::uint64_t next = ++recorded_;
      Claim record = core_.claim_record(bytes_of(next));
      record.require_room();
      record.head().kind = static_cast<std::uint16_t>(ToJournal::kEntry);
      record.head().operands[2] = bytes_of(next);
      std::ranges::fill(record.bytes(), byte_of(next));
      core_.publish_record(std::move(record));
    }
    return any;
  }
  std::int64_t park_ns_max() override { return kForEverNs; }
  [[nodiscard]] bool good() const { return good_ && committed_ == kEntries; }

 private:
  Core& core_;
  std::latch& left_;
  std::uint64_t recorded_ = 0;
  std::uint64_t committed_ = 0;
  bool good_ = true;
};

// Asks for what comes behind the last entry that it has proved, until it has proved them all.
class Asker {
 public:
  Asker(Journal& journal, const ChainLink& first) : slice_(journal, wake_), proof_(0, first) {}

  void run() {
    FdPoller poller;
    while (good_ && proof_.head() < kEntries) {
      slice_.ask(proof_.head());
      // Every second one is looked for all the time, so that it is seen the moment that it is said to be ready.
      while (!slice_.is_ready())
        if (slices_ % 2 == 0)
          wake_.park([this] { return !slice_.is_ready(); }, [&](int fd) { poller.park(fd, kForEverNs); });
        else
          std::this_thread::yield();
      ++slices_;
      take();
    }
  }
  [[nodiscard]] bool good() const { return good_ && proof_.head() == kEntries; }
  [[nodiscard]] std::uint64_t slices() const { return slices_; }

 private:
  void take() {
    good_ &= !slice_.failure() && slice_.rows().size() <= kSliceRows;
    for (std::size_t i = 0; good_ && i < slice_.rows().size(); ++i) {
      const auto record = proof_.prove(slice_.rows()[i]);
      good_ = record && is_entry(*record);
    }
  }

  EventCount wake_;
  Slice slice_;
  RowProof proof_;
  std::uint64_t slices_ = 0;
  bool good_ = true;
};

}  // namespace

TEST_CASE(
    "slices that are asked for over and over, while entries are committed, hold each entry once and proved") {
  const TemporaryDirectory directory;
  SeededRandom random(1);
  const auto store = Store::open(system_files(), random, directory / "data", "harbour");
  REQUIRE(store.has_value());
  const SystemClock clock;
  Exchange exchange{1};
  StreamSet streams{{1, 1, 1, 1}, 1};
  NoEvents encoder;
  Journal journal{**store, exchange, streams, encoder, clock, [](const std::string&) {}};
  FdPoller poller;
  Core core{0, exchange, streams.epochs(), 1, clock, poller};
  std::latch left{1};
  Recorder recorder{core, left};
  std::vector<std::unique_ptr<Asker>> askers;
  for (std::size_t i = 0; i < kAskers; ++i)
    askers.push_back(std::make_unique<Asker>(journal, (*store)->first_link()));
  {
    std::jthread journal_thread{[&](const std::stop_token& stop) { journal.run(stop); }};
    std::jthread core_thread{[&](const std::stop_token& stop) { core.run(stop); }};
    {
      std::vector<std::jthread> asking;
      asking.reserve(kAskers);
      for (const auto& asker : askers) asking.emplace_back([&asker] { asker->run(); });
    }
    left.wait();
    core_thread.request_stop();
    core.wake();
    journal_thread.request_stop();
    journal.wake();
  }
  CHECK(recorder.good());
  for (const auto& asker : askers) {
    CHECK(asker->good());
    CHECK(asker->slices() > kEntries / kSliceRows);
  }
  CHECK_FALSE(journal.read_only());
}
