#include "config/load/source.hpp"

#include <algorithm>
#include <charconv>

#include "config/model/utf8.hpp"

namespace cairn::config {
namespace {

std::string unescape(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '~' && i + 1 < token.size()) {
      text += token[++i] == '0' ? '~' : '/';
    } else {
      text += token[i];
    }
  }
  return text;
}

const JsonValue* child(const JsonValue& value, std::string_view token) {
  if (value.is(JsonValue::Kind::kObject)) return value.find(unescape(token));
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
  const bool whole = error == std::errc{} && end == token.data() + token.size();
  return whole && index < value.items.size() ? &value.items[index] : nullptr;
}

}  // namespace

Location SourceFile::location(std::size_t offset) const {
  Location found;
  offset = std::min(offset, text.size());
  for (std::size_t at = 0; at < offset;) {
    const std::uint32_t bytes = std::max(decode_utf8(text, at).bytes, std::uint32_t{1});
    if (text[at] == '\n') {
      ++found.line;
      found.column = 1;
    } else {
      ++found.column;
    }
    at += bytes;
  }
  return found;
}

const JsonValue& SourceFile::at(std::string_view pointer) const {
  const JsonValue* value = &root;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    const JsonValue* next = child(*value, pointer.substr(0, end));
    if (next == nullptr) break;
    value = next;
    pointer.remove_prefix(end);
  }
  return *value;
}

std::size_t SourceFile::offset_within(const JsonValue& string, std::size_t byte) const {
  std::size_t at = string.offset + 1;
  std::size_t decoded = 0;
  while (decoded < byte && at < text.size() && text[at] != '"') {
    if (text[at] == '\\') {
      // Every escape that a rule can hold stands for one byte; the others only shift the column of a finding.
      at += at + 1 < text.size() && text[at + 1] == 'u' ? 6 : 2;
      ++decoded;
    } else {
      ++at;
      ++decoded;
    }
  }
  return at;
}

}  // namespace cairn::config
