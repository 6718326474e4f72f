#include "tools/simulate/minimise.hpp"

#include <algorithm>

namespace cairn::simulate {

Plan minimise(Plan plan, const std::function<bool(const Plan&)>& fails, std::size_t runs_max) {
  std::size_t runs = 0;
  for (std::size_t length = plan.steps.size() / 2; length > 0 && runs < runs_max; length /= 2) {
    for (std::size_t from = 0; from < plan.steps.size() && runs < runs_max;) {
      Plan shorter{plan.seed, {}};
      for (std::size_t i = 0; i < plan.steps.size(); ++i)
        if (i < from || i >= from + length) shorter.steps.push_back(plan.steps[i]);
      ++runs;
      if (fails(shorter))
        plan = std::move(shorter);
      else
        from += length;
    }
  }
  return plan;
}

}  // namespace cairn::simulate
