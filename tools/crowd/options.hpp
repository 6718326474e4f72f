// What `cairn load` was asked to do.
//
// Owner: the command line; read-only afterwards. Threads: any. Bounds: checked when the options are read.
#pragma once

#include <cstdint>
#include <string>

namespace cairn::crowd {

enum class Profile : std::uint8_t { steady, openings, rush, storm };

struct LoadOptions {
  std::string url;
  std::string answer_key_path;
  std::string admin_url;
  std::string operator_token_path;
  std::uint32_t players = 6000;
  std::uint32_t teams = 0;  // 0: a quarter of the players
  double seconds = 60;
  Profile profile = Profile::steady;
  std::uint64_t seed = 1;
  double guesses_per_second = -1;     // negative: scaled with the players, 350 at 6,000
  double solves_per_second = -1;      // 24 at 6,000
  double reconnects_per_second = -1;  // 4 at 6,000
  double slow_percent = 0;
  double dead_percent = 0;
  std::uint32_t rush_triggers = 8000;
  std::int64_t server_pid = 0;  // 0: found by the port it listens on
  bool survive_restart = false;
  bool strict = false;
  bool json = false;
  bool live = false;
};

}  // namespace cairn::crowd
