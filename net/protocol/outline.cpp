#include "net/protocol/outline.hpp"

#include <string_view>

#include "net/protocol/position_text.hpp"

namespace cairn::net {

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
      append_list(out, ring, [&](const config::Position& at) { out += std::string_view(PositionText(at)); });
    });
  });
  out += '}';
  return out;
}

}  // namespace cairn::net
