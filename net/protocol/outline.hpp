// A district's outline as GeoJSON (RFC 7946) has it: a MultiPolygon geometry in degrees.
#pragma once

#include <string>

#include "config/model/geometry.hpp"

namespace cairn::net {

std::string geojson_of(const config::MultiPolygon& outline);

}  // namespace cairn::net
