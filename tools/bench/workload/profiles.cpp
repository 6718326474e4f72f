#include "tools/bench/workload/profiles.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace cairn::workload {
namespace {

constexpr std::array<std::string_view, 6> kProfiles{"steady-42k", "steady-120k", "burst",
                                                    "spike",      "max",         "growth"};
constexpr std::int64_t kMillisecondNs = 1'000'000;
constexpr std::uint64_t kFollowUpOneIn = 10;

// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t value = state_;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
  }
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(next() % bound); }

 private:
  std::uint64_t state_;
};

class Writer {
 public:
  Writer(Schedule& schedule, Random& random) : schedule_(schedule), random_(random) {}

  void event(std::int64_t intended_ns, std::uint32_t districts) {
    Record record{.intended_ns = intended_ns,
                  .district = static_cast<std::uint16_t>(random_.below(districts))};
    if (random_.next() % kFollowUpOneIn == 0) {
      record.flags = kFollowUp;
      record.team = random_.below(schedule_.teams);
    }
    schedule_.records.push_back(record);
  }

  void millisecond(std::int64_t at_ms, std::uint32_t per_second, std::uint32_t districts) {
    times_ns_.resize(per_second / 1'000);
    for (std::int64_t& time_ns : times_ns_)
      time_ns = at_ms * kMillisecondNs + random_.below(static_cast<std::uint32_t>(kMillisecondNs));
    std::sort(times_ns_.begin(), times_ns_.end());
    for (const std::int64_t time_ns : times_ns_) event(time_ns, districts);
  }

  void triggers(std::int64_t at_ms) {
    const Record trigger{.intended_ns = at_ms * kMillisecondNs,
                         .district = static_cast<std::uint16_t>(schedule_.opening),
                         .flags = kTrigger};
    schedule_.records.insert(schedule_.records.end(), kSpikeTriggers, trigger);
  }

 private:
  Schedule& schedule_;
  Random& random_;
  std::vector<std::int64_t> times_ns_;
};

void write_open_loop(Schedule& schedule, Random& random, std::int64_t warm_ms) {
  Writer writer{schedule, random};
  const bool burst = schedule.profile == "burst";
  const bool spike = schedule.profile == "spike";
  const std::uint32_t steady = schedule.profile == "steady-120k" ? 120'000 : kSteadyPerSecond;
  if (spike) schedule.opening = schedule.districts - 1;
  const std::uint32_t districts = spike ? schedule.districts - 1 : schedule.districts;
  for (std::int64_t at_ms = 0; at_ms < schedule.duration_ns / kMillisecondNs; ++at_ms) {
    if (at_ms == warm_ms) schedule.warm_events = schedule.records.size();
    const std::int64_t of_second = at_ms % 1'000;
    if (spike && of_second == kSpikeAtMs) writer.triggers(at_ms);
    if (burst && of_second >= kBurstFromMs && of_second < kBurstToMs)
      writer.millisecond(at_ms, kBurstPerSecond, std::min(kBurstDistricts, districts));
    else
      writer.millisecond(at_ms, steady, districts);
  }
}

void write_closed_loop(Schedule& schedule, Random& random, const Parameters& parameters) {
  Writer writer{schedule, random};
  schedule.warm_events = std::uint64_t{parameters.warm_seconds} * kClosedLoopPerSecond;
  const std::uint64_t events =
      schedule.warm_events + std::uint64_t{parameters.seconds} * kClosedLoopPerSecond;
  schedule.records.reserve(events);
  for (std::uint64_t i = 0; i < events; ++i) writer.event(0, schedule.districts);
}

void check(std::string_view profile, const Parameters& parameters) {
  const auto refuse = [](const std::string& why) { throw std::invalid_argument(why); };
  if (std::find(kProfiles.begin(), kProfiles.end(), profile) == kProfiles.end())
    refuse("there is no profile '" + std::string{profile} + "'");
  if (parameters.seconds == 0 || parameters.seconds + parameters.warm_seconds > 3'600)
    refuse("a schedule lasts at least a second and at most an hour");
  if (parameters.districts < 2 || parameters.districts > 65'535) refuse("districts: 2 to 65535");
  if (parameters.teams == 0 || parameters.teams > 10'000'000) refuse("teams: 1 to 10000000");
  if (parameters.payload_bytes < 64 || parameters.payload_bytes > 65'536) refuse("bytes: 64 to 65536");
}

}  // namespace

std::span<const std::string_view> profiles() { return kProfiles; }

Schedule make(std::string_view profile, const Parameters& parameters) {
  check(profile, parameters);
  Random random{parameters.seed};
  Schedule schedule;
  schedule.profile = profile;
  schedule.seed = parameters.seed;
  schedule.districts = parameters.districts;
  schedule.teams = parameters.teams;
  schedule.payload_bytes = parameters.payload_bytes;
  schedule.texts = kTexts;
  schedule.text_bytes.resize(std::size_t{kTexts} * parameters.payload_bytes);
  // Letters, since some communities would carry text.
  for (std::byte& byte : schedule.text_bytes) byte = static_cast<std::byte>('a' + random.below(26));
  if (profile == "max" || profile == "growth") {
    write_closed_loop(schedule, random, parameters);
  } else {
    schedule.duration_ns =
        std::int64_t{parameters.warm_seconds + parameters.seconds} * 1'000 * kMillisecondNs;
    write_open_loop(schedule, random, std::int64_t{parameters.warm_seconds} * 1'000);
  }
  return schedule;
}

}  // namespace cairn::workload
