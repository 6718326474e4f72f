// The live view: what the crowd sees, redrawn in place on a terminal, one plain line every few seconds
// elsewhere.
//
// Owner: the crowd. Threads: one. Bounds: a dozen lines; writes to standard error only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tools/crowd/scene.hpp"
#include "tools/crowd/server_process.hpp"

namespace cairn::crowd {

class LiveView {
 public:
  LiveView(Scene& scene, ServerProcess& server, bool wanted);

  // Draws when it is time to. `what` names the phase, `done` and `all` its progress.
  void tick(std::uint64_t now_ns, std::string_view what, std::uint64_t done, std::uint64_t all);
  [[nodiscard]] std::uint64_t next_ns() const { return wanted_ ? next_ns_ : UINT64_MAX; }
  // A line that stays: what follows is drawn below it.
  void note(std::string_view what);
  // Leaves the terminal as it should be for what is printed next.
  void finish();

 private:
  struct Rates {
    double guesses = 0;
    double events = 0;
    double server_cpu = 0;
    double crowd_cpu = 0;
  };

  Rates take_rates(std::uint64_t now_ns);
  [[nodiscard]] std::string panel(std::string_view head, const Rates& rates) const;
  [[nodiscard]] std::string line(std::string_view head, const Rates& rates) const;
  [[nodiscard]] std::string open_districts() const;

  Scene& scene_;
  ServerProcess& server_;
  std::uint64_t next_ns_ = 0;
  std::uint64_t last_ns_ = 0;
  std::uint64_t last_guesses_ = 0;
  std::uint64_t last_events_ = 0;
  double last_server_cpu_ = 0;
  double last_crowd_cpu_ = 0;
  int lines_drawn_ = 0;
  bool wanted_;
  bool terminal_;
};

// The processor time that this process has used.
[[nodiscard]] double own_cpu_seconds();

// "3.4 ms", "870 µs", "1.2 s".
[[nodiscard]] std::string duration_text(std::uint64_t microseconds);

}  // namespace cairn::crowd
