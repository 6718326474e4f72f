// Reads districts.geojson (RFC 7946): outlines, names and the rule or time that opens each district.
#pragma once

#include "config/load/findings.hpp"
#include "config/load/rule_parser.hpp"
#include "config/model/hunt.hpp"

namespace cairn::config {

// The features' ids, in their order: read before the rules, which may name any of them. Features that have no
// usable id are reported here and left out.
struct FeatureId {
  std::size_t feature = 0;
  std::string id;
};
[[nodiscard]] std::vector<FeatureId> read_district_ids(const SourceFile& file, Findings& findings);

void read_districts_file(const SourceFile& file, const std::vector<FeatureId>& ids, const RuleNames& names,
                         Findings& findings, Hunt& hunt);

// Rings of one feature: snapped to 1e-7 degrees, wound as RFC 7946 says. What had to be put right is a
// warning.
[[nodiscard]] MultiPolygon read_outline(const SourceFile& file, const std::string& pointer,
                                        Findings& findings);

}  // namespace cairn::config
