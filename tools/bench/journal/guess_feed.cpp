#include "tools/bench/journal/guess_feed.hpp"

#include <algorithm>

namespace cairn::bench {

bool GuessFeed::poll() {
  const std::int64_t now_ns = clock_.steady_ns();
  std::size_t sent = 0;
  for (; sent < kGuessesPerPoll && !is_done() && waits_[next_].due_ns <= now_ns; ++sent, next_ += of_) {
    book_.guess(next_, guess_);
    guess_.command.session = {static_cast<std::uint32_t>(core_), 0, next_ + 1};
    guess_.command.intended_ns = waits_[next_].due_ns;
    if (!port_->submit(guess_.command)) break;
  }
  return sent > 0;
}

void GuessFeed::park(int wake_fd, std::int64_t timeout_ns) {
  if (!is_done()) {
    const std::int64_t due_in_ns = waits_[next_].due_ns - clock_.steady_ns();
    if (due_in_ns <= 0) return;
    timeout_ns = std::min(timeout_ns, due_in_ns);
  }
  waiting_.park(wake_fd, timeout_ns);
}

void GuessFeed::on_reply(const actors::SessionRef& session, std::string_view /*request_id*/,
                         const actors::Reply& reply) {
  waits_[session.generation - 1].answered_ns = clock_.steady_ns();
  const bool was_wrong = reply.code == actors::Code::kOk && reply.verdict == actors::Verdict::kIncorrect;
  if (!was_wrong) ++refused_;
  progress_.set(core_, ++answered_, refused_);
}

}  // namespace cairn::bench
