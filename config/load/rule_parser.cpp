#include "config/load/rule_parser.hpp"

#include <charconv>
#include <utility>

#include "config/limits.hpp"
#include "config/load/fields.hpp"
#include "config/load/findings.hpp"
#include "config/load/time_text.hpp"

namespace cairn::config {
namespace {

using Kind = UnlockRule::Kind;

struct Tree {
  Kind kind = Kind::kAlways;
  std::int64_t operand = 0;
  std::vector<Tree> children;
};

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

class Parser {
 public:
  Parser(std::string_view text, const RuleNames& names) : text_(text), names_(names) {}

  std::optional<RuleError> error;

  Tree whole() {
    if (text_.size() > kRuleBytesMax) {
      fail(0, "rule_too_long", "a rule has at most " + std::to_string(kRuleBytesMax) + " bytes");
      return {};
    }
    Tree tree = rule(1);
    skip_spaces();
    if (!error && at_ < text_.size()) {
      fail(at_, "rule_syntax", "something follows the end of the rule", "join rules with all(…) or any(…)");
    }
    return tree;
  }

 private:
  Tree fail(std::size_t at, std::string code, std::string message, std::string fix = {}) {
    if (!error) error = RuleError{at, std::move(code), std::move(message), std::move(fix)};
    return {};
  }

  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
  }

  bool skip(std::string_view symbol) {
    skip_spaces();
    if (text_.substr(at_, symbol.size()) != symbol) return false;
    at_ += symbol.size();
    return true;
  }

