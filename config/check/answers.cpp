#include <algorithm>
#include <map>
#include <optional>

#include "config/check/checks.hpp"
#include "config/limits.hpp"
#include "config/model/normalise.hpp"

namespace cairn::config {
namespace {

// Text as words of small letters and digits with one space around each, so that whole words can be looked
// for.
std::string words_of(std::string_view text) {
  std::string padded;
  for (const char c : text) {
    const bool separator = static_cast<unsigned char>(c) < 0x80 &&
                           !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    padded += separator ? ' ' : c;
  }
  std::string words(padded.size() * 2 + 8, '\0');
  Normalisation keep_spaces;
  keep_spaces.strip_spaces = false;
  const std::optional<std::size_t> size = normalise(padded, keep_spaces, words.data(), words.size());
  words.resize(size.value_or(0));
  return ' ' + words + ' ';
}

std::optional<std::string> normal_form(const JsonValue* value, const Normalisation& rules) {
  if (value == nullptr || !value->is(JsonValue::Kind::kString) || value->string.size() > kRawAnswerBytesMax) {
    return std::nullopt;
  }
  char normal[kAnswerBytesMax];
  const auto size = normalise(value->string, rules, normal, sizeof normal);
  if (!size || *size == 0) return std::nullopt;
  return std::string(normal, *size);
}

// Where each normal form stands that was met first.
using Seen = std::map<std::string, std::string>;

void check_collisions(const Puzzle& puzzle, const SourceFile& file, Findings& findings) {
  Seen answers;
  const JsonValue& list = file.at("/answers");
  for (std::size_t i = 0; !puzzle.answers.empty() && i < list.items.size(); ++i) {
    const std::string pointer = "/answers/" + std::to_string(i);
    const auto normal = normal_form(&list.items[i], puzzle.normalisation);
    if (!normal || answers.emplace(*normal, list.items[i].string).second) continue;
    findings.warning(file, pointer, "answer_collision",
                     "once normalised this is the same as the answer \"" + answers[*normal] + "\"",
                     "remove one of them");
  }
  Seen partials;
  for (std::size_t i = 0; i < puzzle.partials.size(); ++i) {
    const std::string pointer = "/partials/" + std::to_string(i) + "/answer";
    const std::string& normal = puzzle.partials[i].answer;
    if (normal.empty()) continue;
    if (answers.contains(normal)) {
      findings.error(
          file, pointer, "answer_collision",
          "once normalised this partial answer is the same as the answer \"" + answers[normal] + "\"",
          "a guess is either right or partly right: remove one of them");
    } else if (!partials.emplace(normal, normal).second) {
      findings.error(file, pointer, "answer_collision",
                     "once normalised this is the same as another partial answer", "remove one of them");
    }
  }
}

void check_prompt(const Puzzle& puzzle, const SourceFile& file, Findings& findings) {
  const JsonValue* meant = file.root.find("answer_in_prompt");
  if (meant != nullptr && meant->boolean) return;
  const std::string prompt = words_of(puzzle.prompt);
  const JsonValue& list = file.at("/answers");
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (!list.items[i].is(JsonValue::Kind::kString)) continue;
    const std::string answer = words_of(list.items[i].string);
    // Numbers and very short answers stand in many a prompt by chance.
    const bool has_letter =
        std::any_of(answer.begin(), answer.end(), [](char c) { return (c & 0x80) != 0 || c > '9'; });
    if (!has_letter || answer.size() < 5 || prompt.find(answer) == std::string::npos) continue;
    findings.warning(
        file, "/answers/" + std::to_string(i), "answer_in_prompt", "the prompt holds this answer literally",
        "reword it, or say \"answer_in_prompt\": true where it is one of several to choose from");
    return;
  }
}

}  // namespace

void check_answers(const Hunt& hunt, const Sources& sources, Findings& findings) {
  for (std::size_t i = 0; i < hunt.puzzles.size(); ++i) {
    const Puzzle& puzzle = hunt.puzzles[i];
    const SourceFile& file = sources.puzzles[i];
    const JsonValue* answers = file.root.find("answers");
    const bool none = answers == nullptr || (answers->is(JsonValue::Kind::kArray) && answers->items.empty());
    const bool by_check_in = (puzzle.at && puzzle.radius_m > 0) || !puzzle.code.empty();
    if (none && !by_check_in) {
      findings.error(file, "/answers", "answer_missing", "this puzzle has neither answers nor a check-in",
                     "add \"answers\", \"radius_m\" with \"at\", or \"code\"");
    }
    check_collisions(puzzle, file, findings);
    check_prompt(puzzle, file, findings);
  }
}

}  // namespace cairn::config
