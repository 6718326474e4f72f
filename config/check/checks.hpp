// What can be wrong with a hunt as a whole, once its files could be read: outlines, places, answers, and
// whether every puzzle can be reached.
//
// Threads: the caller's only. Each check reports by the place in the files that must be changed.
#pragma once

#include "config/load/findings.hpp"
#include "config/load/source.hpp"
#include "config/model/hunt.hpp"

namespace cairn::config {

void run_checks(const Hunt& hunt, const Sources& sources, Findings& findings);

// Outlines are valid (Boost.Geometry), do not overlap, and hold their puzzles.
void check_outlines(const Hunt& hunt, const Sources& sources, Findings& findings);

// Answers, partials and codes: there, and distinct once normalised.
void check_answers(const Hunt& hunt, const Sources& sources, Findings& findings);

// What a puzzle says fits together: check-ins, hints, times; what a district holds.
void check_references(const Hunt& hunt, const Sources& sources, Findings& findings);

// Every puzzle and district can be reached; rules do not wait for each other.
void check_graph(const Hunt& hunt, const Sources& sources, Findings& findings);

}  // namespace cairn::config