  std::string_view word() {
    skip_spaces();
    const std::size_t from = at_;
    while (at_ < text_.size() && is_word_byte(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }

  std::optional<std::int64_t> number(std::string_view digits) {
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failed != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
  }

  Tree rule(std::uint32_t depth) {
    skip_spaces();
    const std::size_t from = at_;
    if (depth > kRuleDepthMax) {
      return fail(from, "rule_too_deep", "rules nest at most " + std::to_string(kRuleDepthMax) + " deep");
    }
    if (++nodes_ > kRuleNodesMax) {
      return fail(from, "rule_too_long", "a rule has at most " + std::to_string(kRuleNodesMax) + " parts");
    }
    const std::string_view name = word();
    if (name.empty()) {
      return fail(
          from, "rule_syntax", at_ < text_.size() ? "a rule is expected here" : "the rule ends too early",
          "write a puzzle id, always, all(…), any(…), 2 of (…), district(…), points >= 300 or after 30m");
    }
    if (name == "always") return {};
    if (name == "all" || name == "any") return list(name == "any" ? 1 : -1, from, depth);
    if (name == "district") return district();
    if (name == "points") return points();
    if (name == "after") return after();
    if (name.front() >= '0' && name.front() <= '9') return at_least(name, from, depth);
    return puzzle(name, from);
  }

  // `wanted` children must hold; -1: all of them.
  Tree list(std::int64_t wanted, std::size_t from, std::uint32_t depth) {
    Tree tree{Kind::kAtLeast, wanted, {}};
    if (!skip("(")) return fail(at_, "rule_syntax", "an opening bracket is expected here");
    do {
      tree.children.push_back(rule(depth + 1));
      if (error) return {};
    } while (skip(","));
    if (!skip(")")) return fail(at_, "rule_syntax", "a comma or a closing bracket is expected here");
    const auto count = static_cast<std::int64_t>(tree.children.size());
    if (wanted < 0) tree.operand = count;
    if (wanted > count) {
      return fail(from, "rule_impossible",
                  std::to_string(wanted) + " of " + std::to_string(count) + " can never hold",
                  "ask for at most " + std::to_string(count));
    }
    return tree;
  }

  Tree at_least(std::string_view digits, std::size_t from, std::uint32_t depth) {
    const std::optional<std::int64_t> wanted = number(digits);
    if (!wanted) return fail(from, "rule_syntax", "a puzzle id begins with a small letter");
    if (*wanted < 1) return fail(from, "rule_impossible", "at least 1 of a list must be asked for");
    skip_spaces();
    const std::size_t of_at = at_;
    if (word() != "of") return fail(of_at, "rule_syntax", "\"of\" is expected after a number");
    return list(*wanted, from, depth);
  }

  Tree district() {
    if (!skip("(")) return fail(at_, "rule_syntax", "an opening bracket is expected here");
    skip_spaces();
    const std::size_t from = at_;
    const std::string_view id = word();
    if (id.empty()) return fail(from, "rule_syntax", "a district's id is expected here");
    const RuleNames::Name found = names_.district(id);
    if (!found.known) return unknown(id, from, "rule_unknown_district", "district", names_.district_ids);
    if (!skip(")")) return fail(at_, "rule_syntax", "a closing bracket is expected here");
    if (!found.index) return {};
    return {Kind::kDistrictOpened, *found.index, {}};
  }

  Tree points() {
    if (!skip(">=")) return fail(at_, "rule_syntax", "\">=\" is expected after points");
    skip_spaces();
    const std::size_t from = at_;
    const std::optional<std::int64_t> wanted = number(word());
    if (!wanted) return fail(from, "rule_syntax", "a number of points is expected here");
    if (*wanted < 1 || *wanted > kRulePointsMax) {
      return fail(from, "rule_impossible", "points must be from 1 to " + std::to_string(kRulePointsMax));
    }
    return {Kind::kPointsAtLeast, *wanted, {}};
  }

  Tree after() {
    skip_spaces();
    const std::size_t from = at_;
    const std::optional<std::int64_t> time_ms = parse_duration_ms(word());
    if (!time_ms)
      return fail(from, "rule_syntax", "a duration is expected after \"after\"", "write 90s, 30m or 2h");
    return {Kind::kElapsedAtLeast, *time_ms, {}};
  }

  Tree puzzle(std::string_view id, std::size_t from) {
    const RuleNames::Name found = names_.puzzle(id);
    if (!found.known) return unknown(id, from, "rule_unknown_puzzle", "puzzle", names_.puzzle_ids);
    if (!found.index) return {};
    return {Kind::kPuzzleSolved, *found.index, {}};
  }

  Tree unknown(std::string_view id, std::size_t from, std::string code, std::string_view kind,
               const std::vector<std::string_view>& known) {
    const std::string_view near = nearest(id, known);
    std::string fix = near.empty() ? std::string() : "did you mean \"" + std::string(near) + "\"?";
    if (near.empty() && kind == "puzzle" && names_.district(id).known)
      fix = "write district(" + std::string(id) + ")";
    return fail(from, std::move(code), "there is no " + std::string(kind) + " \"" + std::string(id) + "\"",
                std::move(fix));
  }

  std::string_view text_;
  const RuleNames& names_;
  std::size_t at_ = 0;
  std::size_t nodes_ = 0;
};

// Children of a node stand side by side: level by level.
UnlockRule flatten(const Tree& tree) {
  UnlockRule rule;
  rule.nodes.assign(1, {tree.kind, tree.operand, 0, 0});
  std::vector<const Tree*> order{&tree};
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::vector<Tree>& children = order[i]->children;
    rule.nodes[i].first_child = static_cast<std::uint32_t>(children.empty() ? 0 : order.size());
    rule.nodes[i].child_count = static_cast<std::uint32_t>(children.size());
    for (const Tree& next : children) {
      order.push_back(&next);
      rule.nodes.push_back({next.kind, next.operand, 0, 0});
    }
  }
  return rule;
}

}  // namespace

ParsedRule parse_rule(std::string_view text, const RuleNames& names) {
  ParsedRule parsed;
  Parser parser(text, names);
  const Tree tree = parser.whole();
  parsed.error = std::move(parser.error);
  if (!parsed.error) parsed.rule = flatten(tree);
  return parsed;
}

}  // namespace cairn::config
