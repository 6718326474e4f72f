// The players of one core: where sockets would be, guesses that are due; where a gateway would be, the moment at which an
// answer might be written to its socket.
//
// Owner: a run. Threads: its core's loop; built, and asked afterwards, by who starts and joins that. Bounds: kGuessesPerPoll
// at once; a guess that finds the ring full is sent later and keeps the time it was due.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "actors/messages/port.hpp"
#include "bus/clock.hpp"
#include "bus/poller.hpp"
#include "tools/bench/journal/guess_book.hpp"
#include "tools/bench/journal/waits.hpp"
#include "tools/bench/night/view_only.hpp"
#include "tools/bench/peers/harness/progress.hpp"

namespace cairn::bench {

inline constexpr std::size_t kGuessesPerPoll = 64;

class GuessFeed final : public bus::Poller, public ViewOnly {
 public:
  // waits: of all guesses; this one sends, and answers for, every `of`-th from the core-th on.
  GuessFeed(const std::shared_ptr<const config::Hunt>& hunt, const GuessBook& book, const bus::Clock& clock,
            std::span<Wait> waits, Progress& progress, std::size_t core, std::size_t of)
      : ViewOnly(hunt),
        book_(book),
        clock_(clock),
        waits_(waits),
        progress_(progress),
        core_(core),
        of_(of) {}

  // Before the loop runs.
  void attach(actors::CommandPort& port) { port_ = &port; }
  void begin() { next_ = core_; }

  // --- bus::Poller ---
  bool poll() override;
  void park(int wake_fd, std::int64_t timeout_ns) override;

  // --- actors::GatewayPort ---
  void on_reply(const actors::SessionRef& session, std::string_view request_id,
                const actors::Reply& reply) override;

 private:
  [[nodiscard]] bool is_done() const { return next_ >= waits_.size(); }

  const GuessBook& book_;
  const bus::Clock& clock_;
  const std::span<Wait> waits_;
  Progress& progress_;  // events: answered; follow-ups: answered with something else than "wrong"
  const std::size_t core_;
  const std::size_t of_;
  bus::FdPoller waiting_;
  actors::CommandPort* port_ = nullptr;
  Guess guess_;
  std::size_t next_ = ~std::size_t{0};
  std::uint64_t answered_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace cairn::bench
