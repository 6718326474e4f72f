#include "tools/bench/ours/bench.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "tools/bench/journal/journal.hpp"
#include "tools/bench/night/restart.hpp"
#include "tools/bench/ours/caf_actors.hpp"
#include "tools/bench/ours/plain_actors.hpp"
#include "tools/bench/ours/runner.hpp"
#include "tools/bench/workload/profiles.hpp"
#include "tools/bench/workload/schedule.hpp"

namespace cairn::bench {

namespace {

struct BenchOptions {
  std::string part;
  std::string schedule;  // a file, or else made from what follows
  std::string profile = "steady-120k";
  std::string mode = "inside";
  std::size_t cores = 2;
  std::size_t inline_bytes = 0;
  workload::Parameters parameters;
  bool json = false;
};

// Everything that was due was handled, once.
bool is_whole(const Run& run, const workload::Schedule& schedule) {
  const workload::Sums whole = workload::expected(schedule);
  return run.sums.checksum == whole.checksum && run.sums.events == whole.events &&
         run.sums.follow_ups == whole.follow_ups && run.sums.triggers + run.merged[1] == whole.triggers;
}

int tell(Run run, const BenchOptions& options, const workload::Schedule& schedule) {
  run.program = "cairn " + options.part;
  const auto wide = [](std::uint64_t number) { return static_cast<unsigned long long>(number); };
  std::fprintf(stderr,
               "%s %s, %s: %llu events, %llu follow-ups, %llu triggers, %llu more of which were merged\n",
               run.program.c_str(), run.mode.c_str(), schedule.profile.c_str(), wide(run.sums.events),
               wide(run.sums.follow_ups), wide(run.sums.triggers), wide(run.merged[1]));
  std::puts(to_json(schedule, run).c_str());
  if (is_whole(run, schedule)) return 0;
  std::fprintf(stderr, "cairn bench: what was handled is not what was sent\n");
  return 1;
}

RunOptions run_options(const BenchOptions& options) {
  return {options.mode == "inside", options.cores, options.inline_bytes};
}

int bench_mailbox(const BenchOptions& options, const workload::Schedule& schedule) {
  const auto make_actors = [&](std::size_t) {
    return std::make_unique<PlainActors>(schedule, options.cores);
  };
  Runner<PlainActors> runner{schedule, run_options(options), make_actors};
  return tell(runner.run(), options, schedule);
}

int bench_bus(const BenchOptions& options, const workload::Schedule& schedule) {
  caf::actor_system_config config;
  // One worker for what is cold, as in the server.
  config.set("scheduler.policy", caf::atom("sharing"));
  config.set("scheduler.max-threads", std::size_t{1});
  caf::actor_system system{config};
  const auto make_actors = [&](std::size_t core) {
    return std::make_unique<CafActors>(schedule, core, options.cores, system);
  };
  Runner<CafActors> runner{schedule, run_options(options), make_actors};
  return tell(runner.run(), options, schedule);
}

int bench(const BenchOptions& options) {
  const workload::Schedule schedule = options.schedule.empty()
                                          ? workload::make(options.profile, options.parameters)
                                          : workload::load(options.schedule);
  if (options.inline_bytes > schedule.payload_bytes)
    throw std::runtime_error("--inline: a payload has only " + std::to_string(schedule.payload_bytes) +
                             " bytes");
  return options.part == "bus" ? bench_bus(options, schedule) : bench_mailbox(options, schedule);
}

}  // namespace

// A part of its own, which takes no schedule.
void add_restart(CLI::App& bench, int& exit_code) {
  auto options = std::make_shared<RestartOptions>();
  options->hunt = CAIRN_SOURCE_DIR "/config/hunts/harbour";
  CLI::App* command =
      bench.add_subcommand("restart", "How long a start takes on a night's journal, made first if need be");
  command->add_option("--data", options->data, "The data directory to start on, or to make")->required();
  command->add_option("--hunt", options->hunt, "The hunt's folder")->capture_default_str();
  command->add_option("--entries", options->entries, "Of a journal that is made")->capture_default_str();
  command->add_option("--seed", options->seed, "Makes the night")->capture_default_str();
  command->add_option("--cores", options->cores, "Shards")->check(CLI::Range(1, 64))->capture_default_str();
  command
      ->add_option("--checkpoint", options->checkpoint,
                   "none: without, from the first entry on; make: let one be made afterwards; else as it is")
      ->check(CLI::IsMember({"none", "make"}));
  command->add_option("--backup", options->backup, "Make one there afterwards (a whole path)");
  command->callback([options, &exit_code] { exit_code = bench_restart(*options); });
}

// The same.
void add_journal(CLI::App& bench, int& exit_code) {
  auto options = std::make_shared<JournalOptions>();
  options->hunt = CAIRN_SOURCE_DIR "/config/hunts/harbour";
  CLI::App* command = bench.add_subcommand(
      "journal", "What an answer costs that is durable before it is told, with group commit and without");
  command->add_option("--data", options->data, "Where a fresh directory is made, on the disk to be measured")
      ->capture_default_str();
  command->add_option("--rates", options->rates, "Answers a second; each is a run")
      ->delimiter(',')
      ->check(CLI::Range(0.1, 1e6))
      ->capture_default_str();
  command->add_option("--seconds", options->seconds, "Of each run")
      ->check(CLI::Range(0.1, 86'400.0))
      ->capture_default_str();
  command->add_option("--hunt", options->hunt, "The hunt's folder")->capture_default_str();
  command->add_option("--teams", options->teams, "At play")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command->add_option("--cores", options->cores, "Shards; otherwise one for each processor")
      ->check(CLI::Range(1, 64));
  command->add_option("--seed", options->seed, "Makes teams, guesses and when they come")
      ->capture_default_str();
  command->add_flag("--json", options->json, "One JSON object instead of tables");
  command->callback([options, &exit_code] { exit_code = bench_journal(*options); });
}

void add_bench(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<BenchOptions>();
  CLI::App* command =
      app.add_subcommand("bench", "One part of the server alone, under a schedule made beforehand");
  command
      ->add_option("part", options->part,
                   "bus: cores, queues and CAF actors; mailbox: cores and queues alone")
      ->check(CLI::IsMember({"bus", "mailbox"}));
  command->add_option("--schedule", options->schedule, "A schedule of bench_workload's, instead of --profile")
      ->check(CLI::ExistingFile);
  std::vector<std::string> profiles;
  for (const std::string_view profile : workload::profiles()) profiles.emplace_back(profile);
  command->add_option("--profile", options->profile, "What is offered")
      ->check(CLI::IsMember(profiles))
      ->capture_default_str();
  command
      ->add_option("--mode", options->mode,
                   "inside: the loops send, as our sockets do; outside: two threads more")
      ->check(CLI::IsMember({"inside", "outside"}))
      ->capture_default_str();
  command->add_option("--cores", options->cores, "Loops")->check(CLI::Range(1, 64))->capture_default_str();
  command->add_option("--seconds", options->parameters.seconds, "How long it is measured")
      ->capture_default_str();
  command->add_option("--seed", options->parameters.seed, "Makes the schedule")->capture_default_str();
  command->add_option("--districts", options->parameters.districts)->capture_default_str();
  command->add_option("--teams", options->parameters.teams)->capture_default_str();
  command->add_option("--bytes", options->parameters.payload_bytes, "Of each payload")->capture_default_str();
  command
      ->add_option(
          "--inline", options->inline_bytes,
          "So many of them travel in the cells, and are read there; the rest, as all else, is interned")
      ->check(CLI::IsMember({0}) | CLI::Range(workload::kReadBytes, bus::kMessageBytesMax))
      ->capture_default_str();
  add_restart(*command, exit_code);
  add_journal(*command, exit_code);
  command->add_flag("--json", options->json,
                    "The last line of standard output is one JSON object (it always is)");
  command->callback([command, options, &exit_code] {
    if (!command->get_subcommands().empty()) return;
    if (options->part.empty()) throw CLI::RequiredError("part");
    exit_code = bench(*options);
  });
}

}  // namespace cairn::bench
