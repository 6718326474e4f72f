#include "config/load/districts_file.hpp"

#include <algorithm>

#include "config/limits.hpp"
#include "config/load/fields.hpp"
#include "config/load/rules.hpp"

namespace cairn::config {
namespace {

bool is_colour(std::string_view text) {
  const auto hex = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  return text.size() == 7 && text.front() == '#' && std::all_of(text.begin() + 1, text.end(), hex);
}

void expect_type(Fields& fields, std::string_view wanted) {
  const JsonValue* type = fields.value("type", JsonValue::Kind::kString, Need::kRequired);
  if (type == nullptr || type->string == wanted) return;
  fields.findings().error(
      fields.file(), fields.pointer("type"), "wrong_type",
      "\"type\" must be \"" + std::string(wanted) + "\", and is \"" + type->string + "\"");
}

District read_properties(const SourceFile& file, const JsonValue& properties, std::string pointer,
                         const RuleNames& names, Findings& findings) {
  District district;
  Fields fields(findings, file, properties, std::move(pointer));
  fields.value("id");
  fields.text("name", district.name, kNameBytesMax, Need::kRequired);
  fields.text("text", district.text, kTextBytesMax);
  district.colour = "#808080";
  if (fields.text("colour", district.colour, kNameBytesMax) && !is_colour(district.colour)) {
    findings.error(file, fields.pointer("colour"), "colour_malformed",
                   "\"" + district.colour + "\" is not a colour", "write it as #1f6f8b");
  }
  district.opens = read_rule(fields, "opens", names);
  fields.time("opens_at", district.opens_at_ms);
  fields.finish();
  return district;
}

}  // namespace

std::vector<FeatureId> read_district_ids(const SourceFile& file, Findings& findings) {
  std::vector<FeatureId> ids;
  const JsonValue* features = file.root.find("features");
  if (features == nullptr || !features->is(JsonValue::Kind::kArray)) return ids;
  for (std::size_t i = 0; i < features->items.size() && ids.size() < kDistrictsMax; ++i) {
    const JsonValue& feature = features->items[i];
    const std::string pointer = "/features/" + std::to_string(i);
    const JsonValue* properties = feature.find("properties");
    const JsonValue* inner = properties != nullptr ? properties->find("id") : nullptr;
    const JsonValue* outer = feature.find("id");
    const JsonValue* id = inner != nullptr ? inner : outer;
    const std::string id_pointer = pointer + (inner != nullptr ? "/properties/id" : "/id");
    if (id == nullptr) {
      findings.error(file, pointer, "field_missing", "this district has no \"id\"",
                     "add it to its properties");
    } else if (!id->is(JsonValue::Kind::kString) || !is_id(id->string) || is_reserved(id->string)) {
      findings.error(file, id_pointer, "id_malformed", "this is not an id", std::string(kIdFix));
    } else if (inner != nullptr && outer != nullptr && inner->string != outer->string) {
      findings.error(file, pointer + "/id", "id_mismatch", "the feature's id and its properties' id differ",
                     "keep one of them");
    } else if (std::any_of(ids.begin(), ids.end(), [&](const FeatureId& f) { return f.id == id->string; })) {
      findings.error(file, id_pointer, "id_in_use", "there is another district \"" + id->string + "\"");
    } else {
      ids.push_back({i, id->string});
    }
  }
  return ids;
}

void read_districts_file(const SourceFile& file, const std::vector<FeatureId>& ids, const RuleNames& names,
                         Findings& findings, Hunt& hunt) {
  Fields collection(findings, file, file.root, "");
  expect_type(collection, "FeatureCollection");
  // RFC 7946 lets a bounding box stand anywhere; nothing is taken from it.
  collection.value("bbox");
  const JsonValue* features = collection.array("features", kDistrictsMax, Need::kRequired);
  collection.finish();
  if (features == nullptr) return;
  if (features->items.empty())
    findings.error(file, "/features", "no_districts", "a hunt needs at least one district");

  for (std::size_t i = 0; i < features->items.size(); ++i) {
    const JsonValue& feature = features->items[i];
    const std::string pointer = "/features/" + std::to_string(i);
    if (!feature.is(JsonValue::Kind::kObject)) {
      findings.error(file, pointer, "wrong_type", "a feature must be an object");
      continue;
    }
    Fields fields(findings, file, feature, pointer);
    expect_type(fields, "Feature");
    fields.value("id");
    fields.value("bbox");
    const JsonValue* properties = fields.value("properties", JsonValue::Kind::kObject, Need::kRequired);
    const JsonValue* geometry = fields.value("geometry", JsonValue::Kind::kObject, Need::kRequired);
    fields.finish();
    District district;
    if (properties != nullptr) {
      district = read_properties(file, *properties, pointer + "/properties", names, findings);
    }
    if (geometry != nullptr) district.outline = read_outline(file, pointer + "/geometry", findings);
    const auto id = std::find_if(ids.begin(), ids.end(), [i](const FeatureId& f) { return f.feature == i; });
    if (id == ids.end()) continue;
    district.id = id->id;
    hunt.districts.push_back(std::move(district));
  }
}

}  // namespace cairn::config
