#include "net/protocol/time_text.hpp"

#include <algorithm>
#include <chrono>

namespace cairn::net {
namespace {

void digits(char* out, std::uint32_t value, std::size_t count) {
  for (std::size_t i = count; i-- > 0; value /= 10) out[i] = static_cast<char>('0' + value % 10);
}

}  // namespace

TimeText::TimeText(std::int64_t unix_ms) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds{std::clamp<std::int64_t>(unix_ms, 0, 253'402'300'799'999)}};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  constexpr std::string_view kShape = "0000-00-00T00:00:00.000Z";
  std::copy(kShape.begin(), kShape.end(), text_.begin());
  digits(&text_[0], static_cast<std::uint32_t>(static_cast<int>(date.year())), 4);
  digits(&text_[5], static_cast<unsigned>(date.month()), 2);
  digits(&text_[8], static_cast<unsigned>(date.day()), 2);
  digits(&text_[11], static_cast<std::uint32_t>(clock.hours().count()), 2);
  digits(&text_[14], static_cast<std::uint32_t>(clock.minutes().count()), 2);
  digits(&text_[17], static_cast<std::uint32_t>(clock.seconds().count()), 2);
  digits(&text_[20], static_cast<std::uint32_t>(clock.subseconds().count()), 3);
}

}  // namespace cairn::net
