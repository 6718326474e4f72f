// The work of the bus benchmark is the same bytes for everybody, and each profile offers what it says. Broken
// here: the seed, the rates, the files.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>

#include "tools/bench/workload/profiles.hpp"
#include "tools/bench/workload/work.hpp"

using namespace cairn::workload;

namespace {

constexpr std::int64_t kSecond_ns = 1'000'000'000;

struct ScratchFile {
  ScratchFile()
      : path(std::filesystem::temp_directory_path() / ("cairn-schedule-" + std::to_string(::getpid()))) {}
  ~ScratchFile() { std::filesystem::remove(path); }
  std::string bytes() const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>{in}, {}};
  }
  std::filesystem::path path;
};

std::string file_of(std::string_view profile, const Parameters& parameters) {
  const ScratchFile file;
  save(make(profile, parameters), file.path);
  return file.bytes();
}

auto between(std::int64_t from_ns, std::int64_t to_ns) {
  return [=](const Record& record) { return record.intended_ns >= from_ns && record.intended_ns < to_ns; };
}

}  // namespace

TEST_CASE("a seed gives the same bytes every time, and another seed gives others") {
  for (const std::string_view profile : profiles()) {
    CAPTURE(profile);
    const Parameters parameters{.seed = 7, .seconds = 1, .warm_seconds = 0};
    const std::string bytes = file_of(profile, parameters);
    CHECK(bytes == file_of(profile, parameters));
    CHECK(bytes != file_of(profile, {.seed = 8, .seconds = 1, .warm_seconds = 0}));
  }
}

