// Stands in for bus/assert.hpp in the explored programs: an assertion that fails ends the run, not the
// process.
#pragma once

#include <string>

#include "tests/model/explorer.hpp"

#define CAIRN_ASSERT(condition)                        \
  (static_cast<bool>(condition) ? static_cast<void>(0) \
                                : ::cairn::model::fail("assertion failed: " #condition))
