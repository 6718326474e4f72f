#include "tests/world/json_look.hpp"

#include <simdjson.h>

namespace cairn::story {

std::string look(std::string_view json, std::string_view pointer) {
  simdjson::dom::parser parser;
  simdjson::dom::element found;
  const simdjson::padded_string padded{json};
  if (parser.parse(padded).at_pointer(pointer).get(found) != simdjson::SUCCESS) return {};
  std::string_view text;
  return found.get(text) == simdjson::SUCCESS ? std::string{text} : simdjson::minify(found);
}

}  // namespace cairn::story
