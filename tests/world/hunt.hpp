// A hunt as a story tells it (tests/README.md is the guide):
//
//   STORY("the lantern opens the market to everybody") {
//     Hunt hunt{"quay"};
//     Team& red = hunt.team("Red", 2);
//     red.solves("lantern");
//     CHECK(everyone, sees_once(district_opened("market")));
//   }
//
// Whatever fails while a Hunt lives prints the story so far, the seed, and the command that tells it again. At its end it
// checks by itself what no story may break: every stream gapless and the same bytes for all who follow it, and the same
// reply to the same request.
//
// Owner: the test. Threads: its one.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/model/hunt.hpp"
#include "tests/world/cast.hpp"
#include "tests/world/runs.hpp"
#include "tests/world/story.hpp"
#include "tests/world/world.hpp"

namespace cairn::story {

using namespace std::chrono_literals;

struct HuntOptions {
  std::optional<world::Weather> weather = {};         // instead of the seed's
  std::function<void(config::Hunt&)> rewritten = {};  // what is otherwise in this hunt
  std::optional<std::uint64_t> seed = {};             // instead of the run's
  std::size_t cores = 2;
  int socket_send_bytes = 0;  // of the gateways' sockets; 0: the kernel's
};

class Hunt {
 public:
  // A folder of tests/world/hunts, or else of config/hunts.
  explicit Hunt(std::string_view name, HuntOptions options = {});
  ~Hunt() noexcept(false);  // a check that fails may throw
  Hunt(const Hunt&) = delete;
  Hunt& operator=(const Hunt&) = delete;

  // --- who is there ---
  Team& team(std::string_view name, std::size_t members = 1);
  Player& spectator();
  Player& second_device_of(Player& player, std::size_t core);
  [[nodiscard]] const std::vector<std::unique_ptr<Team>>& teams() const { return teams_; }
  // POST without a token: /v1/teams, /v1/join, /v1/recover. The status, and the code if it is an error's.
  world::HttpAnswer posts(std::string_view path, std::string_view json);

  // --- what an operator does: "ok", or why not ---
  std::string opens(std::string_view district);
  void begins_to_open(std::string_view district);  // and does not wait
  std::string closes(std::string_view district);
  std::string announces(std::string_view text);
  std::string pauses();
  std::string goes_on();
  std::string ends();

  // --- time ---
  void after(std::chrono::nanoseconds time);
  // Until the wall clock shows hour:minute (UTC), today or tomorrow.
  void until(int hour, int minute);
  // Somebody sets the machine's clock, forth or back.
  void clock_jumps(std::chrono::milliseconds by);
  // No time; everybody gets so many turns.
  void turns(std::size_t count);
  void settles() { world_->settle(); }

  // --- misfortune ---
  void crashes();
  void everyone_resumes();

  // --- for checks ---
  [[nodiscard]] const config::Puzzle& puzzle(std::string_view id) const;
  [[nodiscard]] world::World& world() { return *world_; }
  // The story so far, its first `lines` left out, with its seed and the command that tells it again.
  [[nodiscard]] std::string told(std::size_t lines = 0) const;
  // What no story may break, and is broken; "" if nothing is.
  [[nodiscard]] std::string broken() const;
  // The story cannot go on unless this is so, and fails at that line of it.
  static void insists(bool holds, const std::string& otherwise, const char* file, int line);
  // The innermost one that lives: whom `everyone` means.
  static Hunt& current();

 private:
  using Told = doctest::detail::ContextScope<std::function<void(std::ostream*)>>;

  std::string operates(const std::string& what, actors::CommandKind kind, std::string_view district = {},
                       std::string_view text = {});

  test::TemporaryFolder folder_;
  std::string name_;
  std::uint64_t seed_;
  Sky sky_;
  Story story_;
  std::unique_ptr<world::World> world_;
  std::vector<std::unique_ptr<Team>> teams_;
  std::vector<std::unique_ptr<Player>> others_;
  Hunt* outer_;
  int unwinding_;
  std::size_t printed_ = 0;  // lines of the story, by the failures before
  Told told_;                // the last member: doctest may ask it while the others still stand
};

}  // namespace cairn::story

#include "tests/world/matchers.hpp"  // IWYU pragma: export
