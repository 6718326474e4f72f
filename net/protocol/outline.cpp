#include "net/protocol/outline.hpp"

#include <cstdint>

namespace cairn::net {

void append_degrees(std::string& out, std::int32_t value_e7) {
  std::int64_t value = value_e7;
  if (value < 0) {
    out += '-';
    value = -value;
  }
  out += std::to_string(value / 10'000'000);
  std::string fraction = std::to_string(value % 10'000'000);
  fraction.insert(0, 7 - fraction.size(), '0');
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  if (!fraction.empty()) out += '.' + fraction;
}

namespace {

template <class List, class F>
void append_list(std::string& out, const List& list, F&& each) {
  out += '[';
  bool first = true;
  for (const auto& item : list) {
    if (!first) out += ',';
    first = false;
    each(item);
  }
  out += ']';
}

}  // namespace

std::string geojson_of(const config::MultiPolygon& outline) {
  std::string out = R"({"type":"MultiPolygon","coordinates":)";
  append_list(out, outline, [&](const config::Polygon& polygon) {
    append_list(out, polygon.rings, [&](const config::Ring& ring) {
      append_list(out, ring, [&](const config::Position& at) {
        out += '[';
        append_degrees(out, at.longitude_e7);
        out += ',';
        append_degrees(out, at.latitude_e7);
        out += ']';
      });
    });
  });
  out += '}';
  return out;
}

}  // namespace cairn::net
