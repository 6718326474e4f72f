// A hunt's files as they were read: kept beside the hunt so that a check can say where in a file something
// stands.
//
// Owner: LoadedHunt. Threads: any may read. Bounds: limits.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/load/json.hpp"

namespace cairn::config {

struct Location {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

struct SourceFile {
  std::string path;  // relative to the hunt's folder
  std::string text;
  JsonValue root;

  [[nodiscard]] Location location(std::size_t offset) const;

  // The value that a JSON pointer names, or the nearest one around it that exists.
  [[nodiscard]] const JsonValue& at(std::string_view pointer) const;

  // Where the given byte of a string value stands in the text, counting what escapes took.
  [[nodiscard]] std::size_t offset_within(const JsonValue& string, std::size_t byte) const;
};

struct Sources {
  SourceFile hunt;
  SourceFile districts;
  std::vector<std::size_t> features;  // of the district with the same index, its place in /features
  std::vector<SourceFile> puzzles;    // of the puzzle with the same index
  bool complete = true;               // no puzzle was left out because its file could not be parsed
};

}  // namespace cairn::config
