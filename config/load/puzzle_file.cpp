#include "config/load/puzzle_file.hpp"

#include <algorithm>
#include <cmath>

#include "config/limits.hpp"
#include "config/load/fields.hpp"
#include "config/load/rules.hpp"
#include "config/model/normalise.hpp"

namespace cairn::config {
namespace {

using Kind = JsonValue::Kind;

// Calls read(fields of the item, pointer) for every object of an array.
template <class Read>
void each_object(Fields& fields, std::string_view name, std::size_t count_max, Read read) {
  const JsonValue* array = fields.array(name, count_max);
  if (array == nullptr) return;
  for (std::size_t i = 0; i < array->items.size(); ++i) {
    const std::string pointer = fields.pointer(name) + '/' + std::to_string(i);
    if (!array->items[i].is(Kind::kObject)) {
      fields.findings().error(fields.file(), pointer, "wrong_type",
                              "every item of \"" + std::string(name) + "\" must be an object");
      continue;
    }
    Fields inner(fields.findings(), fields.file(), array->items[i], pointer);
    read(inner, i);
    inner.finish();
  }
}

void read_normalisation(Fields& fields, Normalisation& rules) {
  const JsonValue* object = fields.value("normalise", Kind::kObject);
  if (object == nullptr) return;
  Fields inner(fields.findings(), fields.file(), *object, fields.pointer("normalise"));
  inner.boolean("case", rules.fold_case);
  inner.boolean("accents", rules.fold_accents);
  inner.boolean("punctuation", rules.strip_punctuation);
  inner.boolean("spaces", rules.strip_spaces);
  inner.finish();
}

void read_place(Fields& fields, Puzzle& puzzle) {
  if (const JsonValue* at = fields.value("at", Kind::kArray)) {
    const bool pair = at->items.size() == 2 && at->items[0].is_number() && at->items[1].is_number();
    if (!pair || !(std::abs(at->items[0].number) <= 180.0 && std::abs(at->items[1].number) <= 90.0)) {
      fields.findings().error(fields.file(), fields.pointer("at"), "invalid_coordinates",
                              "\"at\" must be [longitude, latitude]");
    } else {
      puzzle.at = Position{static_cast<std::int32_t>(std::lround(at->items[0].number * 1e7)),
                           static_cast<std::int32_t>(std::lround(at->items[1].number * 1e7))};
    }
  }
  fields.integer("radius_m", puzzle.radius_m, 1, kRadiusMaxM);
  if (const JsonValue* code = fields.value("code", Kind::kString)) {
    puzzle.code = read_normalised(fields, fields.pointer("code"), *code, puzzle.normalisation, "code");
  }
  fields.boolean("needs_check_in", puzzle.needs_check_in);
}

void read_answers(Fields& fields, Puzzle& puzzle) {
  if (const JsonValue* answers = fields.array("answers", kAnswersMax)) {
    for (std::size_t i = 0; i < answers->items.size(); ++i) {
      const std::string pointer = fields.pointer("answers") + '/' + std::to_string(i);
      std::string answer =
          read_normalised(fields, pointer, answers->items[i], puzzle.normalisation, "answer");
      const bool known =
          std::find(puzzle.answers.begin(), puzzle.answers.end(), answer) != puzzle.answers.end();
      if (!answer.empty() && !known) puzzle.answers.push_back(std::move(answer));
    }
  }
  each_object(fields, "partials", kPartialsMax, [&](Fields& item, std::size_t) {
    Partial partial;
    if (const JsonValue* answer = item.value("answer", Kind::kString, Need::kRequired)) {
      partial.answer =
          read_normalised(item, item.pointer("answer"), *answer, puzzle.normalisation, "partial answer");
    }
    item.text("reply", partial.reply, kReplyBytesMax, Need::kRequired);
    puzzle.partials.push_back(std::move(partial));
  });
}

void read_clues(Fields& fields, Puzzle& puzzle) {
  each_object(fields, "clues", kCluesMax, [&](Fields& item, std::size_t) {
    Clue clue;
    item.text("text", clue.text, kTextBytesMax, Need::kRequired);
    std::string how = "ask";
    if (item.text("discovery", how, kNameBytesMax)) {
      if (how == "check_in") {
        clue.discovery = Clue::Discovery::kCheckIn;
      } else if (how == "code") {
        clue.discovery = Clue::Discovery::kCode;
      } else if (how != "ask") {
        item.findings().error(
            item.file(), item.pointer("discovery"), "unknown_word",
            "a clue is discovered by \"ask\", \"check_in\" or \"code\", not by \"" + how + "\"");
      }
    }
    const JsonValue* code = item.value("code", Kind::kString);
    if (code != nullptr) {
      clue.code = read_normalised(item, item.pointer("code"), *code, puzzle.normalisation, "code");
    }
    if ((how == "code") != (code != nullptr)) {
      item.findings().error(item.file(), item.pointer("code"), "clue_code",
                            how == "code" ? "a clue that is discovered by a code needs \"code\""
                                          : "only a clue whose discovery is \"code\" has a code");
    }
    puzzle.clues.push_back(std::move(clue));
  });
}

void read_hints(Fields& fields, const PuzzleDefaults& defaults, Puzzle& puzzle) {
  each_object(fields, "hints", kHintsMax, [&](Fields& item, std::size_t i) {
    Hint hint;
    if (!defaults.hint_costs.empty())
      hint.cost = defaults.hint_costs[std::min(i, defaults.hint_costs.size() - 1)];
    item.text("text", hint.text, kTextBytesMax, Need::kRequired);
    item.integer("cost", hint.cost, 0, kPointsMax);
    item.duration("after", hint.after_ms);
    puzzle.hints.push_back(std::move(hint));
  });
}

void read_script(Fields& fields, const PuzzleContext& context) {
  const JsonValue* script = fields.value("script");
  const bool wanted =
      script != nullptr && !script->is(Kind::kNull) && !(script->is(Kind::kBoolean) && !script->boolean);
  if (!wanted && !context.has_file("puzzle.lua")) return;
  fields.findings().error(
      fields.file(), fields.pointer("script"), "script_unsupported",
      "scripts are not supported by this edition",
      "say with answers, partials and clues how the puzzle behaves, and remove puzzle.lua");
}

void read_district(Fields& fields, const RuleNames& names, Puzzle& puzzle) {
  std::string id;
  if (!fields.text("district", id, kIdBytesMax, Need::kRequired)) return;
  const RuleNames::Name found = names.district(id);
  if (found.index) puzzle.district = static_cast<DistrictIndex>(*found.index);
  if (found.known) return;
  const std::string_view near = nearest(id, names.district_ids);
  fields.findings().error(fields.file(), fields.pointer("district"), "unknown_district",
                          "there is no district \"" + id + "\"",
                          near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?");
}

}  // namespace

std::string read_normalised(Fields& fields, const std::string& pointer, const JsonValue& value,
                            const Normalisation& rules, std::string_view what) {
  const auto wrong = [&](std::string_view code, std::string message, std::string fix = {}) {
    fields.findings().error(fields.file(), pointer, code, std::move(message), std::move(fix));
    return std::string();
  };
  if (!value.is(Kind::kString)) return wrong("wrong_type", "an answer must be a string", "put it in quotes");
  char normal[kAnswerBytesMax];
  if (value.string.size() > kRawAnswerBytesMax) {
    return wrong("answer_too_long", "this " + std::string(what) + " has more than " +
                                        std::to_string(kRawAnswerBytesMax) + " bytes");
  }
  const std::optional<std::size_t> size = normalise(value.string, rules, normal, sizeof normal);
  if (!size) {
    return wrong("answer_too_long", "this " + std::string(what) + " has more than " +
                                        std::to_string(kAnswerBytesMax) + " bytes once normalised");
  }
  if (*size == 0) {
    return wrong("answer_empty", "nothing is left of this " + std::string(what) + " once normalised",
                 "keep punctuation or spaces by \"normalise\", or change it");
  }
  return std::string(normal, *size);
}

Puzzle read_puzzle_file(const SourceFile& file, const PuzzleContext& context, Findings& findings) {
  Puzzle puzzle;
  Fields fields(findings, file, file.root, "");
  fields.text("id", puzzle.id, kNameBytesMax, Need::kRequired);
  fields.text("title", puzzle.title, kNameBytesMax, Need::kRequired);
  read_district(fields, context.names, puzzle);
  read_normalisation(fields, puzzle.normalisation);
  read_place(fields, puzzle);
  fields.text("prompt", puzzle.prompt, kPromptBytesMax, Need::kRequired);
  fields.text("accessibility", puzzle.accessibility, kTextBytesMax);
  read_answers(fields, puzzle);
  bool answer_in_prompt = false;
  fields.boolean("answer_in_prompt", answer_in_prompt);
  read_clues(fields, puzzle);
  read_hints(fields, context.defaults, puzzle);
  if (std::optional<UnlockRule> rule = read_rule(fields, "requires", context.names))
    puzzle.requires_rule = *rule;
  puzzle.points = context.defaults.points;
  read_points(fields, puzzle.points);
  fields.time("opens_at", puzzle.opens_at_ms);
  fields.time("closes_at", puzzle.closes_at_ms);
  if (puzzle.opens_at_ms && puzzle.closes_at_ms && *puzzle.closes_at_ms <= *puzzle.opens_at_ms) {
    findings.error(file, "/closes_at", "closes_before_open", "the puzzle closes before it opens");
  }
  read_script(fields, context);
  read_later_fields(fields, context);
  fields.finish();
  return puzzle;
}

}  // namespace cairn::config
