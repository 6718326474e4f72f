// Folded state as bytes: what a role, a view or a memory of requests writes of itself, so that another one of the same
// build can go on from there without the entries that led to it. Equal state gives equal bytes, whichever way it was
// reached: nothing is written in the order of a hash table or an address, and no padding.
//
// kStateVersion stands for all of it. These bytes are a cache of the journal and no format to keep: what another version
// wrote is ignored, and the journal folded instead.
//
// Threads: as their owner. Bounds: a writer grows; a reader never runs past the end, and says so by ok().
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "actors/messages/bytes.hpp"
#include "bus/lazy_array.hpp"

namespace cairn::actors {

// To be raised with every change to what is saved, or to what a fold makes of an entry: a golden journal's state hash
// (tests/golden/) tells when.
inline constexpr std::uint32_t kStateVersion = 2;

template <class T>
concept PlainState = std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>;

class StateWriter {
 public:
  template <PlainState T>
  void put(const T& value) {
    append(&value, sizeof value);
  }
  void put_text(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    append(text.data(), text.size());
  }
  template <PlainState T>
  void put_all(const std::vector<T>& items) {
    put(static_cast<std::uint32_t>(items.size()));
    append(items.data(), items.size() * sizeof(T));
  }
  void put_all(const std::vector<bool>& items) {
    put(static_cast<std::uint32_t>(items.size()));
    for (const bool item : items) put(static_cast<std::uint8_t>(item));
  }
  // Of what is reserved only what was ever touched: an item that is all zeros is as one that never was.
  template <PlainState T>
  void put_touched(const bus::LazyArray<T>& items) {
    for (std::size_t i = 0; i < items.size(); ++i)
      if (!is_zero(items[i])) {
        put(static_cast<std::uint32_t>(i));
        put(items[i]);
      }
    put(kEnd);
  }
  // What f() writes, behind its length, so that a reader can pass it by.
  template <class F>
  void put_part(F&& f) {
    const std::size_t at = bytes_.size();
    put(std::uint64_t{0});
    f();
    const std::uint64_t length = bytes_.size() - at - sizeof length;
    std::memcpy(bytes_.data() + at, &length, sizeof length);
  }
  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  friend class StateReader;
  static constexpr std::uint32_t kEnd = 0xffffffffU;

  template <class T>
  static bool is_zero(const T& item) {
    static constexpr std::byte kZeros[sizeof(T)]{};
    return std::memcmp(&item, kZeros, sizeof item) == 0;
  }
  void append(const void* from, std::size_t bytes) {
    const auto* first = static_cast<const std::byte*>(from);
    bytes_.insert(bytes_.end(), first, first + bytes);
  }

  std::vector<std::byte> bytes_;
};

// What saved state is told by: 32 hexadecimal digits, BLAKE2b-128 of its bytes.
[[nodiscard]] std::string state_hash(std::span<const std::byte> state);

class StateReader {
 public:
  explicit StateReader(std::span<const std::byte> bytes) : in_(bytes) {}

  template <PlainState T>
  T get() {
    return in_.get<T>();
  }
  std::string_view get_text() { return in_.get_text<std::uint32_t>(); }
  // Into a vector that is as long as was saved, or else grows to it.
  template <PlainState T>
  void get_all(std::vector<T>& items) {
    const auto count = get<std::uint32_t>();
    const std::span<const std::byte> bytes = in_.get_bytes(std::size_t{count} * sizeof(T));
    if (!ok()) return;
    items.resize(count);
    if (!bytes.empty()) std::memcpy(items.data(), bytes.data(), bytes.size());
  }
  void get_all(std::vector<bool>& items) {
    const std::span<const std::byte> bytes = in_.get_bytes(get<std::uint32_t>());
    items.resize(bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) items[i] = bytes[i] != std::byte{0};
  }
  template <PlainState T>
  void get_touched(bus::LazyArray<T>& items) {
    for (auto i = get<std::uint32_t>(); i != StateWriter::kEnd && ok(); i = get<std::uint32_t>()) {
      if (i >= items.size()) return refuse();
      items[i] = get<T>();
    }
  }
  // A part's reader; this one goes on behind it.
  StateReader get_part() { return StateReader{in_.get_bytes(get<std::uint64_t>())}; }

  // What was read does not fit what reads it.
  void refuse() { fits_ = false; }
  [[nodiscard]] bool ok() const { return fits_ && in_.ok(); }
  [[nodiscard]] bool at_end() const { return in_.at_end(); }

 private:
  ByteReader in_;
  bool fits_ = true;
};

}  // namespace cairn::actors
