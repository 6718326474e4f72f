#include "tools/bench/journal/report.hpp"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <optional>

#include "net/protocol/json_writer.hpp"

namespace cairn::bench {

namespace {

[[gnu::format(printf, 1, 2)]] std::string text_of(const char* format, ...) {
  char text[256];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return text;
}

// An empty cell is what nobody can know.
std::string cell(std::optional<double> number, int digits = 0) {
  return number ? text_of(" %.*f |", digits, *number) : " – |";
}

// For each of what there was; nothing for each of nothing.
std::optional<double> per(double sum, std::uint64_t count) {
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

struct Figures {
  explicit Figures(const AnswerRun& run)
      : answered(run.waits.size() - run.unanswered),
        waits(figures_of(run.waits)),
        per_commit(per(static_cast<double>(run.committed), run.commits)),
        commits_per_second(static_cast<double>(run.commits) / run.seconds),
        syncs_per_second(static_cast<double>(run.disk.syncs) / run.seconds),
        cpu_us(per(run.cpu_us, answered)),
        bytes(per(static_cast<double>(run.disk.bytes_written), answered)) {}

  std::uint64_t answered;
  WaitFigures waits;
  std::optional<double> per_commit;
  double commits_per_second;
  double syncs_per_second;
  std::optional<double> cpu_us;
  std::optional<double> bytes;
};

std::string answered_of(const AnswerRun& run, const Figures& figures) {
  const auto wide = [](std::uint64_t number) { return static_cast<unsigned long long>(number); };
  return run.unanswered == 0 ? text_of(" %llu |", wide(figures.answered))
                             : text_of(" %llu of %zu |", wide(figures.answered), run.waits.size());
}

std::string cost_row(double rate, const AnswerRun& run) {
  const Figures figures{run};
  return text_of("| %.0f | %s |", rate, run.who.c_str()) + answered_of(run, figures) +
         cell(figures.waits.p50) + cell(figures.waits.p99) + cell(figures.waits.p99_9) +
         cell(figures.waits.max) + cell(figures.per_commit, 1) + cell(figures.commits_per_second, 1) +
         cell(figures.syncs_per_second, 1) + cell(static_cast<double>(run.disk.sync_ns_max) / 1e3) +
         cell(run.floor.p50_us) + cell(figures.cpu_us, 1) + cell(figures.bytes) + "\n";
}

std::string checkpoint_row(double rate, const AnswerRun& run, const char* what,
                           const std::vector<Stretch>& made) {
  if (made.empty()) return {};
  const Split split = split_by(run.waits, made);
  std::string row = text_of("| %.0f | %s | %s | %zu |", rate, run.who.c_str(), what, made.size()) +
                    cell(longest_ms(made), 1);
  for (const std::vector<Wait>* side : {&split.without, &split.with}) {
    const auto figures = side->empty() ? std::nullopt : std::optional{figures_of(*side)};
    row += text_of(" %zu |", side->size()) + cell(figures ? figures->p99 : std::nullopt) +
           cell(figures ? std::optional{figures->max} : std::nullopt);
  }
  return row + "\n";
}

void optional_member(net::JsonWriter& json, std::string_view name, std::optional<double> number) {
  json.key(name);
  number ? json.json(text_of("%.3f", *number)) : json.null();
}

void latency_object(net::JsonWriter& json, std::string_view name, const std::vector<Wait>& waits) {
  json.key(name);
  if (waits.empty()) return json.null();
  const WaitFigures figures = figures_of(waits);
  json.begin_object();
  json.member("answers", waits.size());
  optional_member(json, "p50", figures.p50);
  optional_member(json, "p99", figures.p99);
  optional_member(json, "p99_9", figures.p99_9);
  optional_member(json, "max", figures.max);
  json.end_object();
}

void checkpoint_object(net::JsonWriter& json, std::string_view name, const AnswerRun& run,
                       const std::vector<Stretch>& made) {
  const Split split = split_by(run.waits, made);
  json.begin_object(name);
  json.member("made", made.size());
  optional_member(json, "longest_ms", longest_ms(made));
  latency_object(json, "latency_us_without", split.without);
  latency_object(json, "latency_us_with", split.with);
  json.end_object();
}

void run_object(net::JsonWriter& json, const RateRuns& of, const AnswerRun& run) {
  const Figures figures{run};
  json.begin_object();
  optional_member(json, "rate", of.rate);
  json.member("who", std::string_view{run.who});
  json.member("answered", figures.answered);
  json.member("unanswered", run.unanswered);
  optional_member(json, "seconds", run.seconds);
  optional_member(json, "entry_bytes", of.body_bytes);
  latency_object(json, "latency_us", run.waits);
  json.begin_object("disk_floor_us");
  optional_member(json, "p50", run.floor.p50_us);
  optional_member(json, "max", run.floor.max_us);
  json.end_object();
  json.member("commits", run.commits);
  json.member("entries", run.committed);
  json.member("syncs", run.disk.syncs);
  optional_member(json, "sync_us_max", static_cast<double>(run.disk.sync_ns_max) / 1e3);
  optional_member(json, "cpu_us_per_answer", figures.cpu_us);
  optional_member(json, "bytes_per_answer", figures.bytes);
  checkpoint_object(json, "log_moves", run, run.disk.log_moves);
  checkpoint_object(json, "state_checkpoints", run, run.state_checkpoints);
  json.end_object();
}

}  // namespace

std::string to_tables(const std::vector<RateRuns>& rates) {
  std::string out =
      "| a second | by | answered | p50 µs | p99 | p99.9 | max | answers a commit | commits/s | syncs/s | "
      "longest sync µs | 4 KiB synced just before, p50 µs | CPU µs an answer | bytes written an answer |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (const RateRuns& rate : rates)
    for (const AnswerRun& run : rate.runs) out += cost_row(rate.rate, run);
  out +=
      "\n| a second | by | checkpoint | made | longest ms | answers without one | p99 µs | slowest | "
      "answers with one | p99 µs | slowest |\n|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (const RateRuns& rate : rates)
    for (const AnswerRun& run : rate.runs)
      out += checkpoint_row(rate.rate, run, "log into database", run.disk.log_moves) +
             checkpoint_row(rate.rate, run, "state", run.state_checkpoints);
  return out;
}

std::string to_line(const std::vector<RateRuns>& rates) {
  net::TextBuffer buffer;
  net::JsonWriter json{buffer};
  json.begin_object();
  json.member("program", "cairn bench journal");
  json.begin_array("runs");
  for (const RateRuns& rate : rates)
    for (const AnswerRun& run : rate.runs) run_object(json, rate, run);
  json.end_array();
  json.end_object();
  return std::string{json.finish()} + "\n";
}

}  // namespace cairn::bench
