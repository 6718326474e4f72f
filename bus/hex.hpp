// Bytes as hexadecimal digits.
//
// Threads: any; nothing is kept.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>

namespace cairn::bus {

[[nodiscard]] constexpr std::array<char, 2> hex(std::byte byte) {
  constexpr char kDigits[] = "0123456789abcdef";
  return {kDigits[std::to_integer<unsigned>(byte) >> 4U], kDigits[std::to_integer<unsigned>(byte) & 15U]};
}

[[nodiscard]] inline std::string hex(std::span<const std::byte> bytes) {
  std::string digits;
  digits.reserve(2 * bytes.size());
  for (const std::byte byte : bytes) digits.append(hex(byte).data(), 2);
  return digits;
}

}  // namespace cairn::bus
