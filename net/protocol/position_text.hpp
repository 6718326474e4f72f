// A position as GeoJSON (RFC 7946) has it: [longitude,latitude] in degrees, written from integers so that the text is the
// same on every machine.
//
// Owner: the caller's stack. Bounds: as long as the longest position.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "config/model/geometry.hpp"

namespace cairn::net {

class PositionText {
 public:
  explicit PositionText(const config::Position& at);
  explicit operator std::string_view() const { return {text_.data(), size_}; }

 private:
  void put(char c) { text_[size_++] = c; }
  void put_degrees(std::int32_t value_e7);

  std::array<char, 32> text_;  // "[-180.0000000,-90.0000000]" has 26
  std::size_t size_ = 0;
};

}  // namespace cairn::net
