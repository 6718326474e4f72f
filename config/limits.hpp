// Every limit on what a hunt's files may hold. What goes beyond one is a finding with its place, never an
// assert.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cairn::config {

// Files
inline constexpr std::size_t kHuntFileBytesMax = 64 * 1024;
inline constexpr std::size_t kDistrictsFileBytesMax = 16 * 1024 * 1024;
inline constexpr std::size_t kPuzzleFileBytesMax = 64 * 1024;
inline constexpr std::size_t kMediaFileBytesMax = 8 * 1024 * 1024;
inline constexpr std::uint32_t kJsonDepthMax = 16;
inline constexpr std::size_t kFindingsMax = 1000;

// Counts
inline constexpr std::size_t kDistrictsMax = 256;
inline constexpr std::size_t kPuzzlesMax = 5000;
inline constexpr std::size_t kPositionsPerFeatureMax = 20'000;
inline constexpr std::size_t kAnswersMax = 64;
inline constexpr std::size_t kPartialsMax = 32;
inline constexpr std::size_t kCluesMax = 16;
inline constexpr std::size_t kHintsMax = 8;
inline constexpr std::size_t kMediaMax = 16;
inline constexpr std::size_t kDeclarationsMax = 64;
inline constexpr std::size_t kDesignerTestsMax = 256;

// Texts, in bytes of UTF-8
inline constexpr std::size_t kIdBytesMax = 48;
inline constexpr std::size_t kNameBytesMax = 120;
inline constexpr std::size_t kTextBytesMax = 2000;
inline constexpr std::size_t kPromptBytesMax = 8000;
inline constexpr std::size_t kReplyBytesMax = 400;
inline constexpr std::size_t kRawAnswerBytesMax = 512;
inline constexpr std::size_t kRuleBytesMax = 2000;

// Unlock rules
inline constexpr std::uint32_t kRuleDepthMax = 8;
inline constexpr std::size_t kRuleNodesMax = 256;
inline constexpr std::int64_t kRulePointsMax = 1'000'000'000;
inline constexpr std::int64_t kDurationMaxMs = std::int64_t{30} * 24 * 3600 * 1000;

// Numbers
inline constexpr std::int64_t kPointsMax = 1'000'000;
inline constexpr std::int64_t kRadiusMaxM = 5000;
inline constexpr double kOverlapMaxM2 = 50.0;
inline constexpr double kAreaMinM2 = 100.0;

}  // namespace cairn::config
