// bench_workload: writes the schedule of one profile and prints what its sums must come to.
#include <charconv>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tools/bench/workload/profiles.hpp"
#include "tools/bench/workload/work.hpp"

namespace {

namespace workload = cairn::workload;

constexpr const char* kUsage =
    "usage: bench_workload --profile NAME --out FILE [--seconds 6] [--warm-seconds 1] [--seed 1]\n"
    "                      [--districts 12] [--teams 1500] [--bytes 700]\n"
    "profiles: steady-42k steady-120k burst spike max growth\n";

std::uint32_t number(std::string_view option, std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    throw std::invalid_argument(std::string{option} + " wants a whole number, not '" + std::string{text} +
                                "'");
  return value;
}

int write(int argc, char** argv) {
  workload::Parameters parameters;
  std::string_view profile;
  std::string_view out;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view option = argv[i];
    if (i + 1 == argc) throw std::invalid_argument(std::string{option} + " wants a value");
    const std::string_view value = argv[i + 1];
    if (option == "--profile")
      profile = value;
    else if (option == "--out")
      out = value;
    else if (option == "--seconds")
      parameters.seconds = number(option, value);
    else if (option == "--warm-seconds")
      parameters.warm_seconds = number(option, value);
    else if (option == "--seed")
      parameters.seed = number(option, value);
    else if (option == "--districts")
      parameters.districts = number(option, value);
    else if (option == "--teams")
      parameters.teams = number(option, value);
    else if (option == "--bytes")
      parameters.payload_bytes = number(option, value);
    else
      throw std::invalid_argument("there is no option " + std::string{option});
  }
  if (profile.empty() || out.empty()) throw std::invalid_argument("--profile and --out are needed");
  const workload::Schedule schedule = workload::make(profile, parameters);
  workload::save(schedule, out);
  const workload::Sums sums = workload::expected(schedule);
  std::printf("{\"profile\":\"%s\",\"events\":%" PRIu64 ",\"follow_ups\":%" PRIu64 ",\"triggers\":%" PRIu64
              ",\"checksum\":\"%016" PRIx64 "\",\"trigger_checksum\":\"%016" PRIx64 "\"}\n",
              schedule.profile.c_str(), sums.events, sums.follow_ups, sums.triggers, sums.checksum,
              sums.trigger_checksum);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "--help") == 0) return std::fputs(kUsage, stdout) < 0 ? 1 : 0;
  try {
    return write(argc, argv);
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "bench_workload: %s\n%s", error.what(), kUsage);
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_workload: %s\n", error.what());
    return 1;
  }
}
