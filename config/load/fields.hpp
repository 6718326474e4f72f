// Reads the fields of one JSON object by name and reports everything that is not as it should be: a field
// that is missing, twice there, unknown, of the wrong type or out of range.
//
// Threads: the caller's only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/load/findings.hpp"

namespace cairn::config {

enum class Need : std::uint8_t { kOptional, kRequired };

class Fields {
 public:
  Fields(Findings& findings, const SourceFile& file, const JsonValue& object, std::string pointer)
      : findings_(findings), file_(file), object_(object), pointer_(std::move(pointer)) {}

  // The value of a field and, from then on, a name that is known. Null where it is not there.
  const JsonValue* value(std::string_view name, Need need = Need::kOptional);
  // Null, and reported, where it is of another kind.
  const JsonValue* value(std::string_view name, JsonValue::Kind kind, Need need = Need::kOptional);
  const JsonValue* array(std::string_view name, std::size_t count_max, Need need = Need::kOptional);

  // These leave `into` as it is when the field is absent or wrong, and say whether they set it.
  bool text(std::string_view name, std::string& into, std::size_t bytes_max, Need need = Need::kOptional);
  bool boolean(std::string_view name, bool& into);
  bool time(std::string_view name, std::optional<std::int64_t>& into_ms);
  bool duration(std::string_view name, std::int64_t& into_ms);
  template <class Integer>
  bool integer(std::string_view name, Integer& into, std::int64_t least, std::int64_t most,
               Need need = Need::kOptional) {
    const std::optional<std::int64_t> read = whole_number(name, least, most, need);
    if (read) into = static_cast<Integer>(*read);
    return read.has_value();
  }

  // Reports duplicates and unknown fields; call it when every known name was asked for.
  void finish();

  [[nodiscard]] std::string pointer(std::string_view name) const {
    return pointer_ + '/' + std::string(name);
  }
  [[nodiscard]] Findings& findings() { return findings_; }
  [[nodiscard]] const SourceFile& file() const { return file_; }

  // Reports a value of the wrong kind.
  void wrong_kind(std::string_view name, const JsonValue& value, std::string_view wanted);

 private:
  std::optional<std::int64_t> whole_number(std::string_view name, std::int64_t least, std::int64_t most,
                                           Need need);

  Findings& findings_;
  const SourceFile& file_;
  const JsonValue& object_;
  std::string pointer_;
  std::vector<std::string_view> known_;
};

// Whether an id is of the form that rules and addresses can carry, and not a word of the rules' language.
[[nodiscard]] bool is_id(std::string_view text);
[[nodiscard]] bool is_reserved(std::string_view id);
inline constexpr std::string_view kIdFix =
    "an id is a small letter, then small letters, digits and single hyphens";

}  // namespace cairn::config
