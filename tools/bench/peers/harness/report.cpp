#include "tools/bench/peers/harness/report.hpp"

#include <algorithm>
#include <cinttypes>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <functional>

#include "tools/bench/peers/harness/allocations.hpp"

namespace cairn::bench {
namespace {

constexpr std::int64_t kBinNs = 100'000'000;
constexpr int kCurvePointsPerDecade = 8;

[[gnu::format(printf, 2, 3)]] void append(std::string& out, const char* format, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  out += text;
}

double to_us(std::uint32_t latency) { return static_cast<double>(latency) * Samples::kUnitNs / 1'000.0; }

// Of sorted latencies that are not none: the smallest that `share` of all do not exceed.
double at_share(const std::vector<std::uint32_t>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return to_us(sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1]);
}

void append_percentiles(std::string& out, const char* name, const std::vector<std::uint32_t>& sorted) {
  if (sorted.empty()) {
    append(out, ",\"%s\":null", name);
    return;
  }
  append(out, ",\"%s\":{\"p50\":%.2f,\"p90\":%.2f,\"p99\":%.2f,\"p99_9\":%.2f,\"max\":%.2f}", name,
         at_share(sorted, 0.5), at_share(sorted, 0.9), at_share(sorted, 0.99), at_share(sorted, 0.999),
         to_us(sorted.back()));
}

// Shares that come ever closer to 1, as far as there are samples to tell them apart.
void append_curve(std::string& out, const std::vector<std::uint32_t>& sorted) {
  out += ",\"curve\":[";
  const auto count = static_cast<double>(sorted.size());
  for (int point = 1;; ++point) {
    const double beyond = std::pow(10.0, -static_cast<double>(point) / kCurvePointsPerDecade);
    if (count * beyond < 1) break;
    append(out, "%s[%.7f,%.2f]", point == 1 ? "" : ",", 1 - beyond, at_share(sorted, 1 - beyond));
  }
  out += ']';
}

struct Sorted {
  std::vector<std::uint32_t> all;
  std::vector<std::uint32_t> others;
};

// Latencies by sequence; kMissing where an event was not measured.
constexpr std::uint32_t kMissing = 0xffffffff;
std::vector<std::uint32_t> by_sequence(const workload::Schedule& schedule, const Run& run) {
  std::vector<std::uint32_t> latencies(schedule.records.size(), kMissing);
  for (const Samples& samples : run.samples)
    for (const Samples::Sample& sample : samples.recorded())
      latencies[sample.sequence] = std::min(sample.latency, kMissing - 1);
  return latencies;
}

// Of the latencies from `first` to the first record at or after `until_ns`, the sorted ones; moves `first`
// there.
std::vector<std::uint32_t> bin(const workload::Schedule& schedule,
                               const std::vector<std::uint32_t>& latencies, std::size_t& first,
                               std::int64_t until_ns) {
  std::vector<std::uint32_t> sorted;
  for (; first < latencies.size() && schedule.records[first].intended_ns < until_ns; ++first)
    if (latencies[first] != kMissing && schedule.records[first].district != schedule.opening)
      sorted.push_back(latencies[first]);
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

void append_timeline(std::string& out, const workload::Schedule& schedule,
                     const std::vector<std::uint32_t>& latencies) {
  out += ",\"timeline\":[";
  const char* comma = "";
  std::size_t first = 0;
  for (std::int64_t from_ns = 0; !schedule.closed_loop() && from_ns < schedule.duration_ns;
       from_ns += kBinNs) {
    const auto sorted = bin(schedule, latencies, first, from_ns + kBinNs);
    if (sorted.empty()) continue;
    append(out, "%s[%" PRId64 ",%.2f,%.2f]", comma, from_ns / 1'000'000, at_share(sorted, 0.99),
           to_us(sorted.back()));
    comma = ",";
  }
  out += ']';
}

Sorted sort(const workload::Schedule& schedule, const std::vector<std::uint32_t>& latencies) {
  Sorted sorted;
  for (std::size_t i = 0; i < latencies.size(); ++i) {
    if (latencies[i] == kMissing) continue;
    sorted.all.push_back(latencies[i]);
    if (schedule.opening != workload::kNoDistrict && schedule.records[i].district != schedule.opening)
      sorted.others.push_back(latencies[i]);
  }
  std::sort(sorted.all.begin(), sorted.all.end());
  std::sort(sorted.others.begin(), sorted.others.end());
  return sorted;
}

void append_by_priority(std::string& out, const char* name, const std::array<std::uint64_t, 3>& counts) {
  append(out, ",\"%s\":{\"vital\":%" PRIu64 ",\"normal\":%" PRIu64 ",\"ambient\":%" PRIu64 "}", name,
         counts[0], counts[1], counts[2]);
}

// Where only bytes are counted, no bytes are no allocations, and any others an unknown number.
void append_allocations(std::string& out, const Run& run) {
  if (run.to.allocations != kCountUnknown)
    append(out, ",\"allocations\":%" PRIu64, run.to.allocations - run.from.allocations);
  else
    out +=
        run.to.allocated_bytes == run.from.allocated_bytes ? ",\"allocations\":0" : ",\"allocations\":null";
}

}  // namespace

std::string to_json(const workload::Schedule& schedule, const Run& run) {
  const double seconds = static_cast<double>(run.to.at_ns - run.from.at_ns) * 1e-9;
  std::string out;
  append(out, "{\"program\":\"%s\",\"variant\":\"%s\",\"mode\":\"%s\",\"profile\":\"%s\"",
         run.program.c_str(), run.variant.c_str(), run.mode.c_str(), schedule.profile.c_str());
  append(out, ",\"events\":%" PRIu64 ",\"follow_ups\":%" PRIu64 ",\"triggers\":%" PRIu64, run.sums.events,
         run.sums.follow_ups, run.sums.triggers);
  append_by_priority(out, "merged", run.merged);
  append_by_priority(out, "dropped", run.dropped);
  append(out, ",\"checksum\":\"%016" PRIx64 "\",\"trigger_checksum\":\"%016" PRIx64 "\"", run.sums.checksum,
         run.sums.trigger_checksum);
  append(out, ",\"seconds\":%.3f,\"events_per_second\":%.0f", seconds,
         static_cast<double>(run.events_measured) / seconds);
  append(out, ",\"allocated_bytes_per_second\":%.0f",
         static_cast<double>(run.to.allocated_bytes - run.from.allocated_bytes) / seconds);
  append_allocations(out, run);
  append(out, ",\"cpu_seconds\":%.3f,\"rss_bytes\":%" PRIu64, run.to.cpu_seconds - run.from.cpu_seconds,
         run.resident_bytes);
  const auto latencies = by_sequence(schedule, run);
  const Sorted sorted = sort(schedule, latencies);
  append_percentiles(out, "latency_us", sorted.all);
  append_percentiles(out, "others_us", sorted.others);
  append_timeline(out, schedule, latencies);
  append_curve(out, sorted.others.empty() ? sorted.all : sorted.others);
  out += "}";
  return out;
}

}  // namespace cairn::bench
