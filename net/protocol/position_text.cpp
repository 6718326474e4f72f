#include "net/protocol/position_text.hpp"

#include <charconv>
#include <cstdint>

namespace cairn::net {

namespace {
constexpr std::int64_t kPerDegree = 10'000'000;
}  // namespace

PositionText::PositionText(const config::Position& at) {
  put('[');
  put_degrees(at.longitude_e7);
  put(',');
  put_degrees(at.latitude_e7);
  put(']');
}

void PositionText::put_degrees(std::int32_t value_e7) {
  const std::int64_t value = value_e7 < 0 ? -std::int64_t{value_e7} : value_e7;
  if (value_e7 < 0) put('-');
  char* const begin = text_.data() + size_;
  size_ += static_cast<std::size_t>(
      std::to_chars(begin, text_.data() + text_.size(), value / kPerDegree).ptr - begin);
  std::int64_t rest = value % kPerDegree;
  if (rest == 0) return;
  put('.');
  // Digit by digit, and none behind the last that is not 0.
  for (std::int64_t unit = kPerDegree / 10; rest > 0; unit /= 10) {
    put(static_cast<char>('0' + rest / unit));
    rest %= unit;
  }
}

}  // namespace cairn::net
