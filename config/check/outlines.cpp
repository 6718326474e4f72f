#include <boost/geometry.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>

#include "config/check/checks.hpp"
#include "config/limits.hpp"

namespace cairn::config {
namespace {

namespace bg = boost::geometry;

// Coordinates are units of 1e-7 degrees as doubles, which hold them exactly.
using Point = bg::model::d2::point_xy<double>;
using Outer = bg::model::polygon<Point, false, true>;  // counter-clockwise, closed
using Outline = bg::model::multi_polygon<Outer>;
using Box = bg::model::box<Point>;

Outline to_boost(const MultiPolygon& outline) {
  Outline result;
  for (const Polygon& polygon : outline) {
    Outer& outer = result.emplace_back();
    for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
      auto& ring = i == 0 ? outer.outer() : outer.inners().emplace_back();
      for (const Position& p : polygon.rings[i]) {
        ring.emplace_back(static_cast<double>(p.longitude_e7), static_cast<double>(p.latitude_e7));
      }
    }
  }
  return result;
}

// Square metres of one unit of 1e-7 by 1e-7 degrees at a latitude.
double unit_area_m2(double latitude_e7) {
  constexpr double kMetresPerUnit = 6'371'008.8 * std::numbers::pi / 180.0 * 1e-7;
  return kMetresPerUnit * kMetresPerUnit * std::cos(latitude_e7 * 1e-7 * std::numbers::pi / 180.0);
}

// Keeps the first failure that is_valid meets and, where it is told, the point it is at.
struct FailureVisitor {
  bg::validity_failure_type failure = bg::no_failure;
  std::optional<Point> at;

  template <bg::validity_failure_type F>
  bool apply() {
    failure = F;
    return F == bg::no_failure;
  }
  template <bg::validity_failure_type F, class Data>
  bool apply(const Data& data) {
    note(data);
    return apply<F>();
  }
  template <bg::validity_failure_type F, class A, class B>
  bool apply(const A&, const B& data) {
    note(data);
    return apply<F>();
  }

 private:
  template <class Data>
  void note(const Data& data) {
    if constexpr (requires { data.front().point; }) {
      at = data.front().point;
    } else if constexpr (requires { bg::get<0>(data); }) {
      at = Point(bg::get<0>(data), bg::get<1>(data));
    }
  }
};

struct Fault {
  std::string_view code;
  std::string_view message;
};

Fault describe(bg::validity_failure_type failure) {
  switch (failure) {
    case bg::failure_few_points: return {"too_few_positions", "a ring has too few positions"};
    case bg::failure_wrong_topological_dimension: return {"area_too_small", "a ring encloses no area"};
    case bg::failure_spikes: return {"spike", "the outline runs out and straight back"};
    case bg::failure_duplicate_points: return {"duplicate_vertex", "a position stands twice in a row"};
    case bg::failure_not_closed: return {"ring_not_closed", "a ring is not closed"};
    case bg::failure_self_intersections:
      return {"self_intersection", "the outline crosses or touches itself"};
    // The reader has wound every ring, so only one without a sense of its own is left: it crosses itself.
    case bg::failure_wrong_orientation:
      return {"self_intersection", "the outline crosses itself and encloses nothing in sum"};
    case bg::failure_interior_rings_outside:
      return {"hole_outside_shell", "a hole lies outside its outer ring"};
    case bg::failure_nested_interior_rings: return {"hole_outside_shell", "a hole lies within another hole"};
    case bg::failure_disconnected_interior: return {"self_intersection", "holes cut the district in pieces"};
    case bg::failure_intersecting_interiors: return {"self_intersection", "parts of the district overlap"};
    default: return {"invalid_coordinates", "the outline is not valid"};
  }
}

std::string position_text(const Point& p) {
  char text[64];
  std::snprintf(text, sizeof text, "[%.7f, %.7f]", p.x() * 1e-7, p.y() * 1e-7);
  return text;
}

// The position of the file that is nearest to a point, so that a finding leads to the right line.
std::string nearest_position(const Sources& sources, const std::string& geometry, const MultiPolygon& outline,
                             const Point& point) {
  const JsonValue* type = sources.districts.at(geometry).find("type");
  const bool multi = type != nullptr && type->string == "MultiPolygon";
  double best = std::numeric_limits<double>::max();
  std::string pointer = geometry;
  for (std::size_t p = 0; p < outline.size(); ++p) {
    for (std::size_t r = 0; r < outline[p].rings.size(); ++r) {
      const std::string ring =
          geometry + "/coordinates/" + (multi ? std::to_string(p) + '/' : "") + std::to_string(r);
      // A ring that was turned round no longer has the file's order: compare with what the file says.
      const std::vector<JsonValue>& items = sources.districts.at(ring).items;
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].items.size() < 2) continue;
        const double distance = std::hypot(items[i].items[0].number * 1e7 - point.x(),
                                           items[i].items[1].number * 1e7 - point.y());
        if (distance >= best) continue;
        best = distance;
        pointer = ring + '/' + std::to_string(i);
      }
    }
  }
  return pointer;
}

