// Makes a guess comparable with an answer: the one rule for both, used when a hunt is loaded and on every guess.
//
// Threads: any. Bounds: writes at most `capacity` bytes and allocates nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "config/model/puzzle.hpp"

namespace cairn::config {

inline constexpr std::size_t kAnswerBytesMax = 128;

// Writes the normal form of UTF-8 `text` to `out`; returns its length in bytes, or nothing if it is longer than
// `capacity` or not UTF-8.
std::optional<std::size_t> normalise(std::string_view text, const Normalisation& rules, char* out,
                                     std::size_t capacity);

}  // namespace cairn::config
