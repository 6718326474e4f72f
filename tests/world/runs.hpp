// A story is told several times: with a few seeds, each of which is also a weather of delays.
//
// STORY("a team solves the lantern") { Hunt hunt{"quay"}; … } is a doctest TEST_CASE. The environment's CAIRN_SEED tells
// it once, with that seed: this is what a failure's command does. CAIRN_SEEDS tells it that often.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "tools/world/cable.hpp"

namespace cairn::story {

// What a seed means beside the order of turns: seed 1 is calm, the others have delays.
struct Sky {
  world::Weather weather;
  std::string words;
};
Sky sky_of(std::uint64_t seed);

// The seed of the run under way: CAIRN_SEED, or what tell() is at.
std::uint64_t seed_of_run();
// The one command that tells the story under way again.
std::string replay_command();
// A failure has printed the story: no further seed is tried.
void note_failure();
// Tells the story with every seed, until one fails.
void tell(void (*story)());

}  // namespace cairn::story

#define CAIRN_STORY(function, name)                         \
  static void function();                                   \
  DOCTEST_TEST_CASE(name) { cairn::story::tell(function); } \
  static void function()
#define STORY(name) CAIRN_STORY(DOCTEST_ANONYMOUS(story_), name)
