#include "config/load/hunt_file.hpp"

#include "config/limits.hpp"
#include "config/load/fields.hpp"

namespace cairn::config {
namespace {

constexpr std::int64_t kFormat = 1;

void read_guesses(Fields& hunt_fields, GuessLimits& guesses) {
  const JsonValue* object = hunt_fields.value("guesses", JsonValue::Kind::kObject);
  if (object == nullptr) return;
  Fields fields(hunt_fields.findings(), hunt_fields.file(), *object, "/guesses");
  fields.integer("tries", guesses.tries, 1, 1000);
  std::int64_t lockout_s = guesses.lockout_ms / 1000;
  std::int64_t lockout_max_s = guesses.lockout_max_ms / 1000;
  fields.integer("lockout_s", lockout_s, 0, 86'400);
  fields.integer("growth_percent", guesses.growth_percent, 100, 1000);
  fields.integer("lockout_max_s", lockout_max_s, 0, 86'400);
  fields.finish();
  guesses.lockout_ms = lockout_s * 1000;
  guesses.lockout_max_ms = lockout_max_s * 1000;
  if (lockout_s > lockout_max_s) {
    hunt_fields.findings().error(hunt_fields.file(), "/guesses/lockout_s", "out_of_range",
                                 "\"lockout_s\" is more than \"lockout_max_s\"", "raise lockout_max_s");
  }
}

void read_scoring(Fields& hunt_fields, PuzzleDefaults& defaults) {
  const JsonValue* object = hunt_fields.value("scoring", JsonValue::Kind::kObject);
  if (object == nullptr) return;
  Fields fields(hunt_fields.findings(), hunt_fields.file(), *object, "/scoring");
  read_points(fields, defaults.points);
  if (const JsonValue* costs = fields.array("hint_costs", kHintsMax)) {
    for (std::size_t i = 0; i < costs->items.size(); ++i) {
      const JsonValue& cost = costs->items[i];
      if (cost.is(JsonValue::Kind::kInteger) && cost.integer >= 0 && cost.integer <= kPointsMax) {
        defaults.hint_costs.push_back(static_cast<std::int32_t>(cost.integer));
      } else {
        fields.findings().error(fields.file(), fields.pointer("hint_costs") + '/' + std::to_string(i),
                                "out_of_range",
                                "a hint's cost is a whole number from 0 to " + std::to_string(kPointsMax));
      }
    }
  }
  fields.finish();
}

void read_check_in(Fields& hunt_fields, CheckInLimits& check_in) {
  const JsonValue* object = hunt_fields.value("check_in", JsonValue::Kind::kObject);
  if (object == nullptr) return;
  Fields fields(hunt_fields.findings(), hunt_fields.file(), *object, "/check_in");
  fields.integer("accuracy_max_m", check_in.accuracy_max_m, 1, kRadiusMaxM);
  fields.finish();
}

}  // namespace

void read_points(Fields& fields, Points& points) {
  const JsonValue* value = fields.value("points");
  if (value == nullptr) return;
  if (value->is(JsonValue::Kind::kInteger)) {
    // Looked up again for the range; a static award never decays.
    if (fields.integer("points", points.first, 1, kPointsMax)) points = {points.first, 0, points.first};
    return;
  }
  if (!value->is(JsonValue::Kind::kObject)) {
    fields.wrong_kind("points", *value, "a whole number or {first, step, floor}");
    return;
  }
  Fields inner(fields.findings(), fields.file(), *value, fields.pointer("points"));
  inner.integer("first", points.first, 1, kPointsMax, Need::kRequired);
  inner.integer("step", points.step, 0, kPointsMax, Need::kRequired);
  inner.integer("floor", points.floor, 1, kPointsMax, Need::kRequired);
  inner.finish();
  if (points.floor > points.first) {
    fields.findings().error(fields.file(), fields.pointer("points") + "/floor", "points_grow",
                            "the floor is higher than the first award",
                            "an award can only fall: lower the floor");
  }
}

void read_hunt_file(const SourceFile& file, Findings& findings, Hunt& hunt, PuzzleDefaults& defaults) {
  Fields fields(findings, file, file.root, "");
  std::int64_t format = kFormat;
  if (fields.integer("format", format, 1, 1'000'000, Need::kRequired) && format != kFormat) {
    findings.error(file, "/format", "format_unknown",
                   "this edition reads format 1, not " + std::to_string(format),
                   "use an edition of Cairn that knows it");
  }
  if (fields.text("id", hunt.id, kIdBytesMax, Need::kRequired) && !is_id(hunt.id)) {
    findings.error(file, "/id", "id_malformed", "\"" + hunt.id + "\" is not an id", std::string(kIdFix));
  }
  fields.text("name", hunt.name, kNameBytesMax, Need::kRequired);
  fields.text("city", hunt.city, kNameBytesMax, Need::kRequired);
  fields.time("starts_at", hunt.starts_at_ms);
  fields.time("ends_at", hunt.ends_at_ms);
  if (hunt.starts_at_ms && hunt.ends_at_ms && *hunt.ends_at_ms <= *hunt.starts_at_ms) {
    findings.error(file, "/ends_at", "ends_before_start", "the hunt ends before it starts");
  }
  fields.integer("team_size_max", hunt.team_size_max, 1, 100);
  fields.integer("teams_max", hunt.teams_max, 1, 20'000);
  fields.boolean("spectators", hunt.spectators);
  read_guesses(fields, hunt.guesses);
  read_check_in(fields, hunt.check_in);
  read_scoring(fields, defaults);
  fields.finish();
}

}  // namespace cairn::config
