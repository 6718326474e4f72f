#include "tests/world/runs.hpp"

#include <charconv>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "bus/random.hpp"

namespace cairn::story {

namespace {

constexpr std::uint64_t kSeeds = 4;
constexpr std::int64_t kNsPerMs = 1'000'000;

std::uint64_t seed = 1;
bool has_failed = false;

std::optional<std::uint64_t> number_of(const char* variable) {
  const char* text = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): a story is one thread
  if (text == nullptr) return std::nullopt;
  const std::string_view digits{text};
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

}  // namespace

Sky sky_of(std::uint64_t of_seed) {
  if (of_seed <= 1) return {{}, "calm"};
  bus::SeededRandom random{of_seed};
  // Up to what a bad mobile network does, and below what deadlines of seconds would notice.
  const auto worst_ms = static_cast<std::int64_t>(1 + random.next() % 150);
  const auto best_ms = static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(worst_ms));
  return {{.delay_ns_min = best_ms * kNsPerMs, .delay_ns_max = worst_ms * kNsPerMs},
          "delays of " + std::to_string(best_ms) + " to " + std::to_string(worst_ms) + " ms"};
}

std::uint64_t seed_of_run() { return number_of("CAIRN_SEED").value_or(seed); }

std::string replay_command() {
  const doctest::ContextOptions* options = doctest::getContextOptions();
  std::string name =
      options == nullptr || options->currentTest == nullptr ? "" : options->currentTest->m_name;
  // A comma would end doctest's filter and an apostrophe the shell's word.
  for (char& c : name)
    if (c == ',' || c == '\'' || c == '"') c = '?';
  return "CAIRN_SEED=" + std::to_string(seed_of_run()) + " build/release/tests/test_scenarios -tc='" + name +
         "'";
}

void note_failure() { has_failed = true; }

void tell(void (*story)()) {
  const bool is_one = number_of("CAIRN_SEED").has_value();
  const std::uint64_t seeds = is_one ? 1 : number_of("CAIRN_SEEDS").value_or(kSeeds);
  has_failed = false;
  for (std::uint64_t run = 1; run <= seeds && !has_failed; ++run) {
    seed = run;
    story();
  }
  seed = 1;
}

}  // namespace cairn::story
