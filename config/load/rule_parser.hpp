// Parses the text language of unlock rules to the model's flat tree.
//
//   rule  := "always" | "all" list | "any" list | N "of" list | "district" "(" id ")" | "points" ">=" N
//          | "after" duration | puzzle-id
//   list  := "(" rule { "," rule } ")"
//
// Threads: any. Bounds: kRuleBytesMax, kRuleDepthMax, kRuleNodesMax.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/model/unlock_rule.hpp"

namespace cairn::config {

// What the ids in a rule stand for. An id whose own file is broken is known without an index: the rule then
// takes that part as fulfilled, so that one broken file does not make every rule that names it wrong too.
struct RuleNames {
  struct Name {
    bool known = false;
    std::optional<std::uint32_t> index;
  };
  std::function<Name(std::string_view)> puzzle;
  std::function<Name(std::string_view)> district;
  // For suggestions; views stay valid while the rule is parsed.
  std::vector<std::string_view> puzzle_ids;
  std::vector<std::string_view> district_ids;
};

struct RuleError {
  std::size_t at = 0;  // byte in the rule's text
  std::string code;
  std::string message;
  std::string fix;
};

struct ParsedRule {
  UnlockRule rule;                 // `always` where there is an error
  std::optional<RuleError> error;  // the first one
};

[[nodiscard]] ParsedRule parse_rule(std::string_view text, const RuleNames& names);

}  // namespace cairn::config
