#include "tools/cairn/check.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include "config/check/answer_key.hpp"
#include "config/load/json_text.hpp"
#include "config/load/loader.hpp"
#include "tools/cairn/data_directory.hpp"

namespace cairn::tools {
namespace {

using config::json_text;

template <class Items, class Text>
std::string list(const Items& items, Text text) {
  std::string out = "[";
  for (const auto& item : items) out += (out.size() > 1 ? "," : "") + text(item);
  return out + "]";
}

bool write_answer_key(const config::LoadedHunt& loaded, const std::string& path) {
  const auto written = write_private(path, config::answer_key(loaded));
  if (!written) std::fprintf(stderr, "cairn check: the answer key: %s\n", written.error().message.c_str());
  return written.has_value();
}

struct Options {
  std::string hunt;
  std::string answer_key;
  bool json = false;
};

std::size_t count(const config::LoadedHunt& loaded, config::Severity severity) {
  return static_cast<std::size_t>(
      std::count_if(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                    [severity](const config::Diagnostic& d) { return d.severity == severity; }));
}

std::string finding_json(const config::Diagnostic& d) {
  return "{\"file\":" + json_text(d.file) + ",\"line\":" + std::to_string(d.line) +
         ",\"column\":" + std::to_string(d.column) +
         ",\"severity\":" + json_text(config::to_text(d.severity)) + ",\"code\":" + json_text(d.code) +
         ",\"pointer\":" + json_text(d.field) + ",\"message\":" + json_text(d.message) +
         ",\"fix\":" + json_text(d.fix) + "}";
}

int run_check(const Options& options) {
  const config::LoadedHunt loaded = config::load_hunt(options.hunt);
  for (const config::Diagnostic& d : loaded.diagnostics) std::puts(config::format(d, options.hunt).c_str());
  const std::size_t errors = count(loaded, config::Severity::kError);
  const std::size_t warnings = count(loaded, config::Severity::kWarning);
  const std::size_t notes = count(loaded, config::Severity::kNote);
  const std::size_t districts = loaded.hunt ? loaded.hunt->districts.size() : 0;
  const std::size_t puzzles = loaded.hunt ? loaded.hunt->puzzles.size() : 0;
  bool good = errors == 0;
  if (loaded.hunt) {
    std::printf("%s: %zu districts, %zu puzzles, ", loaded.hunt->id.c_str(), districts, puzzles);
  } else {
    std::printf("%s: not playable, ", options.hunt.c_str());
  }
  std::printf("%zu errors, %zu warnings, %zu notes\n", errors, warnings, notes);
  if (loaded.hunt && !options.answer_key.empty()) good = write_answer_key(loaded, options.answer_key) && good;
  if (options.json) {
    const std::string id = loaded.hunt ? json_text(loaded.hunt->id) : "null";
    const std::string findings = list(loaded.diagnostics, finding_json);
    std::printf(
        "{\"hunt\":%s,\"districts\":%zu,\"puzzles\":%zu,\"errors\":%zu,\"warnings\":%zu,\"notes\":%zu,"
        "\"findings\":%s}\n",
        id.c_str(), districts, puzzles, errors, warnings, notes, findings.c_str());
  }
  return good ? 0 : 1;
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* check =
      app.add_subcommand("check", "Say everything that is wrong with a hunt before it is played");
  check->add_option("hunt", options->hunt, "Folder of the hunt")->required();
  check->add_flag("--json", options->json, "End with one JSON object on standard output");
  check->add_option("--answer-key", options->answer_key,
                    "Write the crowd's answer key to this file, for its owner only");
  check->callback([options, &exit_code] { exit_code = run_check(*options); });
}

}  // namespace cairn::tools
