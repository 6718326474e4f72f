#include "config/load/fields.hpp"

#include <algorithm>
#include <set>

#include "config/limits.hpp"
#include "config/load/time_text.hpp"

namespace cairn::config {

const JsonValue* Fields::value(std::string_view name, Need need) {
  known_.push_back(name);
  const JsonValue* found = object_.find(name);
  if (found == nullptr && need == Need::kRequired) {
    findings_.error(file_, pointer_, "field_missing",
                    std::string("the field ") + quoted(name) + " is missing", "add it to this object");
  }
  return found;
}

const JsonValue* Fields::value(std::string_view name, JsonValue::Kind kind, Need need) {
  const JsonValue* found = value(name, need);
  if (found == nullptr || found->is(kind)) return found;
  wrong_kind(name, *found, to_text(kind));
  return nullptr;
}

const JsonValue* Fields::array(std::string_view name, std::size_t count_max, Need need) {
  const JsonValue* found = value(name, JsonValue::Kind::kArray, need);
  if (found == nullptr || found->items.size() <= count_max) return found;
  findings_.error(file_, pointer(name), "too_many",
                  quoted(name) + " has " + std::to_string(found->items.size()) + " items; at most " +
                      std::to_string(count_max) + " are allowed");
  return nullptr;
}

void Fields::wrong_kind(std::string_view name, const JsonValue& value, std::string_view wanted) {
  findings_.error(
      file_, pointer(name), "wrong_type",
      quoted(name) + " must be " + std::string(wanted) + ", and is " + std::string(to_text(value.kind)));
}

bool Fields::text(std::string_view name, std::string& into, std::size_t bytes_max, Need need) {
  const JsonValue* found = value(name, JsonValue::Kind::kString, need);
  if (found == nullptr) return false;
  if (found->string.size() > bytes_max) {
    findings_.error(file_, pointer(name), "text_too_long",
                    quoted(name) + " has " + std::to_string(found->string.size()) + " bytes; at most " +
                        std::to_string(bytes_max) + " are allowed");
    return false;
  }
  if (need == Need::kRequired && found->string.find_first_not_of(" \t\r\n") == std::string::npos) {
    findings_.error(file_, pointer(name), "text_empty", quoted(name) + " is empty");
    return false;
  }
  into = found->string;
  return true;
}

bool Fields::boolean(std::string_view name, bool& into) {
  const JsonValue* found = value(name, JsonValue::Kind::kBoolean);
  if (found == nullptr) return false;
  into = found->boolean;
  return true;
}

std::optional<std::int64_t> Fields::whole_number(std::string_view name, std::int64_t least, std::int64_t most,
                                                 Need need) {
  const JsonValue* found = value(name, JsonValue::Kind::kInteger, need);
  if (found == nullptr) return std::nullopt;
  if (found->integer >= least && found->integer <= most) return found->integer;
  findings_.error(file_, pointer(name), "out_of_range",
                  quoted(name) + " is " + std::to_string(found->integer) + "; it must be from " +
                      std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

bool Fields::time(std::string_view name, std::optional<std::int64_t>& into_ms) {
  const JsonValue* found = value(name, JsonValue::Kind::kString);
  if (found == nullptr) return false;
  into_ms = parse_time_ms(found->string);
  if (into_ms) return true;
  findings_.error(file_, pointer(name), "time_malformed", quoted(found->string) + " is not a time",
                  "write it as 2026-05-30T18:00:00+02:00");
  return false;
}

bool Fields::duration(std::string_view name, std::int64_t& into_ms) {
  const JsonValue* found = value(name, JsonValue::Kind::kString);
  if (found == nullptr) return false;
  const std::optional<std::int64_t> read = parse_duration_ms(found->string);
  if (read) {
    into_ms = *read;
    return true;
  }
  findings_.error(file_, pointer(name), "duration_malformed", quoted(found->string) + " is not a duration",
                  "write it as 90s, 30m or 2h, at most 720h");
  return false;
}

void Fields::finish() {
  std::set<std::string_view> seen;
  for (const JsonMember& member : object_.members) {
    if (!seen.insert(member.key).second) {
      findings_.at_offset(file_, member.offset, pointer(member.key),
                          {Severity::kError, "duplicate_key",
                           quoted(member.key) + " stands twice in this object", "keep one of them"});
      continue;
    }
    if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
    const std::string_view near = nearest(member.key, known_);
    findings_.at_offset(
        file_, member.offset, pointer(member.key),
        {Severity::kError, "unknown_field", std::string("there is no field ") + quoted(member.key) + " here",
         near.empty() ? "remove it" : std::string("did you mean ") + quoted(near) + "?"});
  }
}

bool is_id(std::string_view text) {
  if (text.empty() || text.size() > kIdBytesMax || text.front() < 'a' || text.front() > 'z' ||
      text.back() == '-') {
    return false;
  }
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return std::all_of(text.begin(), text.end(), allowed) && text.find("--") == std::string_view::npos;
}

bool is_reserved(std::string_view id) {
  return id == "all" || id == "any" || id == "of" || id == "district" || id == "points" || id == "after" ||
         id == "always";
}

}  // namespace cairn::config
