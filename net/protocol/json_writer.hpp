// Writes JSON into a fixed place or into a reusable buffer that grows. It escapes, sets the commas, and
// allocates nothing but the growing buffer's memory.
//
// Owner: one call. Threads: one. Bounds: the fixed place; then overflowed() is true and the text is
// worthless.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "net/protocol/text_buffer.hpp"

namespace cairn::net {

class JsonWriter {
 public:
  explicit JsonWriter(std::span<std::byte> place)
      : cursor_(reinterpret_cast<char*>(place.data())), begin_(cursor_), end_(cursor_ + place.size()) {}
  // Writes from the buffer's beginning; its size is set by finish().
  explicit JsonWriter(TextBuffer& buffer) : buffer_(&buffer) {
    buffer.clear();
    buffer.grow(256, 0);
    begin_ = buffer.data();
    cursor_ = begin_;
    end_ = begin_ + buffer.capacity();
  }

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name) {
    comma();
    put('"');
    raw(name);
    raw("\":");
    needs_comma_ = false;
  }

  void value(std::string_view text) {
    comma();
    quoted(text);
    needs_comma_ = true;
  }
  void value(const char* text) { value(std::string_view(text)); }
  void value(std::same_as<bool> auto truth) {
    comma();
    raw(truth ? "true" : "false");
    needs_comma_ = true;
  }
  template <std::integral T>
  requires(!std::same_as<T, bool>) void value(T number) {
    comma();
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    raw({digits, static_cast<std::size_t>(end - digits)});
    needs_comma_ = true;
  }
  void null() {
    comma();
    raw("null");
    needs_comma_ = true;
  }
  // A value whose JSON the caller has at hand.
  void json(std::string_view text) {
    comma();
    raw(text);
    needs_comma_ = true;
  }

  template <class T>
  void member(std::string_view name, const T& v) {
    key(name);
    value(v);
  }
  void begin_object(std::string_view name) {
    key(name);
    begin_object();
  }
  void begin_array(std::string_view name) {
    key(name);
    begin_array();
  }

  [[nodiscard]] bool overflowed() const { return overflowed_; }
  [[nodiscard]] std::size_t written() const { return static_cast<std::size_t>(cursor_ - begin_); }
  // Sets the buffer's size to what was written and returns the text.
  std::string_view finish() {
    const std::size_t bytes = written();
    if (buffer_ != nullptr) buffer_->set_size(bytes);
    return {begin_, bytes};
  }

 private:
  void open(char c) {
    comma();
    put(c);
    needs_comma_ = false;
  }
  void close(char c) {
    put(c);
    needs_comma_ = true;
  }
  void comma() {
    if (needs_comma_) put(',');
  }
  void put(char c) {
    if (cursor_ == end_ && !make_room(1)) return;
    *cursor_++ = c;
  }
  void raw(std::string_view text) {
    if (static_cast<std::size_t>(end_ - cursor_) < text.size() && !make_room(text.size())) return;
    if (!text.empty()) std::memcpy(cursor_, text.data(), text.size());
    cursor_ += text.size();
  }
  void quoted(std::string_view text);
  bool make_room(std::size_t bytes);

  TextBuffer* buffer_ = nullptr;
  char* cursor_ = nullptr;
  char* begin_ = nullptr;
  char* end_ = nullptr;
  bool needs_comma_ = false;
  bool overflowed_ = false;
};

}  // namespace cairn::net
