#include "tools/cairn/check.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "config/load/loader.hpp"
#include "config/model/normalise.hpp"

namespace cairn::tools {
namespace {

constexpr std::size_t kWrongMax = 4;

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + '"';
}

template <class Items, class Text>
std::string list(const Items& items, Text text) {
  std::string out = "[";
  for (const auto& item : items) out += (out.size() > 1 ? "," : "") + text(item);
  return out + "]";
}

std::string degrees(std::int32_t e7) {
  char text[32];
  std::snprintf(text, sizeof text, "%.7f", static_cast<double>(e7) * 1e-7);
  return text;
}

// The strings of an array as the designer wrote them: what a player would type.
std::vector<std::string> raw_strings(const config::JsonValue& root, std::string_view name) {
  std::vector<std::string> strings;
  const config::JsonValue* array = root.find(name);
  for (std::size_t i = 0; array != nullptr && i < array->items.size(); ++i)
    strings.push_back(array->items[i].string);
  return strings;
}

std::string raw_string(const config::JsonValue& root, std::string_view name) {
  const config::JsonValue* value = root.find(name);
  return value != nullptr ? value->string : std::string();
}

bool is_wrong(const config::Puzzle& puzzle, std::string_view guess) {
  char normal[config::kAnswerBytesMax];
  const auto size = config::normalise(guess, puzzle.normalisation, normal, sizeof normal);
  if (!size || *size == 0) return false;
  const std::string_view text(normal, *size);
  const auto is_it = [text](const config::Partial& p) { return p.answer == text; };
  return std::find(puzzle.answers.begin(), puzzle.answers.end(), text) == puzzle.answers.end() &&
         std::none_of(puzzle.partials.begin(), puzzle.partials.end(), is_it);
}

// What a player might guess in error: answers of the puzzles nearby.
std::vector<std::string> plausible_wrong(const config::Hunt& hunt, const config::Sources& sources,
                                         std::size_t at) {
  std::vector<std::string> wrong;
  for (std::size_t step = 1; step < hunt.puzzles.size() && wrong.size() < kWrongMax; ++step) {
    const std::vector<std::string> answers =
        raw_strings(sources.puzzles[(at + step) % hunt.puzzles.size()].root, "answers");
    if (answers.empty() || !is_wrong(hunt.puzzles[at], answers.front())) continue;
    if (std::find(wrong.begin(), wrong.end(), answers.front()) == wrong.end())
      wrong.push_back(answers.front());
  }
  return wrong;
}

std::string clues_json(const config::Puzzle& puzzle, const config::JsonValue& root) {
  const config::JsonValue* raw = root.find("clues");
  std::string out = "[";
  for (std::size_t i = 0; i < puzzle.clues.size(); ++i) {
    using Discovery = config::Clue::Discovery;
    const Discovery how = puzzle.clues[i].discovery;
    out += i > 0 ? "," : "";
    out += "{\"index\":" + std::to_string(i) + ",\"discovery\":";
    out += how == Discovery::kAsk ? "\"ask\"" : how == Discovery::kCode ? "\"code\"" : "\"check_in\"";
    if (how == Discovery::kCode) out += ",\"code\":" + json_text(raw_string(raw->items[i], "code"));
    out += "}";
  }
  return out + "]";
}

std::string puzzle_json(const config::Hunt& hunt, const config::Sources& sources, std::size_t at) {
  const config::Puzzle& puzzle = hunt.puzzles[at];
  const config::JsonValue& root = sources.puzzles[at].root;
  std::vector<std::string> partials;
  if (const config::JsonValue* list_of = root.find("partials")) {
    for (const config::JsonValue& item : list_of->items) partials.push_back(raw_string(item, "answer"));
  }
  std::string out =
      "{\"id\":" + json_text(puzzle.id) + ",\"district\":" + json_text(hunt[puzzle.district].id);
  out += ",\"answers\":" + list(raw_strings(root, "answers"), json_text);
  out += ",\"wrong\":" + list(plausible_wrong(hunt, sources, at), json_text);
  out += ",\"partials\":" + list(partials, json_text);
  out += ",\"clues\":" + clues_json(puzzle, root);
  out += ",\"hints\":" + std::to_string(puzzle.hints.size());
  if (puzzle.at) {
    out += ",\"at\":[" + degrees(puzzle.at->longitude_e7) + "," + degrees(puzzle.at->latitude_e7) + "]";
  }
  out += ",\"radius_m\":" + std::to_string(puzzle.radius_m);
  out += ",\"code\":" + json_text(raw_string(root, "code"));
  out += std::string(",\"needs_check_in\":") + (puzzle.needs_check_in ? "true" : "false") + "}";
  return out;
}

// Written beside and renamed, readable by its owner only from its first byte on.
bool write_private(const std::string& path, const std::string& bytes) {
  const std::string draft = path + ".part";
  ::unlink(draft.c_str());
  const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return false;
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t wrote = ::write(file, bytes.data() + done, bytes.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) break;
    done += static_cast<std::size_t>(wrote);
  }
  const bool closed = ::close(file) == 0;
  if (done == bytes.size() && closed && ::rename(draft.c_str(), path.c_str()) == 0) return true;
  const int why = errno;
  ::unlink(draft.c_str());
  errno = why;
  return false;
}

bool write_answer_key(const config::LoadedHunt& loaded, const std::string& path) {
  std::string key = "{\"hunt\":" + json_text(loaded.hunt->id) + ",\"puzzles\":[";
  for (std::size_t i = 0; i < loaded.hunt->puzzles.size(); ++i) {
    key += (i > 0 ? ",\n" : "\n") + puzzle_json(*loaded.hunt, *loaded.sources, i);
  }
  key += "\n]}\n";
  if (write_private(path, key)) return true;
  std::fprintf(stderr, "cairn check: the answer key %s cannot be written: %s\n", path.c_str(),
               std::strerror(errno));
  return false;
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
