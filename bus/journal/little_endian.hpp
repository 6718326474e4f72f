// Numbers as the journal's files hold them: little-endian, without padding.
#pragma once

#include <cstddef>
#include <type_traits>

namespace cairn::bus {

template <class T>
constexpr void put_little_endian(std::byte* at, T value) {
  static_assert(std::is_unsigned_v<T>);
  for (std::size_t i = 0; i < sizeof(T); ++i) at[i] = static_cast<std::byte>(value >> (8 * i));
}

template <class T>
[[nodiscard]] constexpr T get_little_endian(const std::byte* at) {
  static_assert(std::is_unsigned_v<T>);
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>(value | (std::to_integer<T>(at[i]) << (8 * i)));
  }
  return value;
}

}  // namespace cairn::bus
