// Writing and reading the little-endian bytes of commands and entries. Readers never run past the end: what is missing
// reads as zero and is reported once by ok().
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include "bus/assert.hpp"

namespace cairn::actors {

static_assert(std::endian::native == std::endian::little,
              "the formats of commands and entries are little-endian");

class ByteWriter {
 public:
  explicit ByteWriter(std::span<std::byte> out) : out_(out) {}

  template <class T>
  requires(std::is_trivially_copyable_v<T>) void put(const T& value) {
    CAIRN_ASSERT(used_ + sizeof value <= out_.size());
    std::memcpy(out_.data() + used_, &value, sizeof value);
    used_ += sizeof value;
  }
  // One byte or two of length, as the reader asks for.
  template <class Length>
  void put_text(std::string_view text) {
    CAIRN_ASSERT(text.size() <= static_cast<Length>(~Length{}) &&
                 used_ + sizeof(Length) + text.size() <= out_.size());
    put(static_cast<Length>(text.size()));
    if (!text.empty()) std::memcpy(out_.data() + used_, text.data(), text.size());
    used_ += text.size();
  }
  void put_bytes(std::span<const std::byte> bytes) {
    CAIRN_ASSERT(used_ + bytes.size() <= out_.size());
    if (!bytes.empty()) std::memcpy(out_.data() + used_, bytes.data(), bytes.size());
    used_ += bytes.size();
  }
  [[nodiscard]] std::size_t used() const { return used_; }

 private:
  std::span<std::byte> out_;
  std::size_t used_ = 0;
};

class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> in) : in_(in) {}

  template <class T>
  requires(std::is_trivially_copyable_v<T>) T get() {
    if constexpr (std::is_same_v<T, bool>) return get_truth();
    T value{};
    const std::span<const std::byte> bytes = get_bytes(sizeof value);
    if (bytes.size() == sizeof value) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
  template <class Length>
  std::string_view get_text() {
    const std::span<const std::byte> bytes = get_bytes(get<Length>());
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  std::span<const std::byte> get_bytes(std::size_t count) {
    if (count > in_.size()) {
      ok_ = false;
      in_ = {};
      return {};
    }
    const std::span<const std::byte> bytes = in_.first(count);
    in_ = in_.subspan(count);
    return bytes;
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return in_.empty(); }

 private:
  // A byte that is neither 0 nor 1 is no truth value, and must not become one.
  bool get_truth() {
    const auto byte = get<std::uint8_t>();
    if (byte > 1) ok_ = false;
    return byte == 1;
  }

  std::span<const std::byte> in_;
  bool ok_ = true;
};

}  // namespace cairn::actors
