#include "config/check/checks.hpp"

namespace cairn::config {

void run_checks(const Hunt& hunt, const Sources& sources, Findings& findings) {
  check_references(hunt, sources, findings);
  check_answers(hunt, sources, findings);
  check_outlines(hunt, sources, findings);
  check_graph(hunt, sources, findings);
}

}  // namespace cairn::config
