// Reads a member of a simdjson object where its absence is ordinary: the value stays what it was.
//
// Owner: none. Threads: any. Bounds: none.
#pragma once

#include <simdjson.h>

#include <string_view>

namespace cairn::crowd {

// True when the member is there and of that type.
template <class From, class Value>
bool read_member(const From& from, std::string_view name, Value& value) {
  return from[name].get(value) == simdjson::SUCCESS;
}

}  // namespace cairn::crowd
