// A district's outline as GeoJSON (RFC 7946) has it: a MultiPolygon geometry in degrees, written from
// integers so that the text is the same on every machine.
#pragma once

#include <string>

#include "config/model/geometry.hpp"

namespace cairn::net {

std::string geojson_of(const config::MultiPolygon& outline);
void append_degrees(std::string& out, std::int32_t value_e7);

}  // namespace cairn::net
