// Reads the geometry of a feature; what Boost.Geometry must judge is left to config/check/.
#include <algorithm>
#include <cmath>

#include "config/limits.hpp"
#include "config/load/districts_file.hpp"
#include "config/load/fields.hpp"

namespace cairn::config {
namespace {

constexpr double kUnitsPerDegree = 1e7;

class OutlineReader {
 public:
  OutlineReader(const SourceFile& file, Findings& findings) : file_(file), findings_(findings) {}

  Polygon polygon(const JsonValue& value, const std::string& pointer) {
    Polygon polygon;
    if (!value.is(JsonValue::Kind::kArray) || value.items.empty()) {
      findings_.error(file_, pointer, "wrong_type", "a polygon is an array of rings");
      return polygon;
    }
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      polygon.rings.push_back(ring(value.items[i], pointer + '/' + std::to_string(i), i == 0));
    }
    return polygon;
  }

 private:
  Ring ring(const JsonValue& value, const std::string& pointer, bool shell) {
    Ring ring;
    if (!value.is(JsonValue::Kind::kArray)) {
      findings_.error(file_, pointer, "wrong_type", "a ring is an array of positions");
      return ring;
    }
    std::size_t rounded = 0;
    std::size_t first_rounded = 0;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (++positions_ > kPositionsPerFeatureMax) {
        if (positions_ == kPositionsPerFeatureMax + 1) {
          findings_.error(file_, pointer + '/' + std::to_string(i), "too_many_positions",
                          "a district has at most " + std::to_string(kPositionsPerFeatureMax) + " positions",
                          "simplify its outline");
        }
        return ring;
      }
      bool excess = false;
      const std::optional<Position> read =
          position(value.items[i], pointer + '/' + std::to_string(i), excess);
      if (!read) return ring;
      if (excess && rounded++ == 0) first_rounded = i;
      ring.push_back(*read);
    }
    if (rounded > 0) {
      findings_.warning(
          file_, pointer + '/' + std::to_string(first_rounded), "excess_precision",
          std::to_string(rounded) + " positions of this ring have more than 7 decimals and were rounded",
          "round them to 7 decimals, about a centimetre");
    }
    check_shape(ring, pointer);
    wind(ring, pointer, shell);
    return ring;
  }

  std::optional<Position> position(const JsonValue& value, const std::string& pointer, bool& excess) {
    const bool pair =
        value.is(JsonValue::Kind::kArray) && (value.items.size() == 2 || value.items.size() == 3) &&
        std::all_of(value.items.begin(), value.items.end(), [](const JsonValue& v) { return v.is_number(); });
    if (!pair) {
      findings_.error(file_, pointer, "invalid_coordinates", "a position is [longitude, latitude]");
      return std::nullopt;
    }
    const double longitude = value.items[0].number;
    const double latitude = value.items[1].number;
    if (!(std::abs(longitude) <= 180.0 && std::abs(latitude) <= 90.0)) {
      findings_.error(file_, pointer, "invalid_coordinates",
                      "longitude is from -180 to 180 and latitude from -90 to 90",
                      std::abs(longitude) <= 90.0 ? "longitude comes first: swap them" : "");
      return std::nullopt;
    }
    return Position{snap(longitude, excess), snap(latitude, excess)};
  }

  static std::int32_t snap(double degrees, bool& excess) {
    const double units = degrees * kUnitsPerDegree;
    const double whole = std::round(units);
    if (std::abs(units - whole) > 1e-4) excess = true;
    return static_cast<std::int32_t>(whole);
  }

  void check_shape(const Ring& ring, const std::string& pointer) {
    if (ring.size() < 4) {
      findings_.error(file_, pointer, "too_few_positions",
                      "a ring has at least four positions, the last like the first");
      return;
    }
    if (!(ring.front() == ring.back())) {
      findings_.error(file_, pointer + '/' + std::to_string(ring.size() - 1), "ring_not_closed",
                      "the last position of a ring must repeat the first",
                      "add the first position at the end");
    }
    for (std::size_t i = 1; i < ring.size(); ++i) {
      if (ring[i] == ring[i - 1]) {
        findings_.error(file_, pointer + '/' + std::to_string(i), "duplicate_vertex",
                        "this position is the same as the one before", "remove one of them");
      }
    }
  }

  void wind(Ring& ring, const std::string& pointer, bool shell) {
    // Twice the area, relative to the first position: exact in a double for anything the size of a city.
    const auto east = [&ring](std::size_t i) {
      return static_cast<double>(std::int64_t{ring[i].longitude_e7} - ring[0].longitude_e7);
    };
    const auto north = [&ring](std::size_t i) {
      return static_cast<double>(std::int64_t{ring[i].latitude_e7} - ring[0].latitude_e7);
    };
    double area = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) area += east(i - 1) * north(i) - east(i) * north(i - 1);
    if (area == 0 || (area > 0) == shell) return;
    std::reverse(ring.begin(), ring.end());
    findings_.warning(file_, pointer, "winding_order",
                      shell ? "this outer ring runs clockwise and was turned round"
                            : "this hole runs counter-clockwise and was turned round",
                      shell ? "outer rings run counter-clockwise" : "holes run clockwise");
  }

  const SourceFile& file_;
  Findings& findings_;
  std::size_t positions_ = 0;
};

}  // namespace

MultiPolygon read_outline(const SourceFile& file, const std::string& pointer, Findings& findings) {
  MultiPolygon outline;
  Fields fields(findings, file, file.at(pointer), pointer);
  std::string type;
  fields.text("type", type, kNameBytesMax, Need::kRequired);
  fields.value("bbox");
  const JsonValue* coordinates = fields.value("coordinates", JsonValue::Kind::kArray, Need::kRequired);
  fields.finish();
  if (coordinates == nullptr) return outline;
  OutlineReader reader(file, findings);
  const std::string inner = pointer + "/coordinates";
  if (type == "Polygon") {
    outline.push_back(reader.polygon(*coordinates, inner));
  } else if (type == "MultiPolygon") {
    for (std::size_t i = 0; i < coordinates->items.size(); ++i) {
      outline.push_back(reader.polygon(coordinates->items[i], inner + '/' + std::to_string(i)));
    }
    if (outline.empty())
      findings.error(file, inner, "too_few_positions", "a MultiPolygon needs at least one polygon");
  } else if (!type.empty()) {
    findings.error(file, pointer + "/type", "wrong_type",
                   "a district's geometry is a Polygon or a MultiPolygon, not \"" + type + "\"");
  }
  return outline;
}

}  // namespace cairn::config
