#include "tools/cairn/replay.hpp"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "actors/messages/state_bytes.hpp"
#include "bus/journal/store.hpp"
#include "bus/journal/system_files.hpp"
#include "bus/random.hpp"
#include "config/load/loader.hpp"
#include "net/protocol/json_writer.hpp"
#include "tools/cairn/data_directory.hpp"
#include "tools/cairn/fail.hpp"
#include "tools/cairn/house.hpp"
#include "tools/replay/moment.hpp"
#include "tools/replay/rescore_report.hpp"
#include "tools/replay/rescorer.hpp"
#include "tools/replay/verifier.hpp"

namespace cairn::tools {

namespace {

constexpr std::size_t kRowsTold = 20;
constexpr std::uint64_t kToTheEnd = std::numeric_limits<std::uint64_t>::max();

struct ReplayOptions {
  std::string data;
  std::string hunt;
  std::string with;         // a folder with another revision of the hunt
  std::string corrections;  // a file to write what it would give
  std::uint64_t until = kToTheEnd;
  bool verify = false;
  bool json = false;
};

unsigned long long wide(std::uint64_t number) { return number; }

Result<std::shared_ptr<const config::Hunt>> load(const std::string& folder) {
  const config::LoadedHunt loaded = config::load_hunt(folder);
  for (const config::Diagnostic& finding : loaded.diagnostics)
    if (finding.severity == config::Severity::kError)
      std::fprintf(stderr, "%s\n", config::format(finding, folder).c_str());
  if (!loaded.hunt) return failure("the hunt in " + folder + " has errors: see above");
  return loaded.hunt;
}

Result<std::shared_ptr<const config::Hunt>> hunt_of(const ReplayOptions& options) {
  if (options.hunt.empty()) return kept_hunt(options.data);
  auto hunt = load(options.hunt);
  if (!hunt) return hunt;
  if (const auto same = check_revision(options.data, (*hunt)->content_hash); !same) return same.error();
  return hunt;
}

// The hunt's journal, or a rehearsal's of it.
Result<std::unique_ptr<bus::Store>> open_store(const ReplayOptions& options, const config::Hunt& hunt) {
  auto store = bus::Store::open_unproved(bus::system_files(), bus::system_random(), options.data, {});
  if (!store || (*store)->identity() == identity_of(hunt, false) ||
      (*store)->identity() == identity_of(hunt, true))
    return store;
  return failure(options.data + " holds the hunt \"" + (*store)->identity() + "\", not \"" + hunt.id + "\"");
}

// Those that are of this journal, and not behind what is folded.
std::optional<bus::Checkpoint> checkpoint_of(const ReplayOptions& options, const config::Hunt& hunt,
                                             bus::Store& store) {
  auto loaded =
      bus::Checkpoint::load(bus::system_files(), options.data,
                            {.state_version = actors::kStateVersion, .content_hash = hunt.content_hash});
  if (!loaded) {
    std::fprintf(stderr, "cairn: the checkpoint is not compared: %s\n", loaded.error().message.c_str());
    return std::nullopt;
  }
  const bool is_of_use = loaded->mark().sequence > 0 && store.holds(loaded->mark());
  return is_of_use ? std::optional{*std::move(loaded)} : std::nullopt;
}

std::optional<LastState> last_state_of(const ReplayOptions& options, bus::Store& store) {
  std::optional<LastState> last = read_last_state(bus::system_files(), options.data);
  if (last && last->mark.sequence > 0 && !store.holds(last->mark)) last.reset();
  return last;
}

std::string told(const char* what, const std::optional<replay::Verification::Comparison>& comparison) {
  if (!comparison) return std::string{"no "} + what + " to compare with\n";
  return std::string{what} + " after entry " + std::to_string(comparison->sequence) + ": " +
         (comparison->is_same ? "the same\n" : "NOT the same\n");
}

void tell_verified(const replay::Verification& found) {
  for (const std::string& problem : found.problems) std::printf("%s\n", problem.c_str());
  if (found.problem_count > found.problems.size())
    std::printf("and %llu more problems\n", wide(found.problem_count - found.problems.size()));
  std::printf("%s%s", told("checkpoint", found.checkpoint).c_str(),
              told("state at the last clean stop", found.last_state).c_str());
  std::printf("%s: %llu entries by the rules, %llu events at their offsets, the scores of %llu teams\n",
              found.problem_count == 0 ? "verified" : "NOT verified", wide(found.entries), wide(found.events),
              wide(found.teams));
}

void write_comparison(net::JsonWriter& json, const char* name,
                      const std::optional<replay::Verification::Comparison>& comparison) {
  json.key(name);
  if (!comparison) return json.null();
  json.begin_object();
  json.member("sequence", comparison->sequence);
  json.member("same", comparison->is_same);
  json.end_object();
}

struct Replayed {
  std::shared_ptr<const config::Hunt> hunt;
  std::string identity;
  std::uint64_t head = 0;
  double seconds = 0;
  std::unique_ptr<replay::Verifier> verifier;
  replay::Verification found;
  std::optional<replay::Rescore> rescore;  // with --with
  [[nodiscard]] const net::View& view() const { return verifier->fold().view(); }
};

// Every entry is proved; those through --until are folded.
Result<void> fold_all(const ReplayOptions& options, bus::Store& store, Replayed& replayed) {
  std::optional<replay::Rescorer> rescorer;
  if (!options.with.empty()) {
    auto other = load(options.with);
    if (!other) return other.error();
    rescorer.emplace(replayed.hunt, *std::move(other));
  }
  auto proved = store.prove(std::nullopt, [&](const bus::Record& record) -> Result<void> {
    if (record.sequence > options.until) return {};
    const Result<actors::Entry> entry = actors::decode_entry(record.sequence, record.body);
    if (!entry) return entry.error();
    replayed.verifier->take(*entry, record.offsets);
    if (rescorer) rescorer->take(*entry);
    return {};
  });
  if (!proved) return proved;
  replayed.head = store.head();
  if (options.until != kToTheEnd && options.until > replayed.head)
    return failure("--until " + std::to_string(options.until) + ": the journal ends with entry " +
                   std::to_string(replayed.head));
  replayed.found = replayed.verifier->finish();
  if (rescorer) replayed.rescore = rescorer->finish();
  return {};
}

Result<Replayed> replay_all(const ReplayOptions& options) {
  const auto begun = std::chrono::steady_clock::now();
  if (!std::filesystem::exists(std::filesystem::path{options.data} / "journal.db"))
    return failure(options.data + " is no data directory of a hunt: there is no journal.db in it");
  Replayed replayed;
  auto hunt = hunt_of(options);
  if (!hunt) return hunt.error();
  replayed.hunt = *std::move(hunt);
  const auto store = open_store(options, *replayed.hunt);
  if (!store) return store.error();
  replayed.identity = (*store)->identity();
  replayed.verifier = std::make_unique<replay::Verifier>(
      replayed.hunt, checkpoint_of(options, *replayed.hunt, **store), last_state_of(options, **store));
  if (const auto folded = fold_all(options, **store, replayed); !folded) return folded.error();
  replayed.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return replayed;
}

void tell_json(const ReplayOptions& options, const Replayed& replayed) {
  const replay::Verification& found = replayed.found;
  net::TextBuffer buffer;
  net::JsonWriter json(buffer);
  json.begin_object();
  json.member("hunt", replayed.hunt->id);
  json.member("rehearsal", replayed.identity != replayed.hunt->id);
  json.member("head", replayed.head);
  json.member("entries", found.entries);
  json.member("events", found.events);
  json.member("took_ms", static_cast<std::int64_t>(replayed.seconds * 1000));
  json.member("state_hash", found.state_hash);
  if (options.verify) {
    json.member("verified", found.problem_count == 0);
    json.begin_array("problems");
    for (const std::string& problem : found.problems) json.value(problem);
    json.end_array();
    write_comparison(json, "checkpoint", found.checkpoint);
    write_comparison(json, "last_state", found.last_state);
  }
  replay::write_moment(json, replayed.view());
  if (replayed.rescore) replay::write_rescore(json, *replayed.rescore, replayed.view());
  json.end_object();
  std::printf("%s\n", std::string{json.finish()}.c_str());
}

void tell(const ReplayOptions& options, const Replayed& replayed) {
  std::printf("%s: %llu of %llu entries in %.1f s, state %s\n", replayed.identity.c_str(),
              wide(replayed.found.entries), wide(replayed.head), replayed.seconds,
              replayed.found.state_hash.c_str());
  if (options.verify) tell_verified(replayed.found);
  if (replayed.rescore)
    std::fputs(replay::describe(*replayed.rescore, replayed.view(), kRowsTold).c_str(), stdout);
  if (!options.verify && !replayed.rescore)
    std::fputs(replay::describe(replayed.view(), kRowsTold).c_str(), stdout);
}

int run_replay(const ReplayOptions& options) {
  const auto replayed = replay_all(options);
  if (!replayed) return fail(replayed.error().message);
  tell(options, *replayed);
  if (!options.corrections.empty()) {
    const auto written =
        write_private(options.corrections, replay::corrections(*replayed->rescore, *replayed->hunt));
    if (!written) return fail(written.error().message);
  }
  if (options.json) tell_json(options, *replayed);
  return options.verify && replayed->found.problem_count > 0 ? 1 : 0;
}

}  // namespace

void add_replay(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ReplayOptions>();
  CLI::App* command = app.add_subcommand(
      "replay", "Fold a hunt's journal from its first entry: what it amounts to, and whether it holds");
  command
      ->add_option("data", options->data,
                   "The data directory of a hunt that is not being played, or a backup")
      ->required();
  command->add_option("--hunt", options->hunt,
                      "The hunt's folder as it was played; else the files that the data directory keeps");
  command->add_option("--until", options->until, "Through this entry only: the state then");
  command->add_flag(
      "--verify", options->verify,
      "Compare with the rules, the offsets, the checkpoint and the state in which the server stopped");
  CLI::Option* with = command->add_option(
      "--with", options->with, "The folder of another revision: how it would have scored the same guesses");
  command
      ->add_option("--corrections", options->corrections,
                   "Write what teams would gain to this file, for `cairn admin rescore`")
      ->needs(with);
  command->add_flag("--json", options->json, "End with one JSON object on standard output");
  command->callback([options, &exit_code] { exit_code = run_replay(*options); });
}

}  // namespace cairn::tools
