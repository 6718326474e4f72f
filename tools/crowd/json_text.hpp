// Writes JSON: strings with their escapes, and objects and arrays with their commas.
//
// Owner: whoever writes. Threads: one. Bounds: the text's own size.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn::crowd {

void append_json_string(std::string& out, std::string_view text);

class JsonWriter {
 public:
  JsonWriter& open_object() { return open('{'); }
  JsonWriter& close_object() { return close('}'); }
  JsonWriter& open_array() { return open('['); }
  JsonWriter& close_array() { return close(']'); }

  JsonWriter& key(std::string_view name) {
    comma();
    append_json_string(text_, name);
    text_ += ':';
    after_key_ = true;
    return *this;
  }

  JsonWriter& string(std::string_view value) {
    comma();
    append_json_string(text_, value);
    return *this;
  }
  JsonWriter& number(std::uint64_t value) { return raw(std::to_string(value)); }
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  // Three decimals are enough for seconds and rates.
  JsonWriter& real(double value);
  // Text that is JSON already.
  JsonWriter& raw(std::string_view json) {
    comma();
    text_ += json;
    return *this;
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  JsonWriter& open(char bracket) {
    comma();
    text_ += bracket;
    after_key_ = true;
    return *this;
  }
  JsonWriter& close(char bracket) {
    text_ += bracket;
    after_key_ = false;
    return *this;
  }
  void comma() {
    if (!after_key_ && !text_.empty()) text_ += ',';
    after_key_ = false;
  }

  std::string text_;
  bool after_key_ = false;  // or after an opening bracket: no comma comes before the next value
};

}  // namespace cairn::crowd
