// A JSON text as a tree that knows where each of its values stands, so that a finding can name line and
// column.
//
// Owner: whoever holds it. Threads: any may read. Bounds: depth_max levels; the caller bounds the text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::config {

struct JsonMember;

struct JsonValue {
  enum class Kind : std::uint8_t { kNull, kBoolean, kInteger, kNumber, kString, kArray, kObject };

  Kind kind = Kind::kNull;
  bool boolean = false;
  std::uint32_t offset = 0;  // of its first byte in the text
  std::int64_t integer = 0;  // kInteger
  double number = 0;         // kInteger and kNumber
  std::string string;
  std::vector<JsonValue> items;
  std::vector<JsonMember> members;  // in the order of the text, duplicates among them

  [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
  [[nodiscard]] bool is_number() const { return kind == Kind::kInteger || kind == Kind::kNumber; }
  [[nodiscard]] const JsonValue* find(std::string_view key) const;
};

struct JsonMember {
  std::string key;
  std::uint32_t offset = 0;  // of the key
  JsonValue value;
};

[[nodiscard]] std::string_view to_text(JsonValue::Kind kind);

struct JsonSyntaxError {
  std::size_t offset = 0;
  std::string message;
};

// The whole text must be one object as RFC 8259 has it; every field is visited, so what is skipped elsewhere
// is refused here.
struct ParsedJson {
  JsonValue root;
  std::optional<JsonSyntaxError> error;
};
[[nodiscard]] ParsedJson parse_json(std::string_view text, std::uint32_t depth_max);

}  // namespace cairn::config
