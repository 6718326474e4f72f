// Reads a field that holds an unlock rule, and reports what is wrong with it at its exact column.
#pragma once

#include <optional>
#include <string_view>

#include "config/load/fields.hpp"
#include "config/load/rule_parser.hpp"

namespace cairn::config {

// Nothing where the field is absent; `always` where it is wrong, so that checks can go on.
[[nodiscard]] std::optional<UnlockRule> read_rule(Fields& fields, std::string_view name,
                                                  const RuleNames& names);

}  // namespace cairn::config
