#include "tools/crowd/json_text.hpp"

#include <cstdio>

namespace cairn::crowd {

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char letter : text) {
    const auto code = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      out += '\\';
      out += letter;
    } else if (code < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(code));
      out += escape;
    } else {
      out += letter;
    }
  }
  out += '"';
}

JsonWriter& JsonWriter::real(double value) {
  char digits[48];
  std::snprintf(digits, sizeof digits, "%.3f", value);
  return raw(digits);
}

}  // namespace cairn::crowd
