// Shortens a failing plan to the steps that it fails by.
// Source: delta debugging; Zeller, Hildebrandt, "Simplifying and isolating failure-inducing input" (IEEE TSE 28, 2002).
#pragma once

#include <functional>

#include "tools/simulate/plan.hpp"

namespace cairn::simulate {

// `fails` runs a plan anew. Every plan tried is a part of the one given; at most `runs_max` are.
[[nodiscard]] Plan minimise(Plan plan, const std::function<bool(const Plan&)>& fails, std::size_t runs_max);

}  // namespace cairn::simulate