TEST_CASE("the sums of a seed never change: figures of another day are of the same work") {
  const Sums sums = expected(make("spike", {.seed = 1, .seconds = 1, .warm_seconds = 0}));
  CHECK(sums.events == 42'000);
  CHECK(sums.triggers == 8'000);
  CHECK(sums.follow_ups == 4'221);
  CHECK(sums.checksum == 0x92f83e0114d9ca12);
  CHECK(sums.trigger_checksum == 0x01a7cfefa100edb6);
}

TEST_CASE("a file is read back as it was written") {
  const ScratchFile file;
  const Schedule written = make("spike", {.seconds = 1, .districts = 30, .teams = 77, .payload_bytes = 100});
  save(written, file.path);
  const Schedule read = load(file.path);
  CHECK(read.profile == "spike");
  CHECK(read.seed == written.seed);
  CHECK(read.duration_ns == 2 * kSecond_ns);
  CHECK(read.warm_events == 50'000);
  CHECK(read.districts == 30);
  CHECK(read.teams == 77);
  CHECK(read.opening == 29);
  CHECK(read.text_bytes == written.text_bytes);
  CHECK(read.records == written.records);
}

TEST_CASE("a file that is cut short, or is something else, is refused by name") {
  const ScratchFile file;
  save(make("max", {.seconds = 1}), file.path);
  std::filesystem::resize_file(file.path, std::filesystem::file_size(file.path) - 1);
  CHECK_THROWS_WITH((void)load(file.path), doctest::Contains(file.path.c_str()));
  std::ofstream(file.path) << std::string(200, 'x');
  CHECK_THROWS_WITH((void)load(file.path), doctest::Contains("is not a schedule"));
}

TEST_CASE("steady profiles offer their rate in every second, in order of time, to every district") {
  for (const auto& [profile, rate] : {std::pair{"steady-42k", 42'000}, std::pair{"steady-120k", 120'000}}) {
    const Schedule schedule = make(profile, {.seconds = 2});
    const auto& records = schedule.records;
    for (std::int64_t second = 0; second < 3; ++second)
      CHECK(std::count_if(records.begin(), records.end(),
                          between(second * kSecond_ns, (second + 1) * kSecond_ns)) == rate);
    CHECK(schedule.warm_events == static_cast<std::uint64_t>(rate));
    CHECK(std::is_sorted(records.begin(), records.end(),
                         [](const Record& a, const Record& b) { return a.intended_ns < b.intended_ns; }));
    std::set<std::uint16_t> districts;
    for (const Record& record : records) districts.insert(record.district);
    CHECK(districts.size() == 12);
  }
}

TEST_CASE("one event in ten makes a follow-up, for all teams alike") {
  const Schedule schedule = make("steady-120k", {.seconds = 2});
  std::set<std::uint32_t> teams;
  double follow_ups = 0;
  for (const Record& record : schedule.records) {
    if ((record.flags & kFollowUp) == 0) continue;
    ++follow_ups;
    teams.insert(record.team);
  }
  CHECK(follow_ups / static_cast<double>(schedule.records.size()) == doctest::Approx(0.1).epsilon(0.02));
  CHECK(teams.size() == 1'500);
}

TEST_CASE("a burst is 200 ms at 1.2 million a second, to ten districts, and 42,000 a second around it") {
  const auto records = make("burst", {.seconds = 1, .warm_seconds = 0}).records;
  const std::int64_t from_ns = 400'000'000;
  const std::int64_t to_ns = 600'000'000;
  CHECK(std::count_if(records.begin(), records.end(), between(from_ns, to_ns)) == 240'000);
  CHECK(std::count_if(records.begin(), records.end(), between(0, from_ns)) == 16'800);
  CHECK(std::count_if(records.begin(), records.end(), between(to_ns, kSecond_ns)) == 16'800);
  for (const Record& record : records)
    if (between(from_ns, to_ns)(record)) REQUIRE(record.district < 10);
}

TEST_CASE("a spike is 8,000 triggers at one time for the one district that nothing else goes to") {
  const Schedule schedule = make("spike", {.seconds = 2, .warm_seconds = 0});
  std::size_t triggers = 0;
  for (const Record& record : schedule.records) {
    const bool trigger = (record.flags & kTrigger) != 0;
    REQUIRE(trigger == (record.district == schedule.opening));
    if (!trigger) continue;
    ++triggers;
    REQUIRE(record.intended_ns % kSecond_ns == 500'000'000);
  }
  CHECK(triggers == 16'000);
  CHECK(schedule.records.size() == 100'000);
}

TEST_CASE("closed loops have no times, and growth takes the sizes it is given") {
  const Schedule max = make("max", {.seconds = 1});
  CHECK(max.closed_loop());
  CHECK(max.records.size() == 2'000'000);
  const Schedule growth =
      make("growth",
           {.seconds = 1, .warm_seconds = 0, .districts = 10'000, .teams = 150'000, .payload_bytes = 4'096});
  CHECK(growth.closed_loop());
  CHECK(growth.text_of(65).size() == 4'096);
  std::set<std::uint16_t> districts;
  for (const Record& record : growth.records) districts.insert(record.district);
  CHECK(districts.size() == 10'000);
}

TEST_CASE("what cannot be is refused") {
  CHECK_THROWS_AS((void)make("steady-43k", {}), std::invalid_argument);
  CHECK_THROWS_AS((void)make("max", {.seconds = 0}), std::invalid_argument);
  CHECK_THROWS_AS((void)make("spike", {.districts = 1}), std::invalid_argument);
  CHECK_THROWS_AS((void)make("growth", {.districts = 65'536}), std::invalid_argument);
  CHECK_THROWS_AS((void)make("max", {.payload_bytes = 63}), std::invalid_argument);
}

TEST_CASE("a contribution depends on the text, the event and the actor") {
  const Schedule schedule = make("max", {.seconds = 1, .warm_seconds = 0});
  const std::uint64_t one = contribution(schedule.text_of(0), 0, 3);
  CHECK(one != contribution(schedule.text_of(1), 0, 3));
  CHECK(one != contribution(schedule.text_of(0), 1, 3));
  CHECK(one != contribution(schedule.text_of(0), 0, 4));
}