struct Checked {
  Outline outline;
  Box box;
  bool valid = false;
};

class OutlineCheck {
 public:
  OutlineCheck(const Hunt& hunt, const Sources& sources, Findings& findings)
      : hunt_(hunt), sources_(sources), findings_(findings) {}

  void run() {
    for (std::size_t i = 0; i < hunt_.districts.size(); ++i) checked_.push_back(check_one(i));
    for (std::size_t i = 0; i < checked_.size(); ++i) {
      for (std::size_t j = i + 1; j < checked_.size(); ++j) check_overlap(i, j);
    }
    for (std::size_t i = 0; i < hunt_.puzzles.size(); ++i) check_place(i);
  }

 private:
  [[nodiscard]] std::string geometry_of(std::size_t district) const {
    return "/features/" + std::to_string(sources_.features[district]) + "/geometry";
  }

  // The reader has reported what keeps an outline from being judged at all.
  static bool can_be_judged(const MultiPolygon& outline) {
    if (outline.empty()) return false;
    for (const Polygon& polygon : outline) {
      if (polygon.rings.empty()) return false;
      for (const Ring& ring : polygon.rings) {
        if (ring.size() < 4 || !(ring.front() == ring.back())) return false;
        for (std::size_t i = 1; i < ring.size(); ++i) {
          if (ring[i] == ring[i - 1]) return false;
        }
      }
    }
    return true;
  }

  Checked check_one(std::size_t i) {
    Checked checked;
    const MultiPolygon& outline = hunt_.districts[i].outline;
    if (!can_be_judged(outline)) return checked;
    checked.outline = to_boost(outline);
    FailureVisitor visitor;
    if (!bg::is_valid(checked.outline, visitor, bg::default_strategy())) {
      const Fault fault = describe(visitor.failure);
      std::string pointer = geometry_of(i);
      std::string message(fault.message);
      if (visitor.at) {
        pointer = nearest_position(sources_, pointer, outline, *visitor.at);
        message += " at " + position_text(*visitor.at);
      }
      findings_.error(sources_.districts, pointer, fault.code, message, "draw it again there");
      return checked;
    }
    bg::envelope(checked.outline, checked.box);
    const double area_m2 = bg::area(checked.outline) * unit_area_m2(checked.box.min_corner().y());
    if (area_m2 < kAreaMinM2) {
      findings_.error(sources_.districts, geometry_of(i), "area_too_small",
                      "the district has " + std::to_string(std::lround(area_m2)) + " m²; at least " +
                          std::to_string(std::lround(kAreaMinM2)) + " are needed");
    }
    checked.valid = true;
    return checked;
  }

  void check_overlap(std::size_t i, std::size_t j) {
    const Checked& a = checked_[i];
    const Checked& b = checked_[j];
    if (!a.valid || !b.valid || !bg::intersects(a.box, b.box)) return;
    Outline common;
    try {
      bg::intersection(a.outline, b.outline, common);
    } catch (const bg::exception& error) {
      findings_.error(sources_.districts, geometry_of(j), "overlaps_district",
                      "the border with \"" + hunt_.districts[i].id + "\" cannot be judged: " + error.what(),
                      "draw it again with fewer positions");
      return;
    }
    const double area_m2 = bg::area(common) * unit_area_m2(a.box.min_corner().y());
    if (area_m2 <= kOverlapMaxM2) return;
    Point middle;
    bg::centroid(common, middle);
    const std::string pointer =
        nearest_position(sources_, geometry_of(j), hunt_.districts[j].outline, middle);
    findings_.error(sources_.districts, pointer, "overlaps_district",
                    "\"" + hunt_.districts[j].id + "\" overlaps \"" + hunt_.districts[i].id + "\" by " +
                        std::to_string(std::lround(area_m2)) + " m² around " + position_text(middle),
                    "let both share one border");
  }

  void check_place(std::size_t i) {
    const Puzzle& puzzle = hunt_.puzzles[i];
    const std::size_t district = index(puzzle.district);
    if (!puzzle.at || district >= checked_.size() || !checked_[district].valid) return;
    const Point at(static_cast<double>(puzzle.at->longitude_e7), static_cast<double>(puzzle.at->latitude_e7));
    if (bg::covered_by(at, checked_[district].outline)) return;
    std::string fix = "move it";
    for (std::size_t other = 0; other < checked_.size(); ++other) {
      if (checked_[other].valid && bg::covered_by(at, checked_[other].outline)) {
        fix = "it lies in \"" + hunt_.districts[other].id + "\"";
        break;
      }
    }
    findings_.error(sources_.puzzles[i], "/at", "puzzle_outside_district",
                    "the puzzle does not lie in \"" + hunt_.districts[district].id + "\"", std::move(fix));
  }

  const Hunt& hunt_;
  const Sources& sources_;
  Findings& findings_;
  std::vector<Checked> checked_;
};

}  // namespace

void check_outlines(const Hunt& hunt, const Sources& sources, Findings& findings) {
  OutlineCheck(hunt, sources, findings).run();
}

}  // namespace cairn::config
