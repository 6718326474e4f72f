#include "config/load/time_text.hpp"

#include <chrono>

#include "config/limits.hpp"

namespace cairn::config {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  // Exactly `count` digits.
  std::optional<int> digits(std::size_t count) {
    if (text_.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return std::nullopt;
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(count);
    return value;
  }
  bool skip(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  [[nodiscard]] bool done() const { return text_.empty(); }

 private:
  std::string_view text_;
};

std::optional<int> fraction_ms(Scanner& scan) {
  if (!scan.skip('.')) return 0;
  int ms = 0;
  int weight = 100;
  int digits = 0;
  while (const auto digit = scan.digits(1)) {
    ms += *digit * weight;
    weight /= 10;
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  return ms;
}

std::optional<int> offset_minutes(Scanner& scan) {
  if (scan.skip('Z')) return 0;
  const int sign = scan.skip('-') ? -1 : scan.skip('+') ? 1 : 0;
  const auto hours = scan.digits(2);
  const bool colon = scan.skip(':');
  const auto minutes = scan.digits(2);
  if (sign == 0 || !hours || !colon || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

std::optional<std::int64_t> parse_time_ms(std::string_view text) {
  namespace chr = std::chrono;
  Scanner scan(text);
  const auto year = scan.digits(4);
  const bool dash1 = scan.skip('-');
  const auto month = scan.digits(2);
  const bool dash2 = scan.skip('-');
  const auto day = scan.digits(2);
  const bool t = scan.skip('T');
  const auto hour = scan.digits(2);
  const bool colon1 = scan.skip(':');
  const auto minute = scan.digits(2);
  const bool colon2 = scan.skip(':');
  const auto second = scan.digits(2);
  if (!year || !dash1 || !month || !dash2 || !day || !t || !hour || !colon1 || !minute || !colon2 ||
      !second) {
    return std::nullopt;
  }
  const auto ms = fraction_ms(scan);
  const auto offset = offset_minutes(scan);
  const chr::year_month_day date{chr::year{*year}, chr::month{static_cast<unsigned>(*month)},
                                 chr::day{static_cast<unsigned>(*day)}};
  if (!ms || !offset || !scan.done() || !date.ok() || *hour > 23 || *minute > 59 || *second > 59)
    return std::nullopt;
  const std::int64_t days = chr::sys_days{date}.time_since_epoch().count();
  const std::int64_t minutes = days * 1440 + *hour * 60 + *minute - *offset;
  return (minutes * 60 + *second) * 1000 + *ms;
}

std::optional<std::int64_t> parse_duration_ms(std::string_view text) {
  constexpr std::string_view kUnits = "hms";
  constexpr std::int64_t kUnitMs[] = {3'600'000, 60'000, 1000};
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    std::int64_t count = 0;
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
      count = count * 10 + (text[digits++] - '0');
      if (count > kDurationMaxMs) return std::nullopt;
    }
    if (digits == 0 || digits == text.size()) return std::nullopt;
    const std::size_t unit = kUnits.find(text[digits], next_unit);
    if (unit == std::string_view::npos) return std::nullopt;
    total += count * kUnitMs[unit];
    if (total > kDurationMaxMs) return std::nullopt;
    next_unit = unit + 1;
    text.remove_prefix(digits + 1);
  }
  return total;
}

}  // namespace cairn::config
