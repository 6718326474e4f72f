// The fields of a manifest that this edition keeps for later ones: it refuses what is malformed and uses
// nothing.
#include <algorithm>
#include <array>

#include "config/limits.hpp"
#include "config/load/fields.hpp"
#include "config/load/puzzle_file.hpp"
#include "config/load/rules.hpp"

namespace cairn::config {
namespace {

using Kind = JsonValue::Kind;

template <class Check>
void each_string(Fields& fields, std::string_view name, std::size_t count_max, Check check) {
  const JsonValue* array = fields.array(name, count_max);
  if (array == nullptr) return;
  for (std::size_t i = 0; i < array->items.size(); ++i) {
    const std::string pointer = fields.pointer(name) + '/' + std::to_string(i);
    if (array->items[i].is(Kind::kString)) {
      check(array->items[i].string, pointer);
    } else {
      fields.findings().error(fields.file(), pointer, "wrong_type",
                              "every item of \"" + std::string(name) + "\" must be a string");
    }
  }
}

bool is_media_name(std::string_view name) {
  constexpr std::array<std::string_view, 8> kEndings{".png", ".jpg", ".jpeg", ".webp",
                                                     ".svg", ".mp3", ".ogg",  ".opus"};
  const bool plain = !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos &&
                     name.find('\\') == std::string_view::npos && name.size() <= kNameBytesMax;
  return plain &&
         std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view e) { return name.ends_with(e); });
}

void read_may(Fields& fields, const RuleNames& names) {
  constexpr std::string_view kOpen = "open_district:";
  each_string(fields, "may", kDeclarationsMax, [&](const std::string& what, const std::string& pointer) {
    if (what == "award" || what == "announce") return;
    if (what.starts_with(kOpen)) {
      const std::string id = what.substr(kOpen.size());
      if (names.district(id).known) return;
      const std::string_view near = nearest(id, names.district_ids);
      fields.findings().error(fields.file(), pointer, "unknown_district",
                              "there is no district \"" + id + "\"",
                              near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?");
      return;
    }
    fields.findings().error(
        fields.file(), pointer, "unknown_word",
        "a script may \"award\", \"announce\" or \"open_district:…\", not \"" + what + "\"");
  });
}

void read_unlocks(Fields& fields, const RuleNames& names) {
  const JsonValue* array = fields.array("unlocks", kDeclarationsMax);
  if (array == nullptr) return;
  for (std::size_t i = 0; i < array->items.size(); ++i) {
    const std::string pointer = fields.pointer("unlocks") + '/' + std::to_string(i);
    if (!array->items[i].is(Kind::kObject)) {
      fields.findings().error(fields.file(), pointer, "wrong_type",
                              "every item of \"unlocks\" must be {puzzle or district, when}");
      continue;
    }
    Fields item(fields.findings(), fields.file(), array->items[i], pointer);
    std::string puzzle;
    std::string district;
    const bool has_puzzle = item.text("puzzle", puzzle, kIdBytesMax);
    const bool has_district = item.text("district", district, kIdBytesMax);
    if (has_puzzle && !names.puzzle(puzzle).known) {
      const std::string_view near = nearest(puzzle, names.puzzle_ids);
      item.findings().error(item.file(), item.pointer("puzzle"), "unknown_puzzle",
                            "there is no puzzle \"" + puzzle + "\"",
                            near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?");
    }
    if (has_district && !names.district(district).known) {
      item.findings().error(item.file(), item.pointer("district"), "unknown_district",
                            "there is no district \"" + district + "\"");
    }
    if (has_puzzle == has_district) {
      item.findings().error(item.file(), pointer, "wrong_type", "name either a puzzle or a district here");
    }
    (void)read_rule(item, "when", names);
    item.finish();
  }
}

}  // namespace

void read_later_fields(Fields& fields, const PuzzleContext& context) {
  std::string fallback;
  if (fields.text("fallback", fallback, kNameBytesMax) && fallback != "answers" && fallback != "paused") {
    fields.findings().error(fields.file(), fields.pointer("fallback"), "unknown_word",
                            "\"fallback\" is \"answers\" or \"paused\"");
  }
  read_may(fields, context.names);
  read_unlocks(fields, context.names);
  each_string(fields, "media", kMediaMax, [&](const std::string& name, const std::string& pointer) {
    if (!is_media_name(name)) {
      fields.findings().error(fields.file(), pointer, "media_malformed",
                              "\"" + name + "\" is not the name of a picture or sound in this folder",
                              "png, jpg, jpeg, webp, svg, mp3, ogg and opus are served");
    } else if (!context.has_file(name)) {
      fields.findings().error(fields.file(), pointer, "media_missing",
                              "\"" + name + "\" does not lie beside this file");
    }
  });
  const JsonValue* tests = fields.array("tests", kDesignerTestsMax);
  for (std::size_t i = 0; tests != nullptr && i < tests->items.size(); ++i) {
    if (tests->items[i].is(Kind::kObject)) continue;
    fields.findings().error(fields.file(), fields.pointer("tests") + '/' + std::to_string(i), "wrong_type",
                            "every item of \"tests\" must be an object");
  }
}

}  // namespace cairn::config
