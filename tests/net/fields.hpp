// A field of a message, by its JSON pointer; a message that lacks it fails the test by an exception.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn::test {

inline std::string text_field(std::string_view json, std::string_view pointer) {
  simdjson::dom::parser parser;
  const simdjson::dom::element root = parser.parse(json.data(), json.size());
  return std::string(std::string_view(root.at_pointer(pointer)));
}

inline std::uint64_t number_field(std::string_view json, std::string_view pointer) {
  simdjson::dom::parser parser;
  const simdjson::dom::element root = parser.parse(json.data(), json.size());
  return std::uint64_t(root.at_pointer(pointer));
}

}  // namespace cairn::test
