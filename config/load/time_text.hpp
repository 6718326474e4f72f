// Times and durations as a hunt's files write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cairn::config {

// RFC 3339, with its offset: 2026-05-30T18:00:00+02:00. Unix milliseconds.
[[nodiscard]] std::optional<std::int64_t> parse_time_ms(std::string_view text);

// 90s, 30m, 2h, or several from large to small: 1h30m. At most kDurationMaxMs.
[[nodiscard]] std::optional<std::int64_t> parse_duration_ms(std::string_view text);

}  // namespace cairn::config
