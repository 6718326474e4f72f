// Whether a text may be a team's or player's name: something visible, no control characters, not too long.
#pragma once

#include <string_view>

#include "actors/messages/limits.hpp"

namespace cairn::net {

// Without the spaces around it; empty: it may not be a name. `text` is UTF-8.
inline std::string_view checked_name(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(' ') - first + 1);
  if (text.size() > actors::kNameBytesMax) return {};
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return {};
  return text;
}

}  // namespace cairn::net
