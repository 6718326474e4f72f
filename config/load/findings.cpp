#include "config/load/findings.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "config/limits.hpp"

namespace cairn::config {
namespace {

// How many letters must be changed, added, left out or swapped with their neighbour to turn one name into the
// other.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

void Findings::at_offset(const SourceFile& file, std::size_t offset, std::string pointer, What what) {
  if (what.severity == Severity::kError) ++errors_;
  if (all_.size() >= kFindingsMax) {
    ++left_out_;
    return;
  }
  const Location where = file.location(offset);
  all_.push_back({file.path, where.line, where.column, what.severity, std::string(what.code),
                  std::move(pointer), std::move(what.message), std::move(what.fix)});
}

void Findings::at(const SourceFile& file, std::string pointer, What what) {
  const std::size_t offset = file.at(pointer).offset;
  at_offset(file, offset, std::move(pointer), std::move(what));
}

std::vector<Diagnostic> Findings::take() {
  std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
  });
  if (left_out_ > 0) {
    all_.push_back({"hunt.json", 1, 1, Severity::kNote, "more_findings", "",
                    std::to_string(left_out_) + " more findings are not shown",
                    "put right those above first"});
  }
  return std::move(all_);
}

std::string quoted(std::string_view text) {
  std::string result(1, '"');
  result += text;
  result += '"';
  return result;
}

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& known) {
  std::string_view best;
  // A third of the letters may differ; beyond that a suggestion misleads.
  std::size_t best_distance = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    const std::size_t longer = std::max(candidate.size(), name.size());
    const std::size_t shorter = std::min(candidate.size(), name.size());
    if (longer - shorter >= best_distance) continue;
    const std::size_t distance = edit_distance(name.substr(0, 64), candidate);
    if (distance < best_distance && distance < shorter) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace cairn::config
