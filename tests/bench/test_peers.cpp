// What the C++ peers share does all of the work once, whoever produces and however little room there is, and
// reports what was measured. Broken here: full rings, follow-ups between two full cores, the ranks of
// percentiles.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "tools/bench/peers/bare/rings.hpp"
#include "tools/bench/peers/harness/report.hpp"
#include "tools/bench/peers/harness/run.hpp"
#include "tools/bench/workload/profiles.hpp"

using namespace cairn::bench;
namespace workload = cairn::workload;

namespace {

// A short closed loop.
workload::Schedule work(std::size_t events) {
  workload::Schedule schedule = workload::make("max", {.seconds = 1, .warm_seconds = 0});
  schedule.records.resize(events);
  return schedule;
}

// Ten events a millisecond apart, the last one measured at 10 ms, the first not at all.
workload::Schedule ten_events() {
  workload::Schedule schedule = work(10);
  schedule.profile = "steady-42k";
  schedule.duration_ns = 1'000'000'000;
  schedule.warm_events = 1;
  for (std::size_t i = 0; i < schedule.records.size(); ++i)
    schedule.records[i].intended_ns = static_cast<std::int64_t>(i) * 1'000'000;
  return schedule;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every event and follow-up arrives once, with rings that are full most of the time") {
  const workload::Schedule schedule = work(200'000);
  const workload::Sums whole = workload::expected(schedule);
  for (const bool inside : {true, false}) {
    CAPTURE(inside);
    QueuePerCore<Rings<16>> queues{schedule, inside, 2, 0};
    CHECK(queues.run().sums == whole);
  }
}

TEST_CASE("one core alone, and more cores than the machine may have, do the same work") {
  const workload::Schedule schedule = work(50'000);
  const workload::Sums whole = workload::expected(schedule);
  for (const std::size_t cores : {1U, 5U}) {
    CAPTURE(cores);
    QueuePerCore<Rings<1024>> queues{schedule, true, cores, 0};
    CHECK(queues.run().sums == whole);
  }
}

TEST_CASE("a report has the percentiles of what was recorded, in microseconds") {
  const workload::Schedule schedule = ten_events();
  Samples samples;
  samples.reserve(9);
  for (std::uint32_t sequence = 1; sequence < 10; ++sequence) samples.record(sequence, sequence * 1'000);
  Run run;
  run.to.at_ns = 500'000'000;
  run.events_measured = 9;
  run.samples.push_back(std::move(samples));
  const std::string json = to_json(schedule, run);
  CHECK(contains(json, R"("latency_us":{"p50":5.00,"p90":9.00,"p99":9.00,"p99_9":9.00,"max":9.00})"));
  CHECK(contains(json, R"("others_us":null)"));
  CHECK(contains(json, R"("events_per_second":18,)"));
  CHECK(contains(json, R"("timeline":[[0,9.00,9.00]])"));
}

TEST_CASE("in a spike the others are told apart from the opening district") {
  workload::Schedule schedule = ten_events();
  schedule.opening = 11;
  Samples samples;
  samples.reserve(9);
  for (std::uint32_t sequence = 1; sequence < 10; ++sequence) {
    schedule.records[sequence].district = sequence == 9 ? 11 : 3;
    samples.record(sequence, sequence == 9 ? 70'000 : 2'000);
  }
  Run run;
  run.to.at_ns = 1;
  run.samples.push_back(std::move(samples));
  const std::string json = to_json(schedule, run);
  CHECK(contains(json, R"("max":70.00})"));
  CHECK(contains(json, R"("others_us":{"p50":2.00,"p90":2.00,"p99":2.00,"p99_9":2.00,"max":2.00})"));
}

TEST_CASE("a latency beyond what a sample holds is held at the most, one before its time at zero") {
  Samples samples;
  samples.reserve(2);
  samples.record(0, 1'000'000'000'000);
  samples.record(1, -5);
  CHECK(samples.recorded()[0].latency == 0xffffffff);
  CHECK(samples.recorded()[1].latency == 0);
}
