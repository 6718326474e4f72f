// Where things are: positions and polygons in units of 1e-7 degrees, integers so that what is folded never rounds.
#pragma once

#include <cstdint>
#include <vector>

namespace cairn::config {

struct Position {
  std::int32_t longitude_e7 = 0;
  std::int32_t latitude_e7 = 0;

  friend bool operator==(const Position&, const Position&) = default;
};

// A closed ring as GeoJSON has it: the last position repeats the first.
using Ring = std::vector<Position>;

// rings[0] is the shell (counter-clockwise), the others are holes (clockwise).
struct Polygon {
  std::vector<Ring> rings;
};

using MultiPolygon = std::vector<Polygon>;

// Distance along the ground in whole metres, on a sphere of 6,371,008.8 m (equirectangular about the middle latitude:
// within 0.1 % for the few kilometres of a city). Deterministic on every build that keeps -ffp-contract=off.
std::uint32_t distance_m(Position a, Position b);

}  // namespace cairn::config
