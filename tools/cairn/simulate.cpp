#include "tools/cairn/simulate.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

#include "bus/hex.hpp"
#include "config/load/loader.hpp"
#include "net/protocol/json_writer.hpp"
#include "tools/simulate/minimise.hpp"
#include "tools/simulate/run.hpp"

namespace cairn::tools {

namespace {

using simulate::Plan;
using simulate::RunResult;

struct SimulateOptions {
  std::string hunt = CAIRN_SOURCE_DIR "/config/hunts/harbour";
  std::string faults = "all";
  std::string seeds = "1..100";
  std::size_t steps = 300;
  std::size_t cores = 2;
  double seconds = 0;  // 0: as long as the seeds take
  bool sights = false;
  bool twice = false;
  bool until_failure = false;
  bool json = false;
};

struct Seeds {
  std::uint64_t first = 1;
  std::uint64_t last = 1;
};

Seeds parse_seeds(const std::string& text) {
  Seeds seeds;
  const std::size_t dots = text.find("..");
  try {
    std::size_t used = 0;
    seeds.first = std::stoull(text, &used);
    seeds.last = dots == std::string::npos ? seeds.first : std::stoull(text.substr(dots + 2));
    if (used != std::min(dots, text.size()) || seeds.last < seeds.first) throw std::invalid_argument(text);
  } catch (const std::logic_error&) {
    throw CLI::ValidationError("--seeds", "\"" + text + "\" is no range: write 1..100, or one number");
  }
  return seeds;
}

// Which acts that go wrong may happen; everything that people do may.
std::set<std::string> parse_faults(const std::string& text) {
  std::set<std::string> known;
  for (std::size_t i = 0; i < static_cast<std::size_t>(simulate::Act::kCount); ++i)
    if (const auto act = static_cast<simulate::Act>(i); is_fault(act)) known.insert(name_of(act));
  if (text == "all") return known;
  if (text == "none") return {};
  std::set<std::string> faults;
  std::istringstream names{text};
  for (std::string name; std::getline(names, name, ',');) {
    if (!known.contains(name)) {
      std::string all;
      for (const std::string& one : known) all += " " + one;
      throw CLI::ValidationError("--faults",
                                 "there is no fault \"" + name + "\": all, none, or some of" + all);
    }
    faults.insert(name);
  }
  return faults;
}

class Swarm {
 public:
  Swarm(const SimulateOptions& options, std::shared_ptr<const config::Hunt> hunt)
      : options_(options),
        faults_allowed_(parse_faults(options.faults)),
        run_options_{std::move(hunt), options.cores} {}

  void go(const Seeds& seeds) {
    const auto begun = std::chrono::steady_clock::now();
    const auto elapsed = [&] {
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    };
    for (std::uint64_t seed = seeds.first; seed <= seeds.last; ++seed) {
      if (options_.seconds > 0 && elapsed() > options_.seconds) break;
      one(seed);
      if (options_.until_failure && failed_ > 0) break;
    }
    seconds_ = elapsed();
  }

  int tell() const {
    const std::vector<std::string> unseen = options_.sights ? missing() : std::vector<std::string>{};
    std::fprintf(stderr, "simulate: %llu seeds, %llu failed, %.1f virtual hours in %.1f s\n", wide(seeds_),
                 wide(failed_), static_cast<double>(virtual_ms_) / 3'600'000.0, seconds_);
    for (const std::string& name : unseen)
      std::fprintf(stderr, "simulate: no seed has seen \"%s\": this swarm tests less than it should\n",
                   name.c_str());
    if (options_.json) std::puts(json().c_str());
    return failed_ == 0 && unseen.empty() ? 0 : 1;
  }

 private:
  static unsigned long long wide(std::uint64_t number) { return number; }

  void one(std::uint64_t seed) {
    Plan plan = simulate::make_plan(*run_options_.hunt, seed, options_.steps);
    std::erase_if(plan.steps, [this](const simulate::Step& step) {
      return is_fault(step.act) && !faults_allowed_.contains(name_of(step.act));
    });
    RunResult result = simulate::run(plan, run_options_);
    if (options_.twice && simulate::run(plan, run_options_).state_hash != result.state_hash)
      result.complaints.emplace_back("the same seed gave other bytes the second time");
    ++seeds_;
    virtual_ms_ += result.virtual_ms;
    entries_ += result.entries;
    state_hash_ = (state_hash_ ^ result.state_hash) * 0x100000001b3ULL;
    for (const auto& [name, count] : result.deeds) deeds_[name] += count;
    for (const auto& [name, count] : result.faults) faults_[name] += count;
    for (const auto& [name, count] : result.seen) seen_[name] += count;
    if (result.failed()) tell_failure(plan, result);
  }

