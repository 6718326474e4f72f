#include "config/load/rules.hpp"

namespace cairn::config {

std::optional<UnlockRule> read_rule(Fields& fields, std::string_view name, const RuleNames& names) {
  const JsonValue* value = fields.value(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is(JsonValue::Kind::kString)) {
    fields.wrong_kind(name, *value, "a string that holds an unlock rule");
    return UnlockRule{};
  }
  ParsedRule parsed = parse_rule(value->string, names);
  if (parsed.error) {
    const std::size_t offset = fields.file().offset_within(*value, parsed.error->at);
    fields.findings().at_offset(fields.file(), offset, fields.pointer(name),
                                {Severity::kError, parsed.error->code, std::move(parsed.error->message),
                                 std::move(parsed.error->fix)});
  }
  return std::move(parsed.rule);
}

}  // namespace cairn::config
