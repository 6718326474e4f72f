#include "net/protocol/json_writer.hpp"

#include <algorithm>

namespace cairn::net {

// Also <, > and & stay as they are: what is sent is JSON, never a part of a page.
void JsonWriter::quoted(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  put('"');
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    raw(text.substr(plain, i - plain));
    plain = i + 1;
    switch (c) {
      case '"': raw("\\\""); break;
      case '\\': raw("\\\\"); break;
      case '\n': raw("\\n"); break;
      case '\r': raw("\\r"); break;
      case '\t': raw("\\t"); break;
      default: {
        const char escape[6] = {'\\', 'u', '0', '0', kHex[c >> 4U], kHex[c & 15U]};
        raw({escape, sizeof escape});
      }
    }
  }
  raw(text.substr(plain));
  put('"');
}

bool JsonWriter::make_room(std::size_t bytes) {
  if (buffer_ == nullptr) {
    overflowed_ = true;
    cursor_ = begin_;  // what follows may overwrite: the text is worthless already
    end_ = begin_;
    return false;
  }
  const std::size_t used = written();
  buffer_->grow(std::max(buffer_->capacity() * 2, used + bytes + 256), used);
  begin_ = buffer_->data();
  cursor_ = begin_ + used;
  end_ = begin_ + buffer_->capacity();
  return true;
}

}  // namespace cairn::net
