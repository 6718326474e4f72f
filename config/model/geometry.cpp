#include "config/model/geometry.hpp"

#include <cmath>
#include <numbers>

namespace cairn::config {

std::uint32_t distance_m(Position a, Position b) {
  constexpr double kEarthRadiusM = 6'371'008.8;
  constexpr double kRadiansPerUnit = std::numbers::pi / 180.0 * 1e-7;
  constexpr std::int64_t kTurn = 3'600'000'000;
  std::int64_t east = std::int64_t{b.longitude_e7} - a.longitude_e7;
  // The short way round, for a city that lies on the antimeridian.
  if (east > kTurn / 2) east -= kTurn;
  if (east < -kTurn / 2) east += kTurn;
  const std::int64_t north = std::int64_t{b.latitude_e7} - a.latitude_e7;
  const double middle =
      static_cast<double>(std::int64_t{a.latitude_e7} + b.latitude_e7) / 2.0 * kRadiansPerUnit;
  const double x = static_cast<double>(east) * kRadiansPerUnit * std::cos(middle);
  const double y = static_cast<double>(north) * kRadiansPerUnit;
  return static_cast<std::uint32_t>(std::lround(kEarthRadiusM * std::sqrt(x * x + y * y)));
}

}  // namespace cairn::config
