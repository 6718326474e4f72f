// The crowd as a whole: signs up, connects, plays, waits for what is under way, verifies, reports.
//
// Owner: `cairn load`. Threads: one. Bounds: the number of players; every phase has a deadline.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bus/result.hpp"
#include "tools/crowd/connect_gate.hpp"
#include "tools/crowd/director.hpp"
#include "tools/crowd/live_view.hpp"
#include "tools/crowd/operators.hpp"
#include "tools/crowd/player.hpp"
#include "tools/crowd/profiles.hpp"
#include "tools/crowd/report.hpp"
#include "tools/crowd/scene.hpp"
#include "tools/crowd/server_process.hpp"

namespace cairn::crowd {

class Crowd {
 public:
  // Resolves the address, reads the key and the token, raises the limit on open files.
  [[nodiscard]] static Result<std::unique_ptr<Crowd>> make(const LoadOptions& options);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  // Plays; an error says why it could not even begin.
  [[nodiscard]] Result<void> run();
  [[nodiscard]] Outcome outcome() const;

 private:
  Crowd(const LoadOptions& options, const Address& address, std::unique_ptr<Loop> loop);

  // Runs the loop until `done` says so, the deadline passes, or somebody presses Ctrl-C.
  void run_until(std::uint64_t deadline_ns, std::string_view what, std::uint64_t all,
                 const std::function<std::uint64_t()>& progress);
  void make_players();
  [[nodiscard]] Result<void> sign_up();
  [[nodiscard]] Result<void> connect();
  void play();
  void drain();
  void verify();
  void ask_for_verification();
  [[nodiscard]] std::uint64_t teams_verified() const;
  void leave();

  LoadOptions options_;
  Address address_;
  std::unique_ptr<Loop> loop_;
  ConnectGate gate_;
  Scene scene_;
  Director::Players players_;
  Director director_;
  std::unique_ptr<Operators> operators_;
  std::unique_ptr<Profiles> profiles_;
  ServerProcess server_;
  LiveView live_;
};

}  // namespace cairn::crowd
