// Times as people and clients are told them: RFC 3339, UTC, milliseconds.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace cairn::net {

class TimeText {
 public:
  // Years 1970 to 9999; what lies outside is told as the nearest of them.
  explicit TimeText(std::int64_t unix_ms);
  operator std::string_view() const { return {text_.data(), text_.size()}; }  // NOLINT: it is a text

 private:
  std::array<char, 24> text_{};
};

}  // namespace cairn::net
