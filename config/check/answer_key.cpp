#include "config/check/answer_key.hpp"

#include <algorithm>
#include <cstdio>

#include "bus/assert.hpp"
#include "config/load/json_text.hpp"
#include "config/model/normalise.hpp"

namespace cairn::config {
namespace {

constexpr std::size_t kWrongMax = 4;

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
std::vector<std::string> raw_strings(const JsonValue& root, std::string_view name) {
  std::vector<std::string> strings;
  const JsonValue* array = root.find(name);
  for (std::size_t i = 0; array != nullptr && i < array->items.size(); ++i)
    strings.push_back(array->items[i].string);
  return strings;
}

std::string raw_string(const JsonValue& root, std::string_view name) {
  const JsonValue* value = root.find(name);
  return value != nullptr ? value->string : std::string();
}

bool is_wrong(const Puzzle& puzzle, std::string_view guess) {
  char normal[kAnswerBytesMax];
  const auto size = normalise(guess, puzzle.normalisation, normal, sizeof normal);
  if (!size || *size == 0) return false;
  const std::string_view text(normal, *size);
  const auto is_it = [text](const Partial& p) { return p.answer == text; };
  return std::find(puzzle.answers.begin(), puzzle.answers.end(), text) == puzzle.answers.end() &&
         std::none_of(puzzle.partials.begin(), puzzle.partials.end(), is_it);
}

// What a player might guess in error: answers of the puzzles nearby.
std::vector<std::string> plausible_wrong(const Hunt& hunt, const Sources& sources, std::size_t at) {
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

std::string clues_json(const Puzzle& puzzle, const JsonValue& root) {
  const JsonValue* raw = root.find("clues");
  std::string out = "[";
  for (std::size_t i = 0; i < puzzle.clues.size(); ++i) {
    using Discovery = Clue::Discovery;
    const Discovery how = puzzle.clues[i].discovery;
    out += i > 0 ? "," : "";
    out += "{\"index\":" + std::to_string(i) + ",\"discovery\":";
    out += how == Discovery::kAsk ? "\"ask\"" : how == Discovery::kCode ? "\"code\"" : "\"check_in\"";
    if (how == Discovery::kCode) out += ",\"code\":" + json_text(raw_string(raw->items[i], "code"));
    out += "}";
  }
  return out + "]";
}

std::string puzzle_json(const Hunt& hunt, const Sources& sources, std::size_t at) {
  const Puzzle& puzzle = hunt.puzzles[at];
  const JsonValue& root = sources.puzzles[at].root;
  std::vector<std::string> partials;
  if (const JsonValue* list_of = root.find("partials")) {
    for (const JsonValue& item : list_of->items) partials.push_back(raw_string(item, "answer"));
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

}  // namespace

std::string answer_key(const LoadedHunt& loaded) {
  CAIRN_ASSERT(loaded.hunt && loaded.sources);
  std::string key = "{\"hunt\":" + json_text(loaded.hunt->id) + ",\"puzzles\":[";
  for (std::size_t i = 0; i < loaded.hunt->puzzles.size(); ++i) {
    key += i > 0 ? ",\n" : "\n";
    key += puzzle_json(*loaded.hunt, *loaded.sources, i);
  }
  return key + "\n]}\n";
}

}  // namespace cairn::config
