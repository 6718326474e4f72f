// A small hunt in a folder of its own that a test may spoil before it is loaded.
//
// Owner: the test case; the folder goes with it. Threads: the test's only.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "config/load/loader.hpp"

namespace cairn::config {

class HuntFolder {
 public:
  HuntFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cairn-hunt-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    root_ = pattern;
    write("hunt.json", kHunt);
    write("districts.geojson", kDistricts);
    write("puzzles/first/puzzle.json", kFirst);
    write("puzzles/second/puzzle.json", kSecond);
  }
  ~HuntFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  HuntFolder(const HuntFolder&) = delete;
  HuntFolder& operator=(const HuntFolder&) = delete;

  void write(const std::string& path, const std::string& text) const {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << text;
  }

  // Puts `with` where `what` stands for the first time; a test that would change nothing is wrong.
  void change(const std::string& path, const std::string& what, const std::string& with) const {
    std::string text = read(path);
    const std::size_t at = text.find(what);
    if (at == std::string::npos) throw std::runtime_error("\"" + what + "\" does not stand in " + path);
    write(path, text.replace(at, what.size(), with));
  }

  [[nodiscard]] std::string read(const std::string& path) const {
    std::ifstream stream(root_ / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  [[nodiscard]] LoadedHunt load() const { return load_hunt(root_); }

  // `file:line:column: severity: code` of each finding.
  [[nodiscard]] std::vector<std::string> findings() const {
    std::vector<std::string> found;
    for (const Diagnostic& d : load().diagnostics) {
      found.push_back(d.file + ':' + std::to_string(d.line) + ':' + std::to_string(d.column) + ": " +
                      std::string(to_text(d.severity)) + ": " + d.code);
    }
    return found;
  }

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }

 private:
  static constexpr const char* kHunt = R"json({
  "format": 1,
  "id": "small",
  "name": "A small hunt",
  "city": "Nowhere",
  "guesses": {"tries": 3, "lockout_s": 10, "growth_percent": 150, "lockout_max_s": 60},
  "scoring": {"points": 100, "hint_costs": [10, 20]}
}
)json";
  static constexpr const char* kDistricts = R"json({
  "type": "FeatureCollection",
  "features": [
    {"type": "Feature", "id": "north",
     "properties": {"name": "North", "colour": "#102030", "opens": "always"},
     "geometry": {"type": "Polygon", "coordinates": [[
       [10.0, 50.01],
       [10.02, 50.01],
       [10.02, 50.02],
       [10.0, 50.02],
       [10.0, 50.01]]]}},
    {"type": "Feature", "id": "south",
     "properties": {"name": "South", "colour": "#405060", "opens": "first"},
     "geometry": {"type": "Polygon", "coordinates": [[
       [10.0, 50.0],
       [10.02, 50.0],
       [10.02, 50.01],
       [10.0, 50.01],
       [10.0, 50.0]]]}}
  ]
}
)json";
  static constexpr const char* kFirst = R"json({
  "id": "first",
  "title": "The first",
  "district": "north",
  "at": [10.01, 50.015],
  "prompt": "What follows winter?",
  "answers": ["Spring", "the spring"],
  "partials": [{"answer": "summer", "reply": "Too late."}],
  "hints": [{"text": "It is green."}],
  "points": 50
}
)json";
  static constexpr const char* kSecond = R"json({
  "id": "second",
  "title": "The second",
  "district": "south",
  "prompt": "What follows summer?",
  "answers": ["Autumn"],
  "requires": "all(first, points >= 40)",
  "points": {"first": 80, "step": 5, "floor": 40}
}
)json";

  std::filesystem::path root_;
};

}  // namespace cairn::config

// So that a list of findings that is not the one expected is printed.
template <>
struct doctest::StringMaker<std::vector<std::string>> {
  static String convert(const std::vector<std::string>& list) {
    std::string text;
    for (const std::string& line : list) text += "\n    " + line;
    return text.c_str();
  }
};