  void tell_failure(const Plan& plan, const RunResult& result) {
    if (failed_++ != 0) return;
    first_failing_seed_ = plan.seed;
    constexpr std::size_t kComplaintsTold = 10;
    std::fprintf(stderr, "simulate: seed %llu fails:\n", wide(plan.seed));
    for (std::size_t i = 0; i < result.complaints.size() && i < kComplaintsTold; ++i)
      std::fprintf(stderr, "  %s\n", result.complaints[i].c_str());
    std::fprintf(
        stderr, "  replay: cairn simulate --hunt %s --steps %zu --cores %zu --faults %s --seeds %llu\n",
        options_.hunt.c_str(), options_.steps, options_.cores, options_.faults.c_str(), wide(plan.seed));
    if (!options_.until_failure) tell_shortest(plan);
  }

  void tell_shortest(const Plan& plan) {
    constexpr std::size_t kRunsMax = 400;
    const Plan shortest = simulate::minimise(
        plan, [this](const Plan& part) { return simulate::run(part, run_options_).failed(); }, kRunsMax);
    std::fprintf(stderr, "  it takes %zu of its %zu steps:\n", shortest.steps.size(), plan.steps.size());
    for (const simulate::Step& step : shortest.steps)
      std::fprintf(stderr, "    %s\n", simulate::describe(step, *run_options_.hunt).c_str());
    const RunResult again = simulate::run(shortest, run_options_);
    if (!again.complaints.empty()) std::fprintf(stderr, "  by these: %s\n", again.complaints.front().c_str());
  }

  [[nodiscard]] std::vector<std::string> missing() const {
    std::vector<std::string> names;
    for (const std::string& name : simulate::sights())
      if (!seen_.contains(name)) names.push_back(name);
    return names;
  }

  static void add(net::JsonWriter& json, std::string_view name,
                  const std::map<std::string, std::uint64_t>& counts) {
    json.begin_object(name);
    for (const auto& [what, count] : counts) json.member(what, count);
    json.end_object();
  }

  [[nodiscard]] std::string json() const {
    net::TextBuffer buffer;
    net::JsonWriter json{buffer};
    json.begin_object();
    json.member("seeds", seeds_);
    json.member("failed", failed_);
    json.key("first_failing_seed");
    failed_ == 0 ? json.null() : json.value(first_failing_seed_);
    json.member("virtual_seconds", virtual_ms_ / 1000);
    json.key("seconds");
    json.json(std::to_string(seconds_));
    json.member("entries", entries_);
    add(json, "deeds", deeds_);
    add(json, "faults", faults_);
    add(json, "seen", seen_);
    std::array<std::byte, sizeof state_hash_> hash{};
    for (std::size_t i = 0; i < hash.size(); ++i)
      hash[i] = static_cast<std::byte>(state_hash_ >> (56 - 8 * i));
    json.member("state_hash", std::string_view{bus::hex(hash)});
    json.end_object();
    return std::string{json.finish()};
  }

  const SimulateOptions& options_;
  const std::set<std::string> faults_allowed_;
  simulate::RunOptions run_options_;
  std::uint64_t seeds_ = 0;
  std::uint64_t failed_ = 0;
  std::uint64_t first_failing_seed_ = 0;
  std::uint64_t entries_ = 0;
  std::int64_t virtual_ms_ = 0;
  double seconds_ = 0;
  std::uint64_t state_hash_ = 0xcbf29ce484222325ULL;
  std::map<std::string, std::uint64_t> deeds_;
  std::map<std::string, std::uint64_t> faults_;
  std::map<std::string, std::uint64_t> seen_;
};

int simulate_all(const SimulateOptions& options) {
  const Seeds seeds = parse_seeds(options.seeds);
  const config::LoadedHunt loaded = config::load_hunt(options.hunt);
  if (loaded.hunt == nullptr)
    throw std::runtime_error(options.hunt + " has errors: `cairn check " + options.hunt + "` tells them");
  Swarm swarm{options, loaded.hunt};
  swarm.go(seeds);
  return swarm.tell();
}

}  // namespace

void add_simulate(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<SimulateOptions>();
  CLI::App* command = app.add_subcommand(
      "simulate", "Whole hunts on a virtual clock, with random players and faults, judged by the rules");
  command->add_option("hunt,--hunt", options->hunt, "The hunt's folder")
      ->check(CLI::ExistingDirectory)
      ->capture_default_str();
  command->add_option("--seeds", options->seeds, "A range, 1..100, or one")->capture_default_str();
  command->add_option("--steps", options->steps, "Of each run")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command
      ->add_option("--faults", options->faults, "What may go wrong: all, none, or names with commas between")
      ->capture_default_str();
  command->add_option("--cores", options->cores, "Of the simulated server")
      ->check(CLI::Range(1, 16))
      ->capture_default_str();
  command->add_option("--seconds", options->seconds, "Begin no further seed after so long")
      ->check(CLI::PositiveNumber);
  command->add_flag("--all-sights", options->sights,
                    "Fail unless everything that is to happen in some run did");
  command->add_flag("--twice", options->twice, "Every seed twice: it must give the same bytes");
  command->add_flag("--until-failure", options->until_failure,
                    "Stop at the first seed that fails, without shortening it");
  command->add_flag("--json", options->json, "The last line of standard output is one JSON object");
  command->callback([options, &exit_code] { exit_code = simulate_all(*options); });
}

}  // namespace cairn::tools
