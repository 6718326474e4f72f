#include "tools/world/cable.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <utility>

namespace cairn::world {

namespace {
constexpr std::size_t kChunkBytes = std::size_t{64} * 1024;
constexpr std::int64_t kSecondNs = 1'000'000'000;
}  // namespace

Cable::Cable(const bus::Clock& clock, bus::SeededRandom& random, const Weather& weather)
    : clock_(clock), random_(random), weather_(weather), read_ns_(clock.steady_ns()) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0)
    throw std::runtime_error("no more descriptors for another connection of the world");
  near_ = ends[0];
  far_ = ends[1];
}

Cable::~Cable() {
  end();
  if (far_ >= 0) ::close(far_);
}

int Cable::take_far_end() { return std::exchange(far_, -1); }

void Cable::end() {
  if (near_ >= 0) ::close(std::exchange(near_, -1));
  out_.clear();
  in_.clear();
}

std::int64_t Cable::due_ns(const std::deque<InFlight>& behind) {
  const auto spread = static_cast<std::uint64_t>(weather_.delay_ns_max - weather_.delay_ns_min);
  const std::int64_t due = clock_.steady_ns() + weather_.delay_ns_min +
                           (spread == 0 ? 0 : static_cast<std::int64_t>(random_.next() % (spread + 1)));
  return behind.empty() ? due : std::max(due, behind.back().due_ns);
}

void Cable::write(std::string_view bytes) {
  if (!is_ended()) out_.push_back({due_ns(out_), std::string{bytes}});
}

bool Cable::carry() {
  if (is_ended() || is_silent_) return false;
  const bool went = carry_out();
  return carry_in() || went;
}

std::size_t Cable::let_through(std::size_t bytes) {
  if (!lost_after_) return bytes;
  const std::size_t through = std::min(bytes, *lost_after_);
  *lost_after_ -= through;
  return through;
}

bool Cable::carry_out() {
  bool moved = false;
  while (!out_.empty() && out_.front().due_ns <= clock_.steady_ns()) {
    std::string& bytes = out_.front().bytes;
    const std::size_t through = let_through(bytes.size());
    const ssize_t sent = through == 0 ? 0 : ::send(near_, bytes.data(), through, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (through < bytes.size()) {
      end();
      return true;
    }
    // EPIPE: the gateway has ended it; what it said before that still comes in.
    if (sent < 0) {
      if (errno != EAGAIN) out_.clear();
      return moved;
    }
    moved = true;
    bytes.erase(0, static_cast<std::size_t>(sent));
    if (!bytes.empty()) return moved;
    out_.pop_front();
  }
  return moved;
}

std::size_t Cable::may_read() {
  if (weather_.bytes_per_second == 0) return kChunkBytes;
  const std::int64_t now = clock_.steady_ns();
  const auto elapsed = static_cast<std::uint64_t>(std::min(now - read_ns_, kSecondNs));
  const std::uint64_t bytes = weather_.bytes_per_second * elapsed / static_cast<std::uint64_t>(kSecondNs);
  if (bytes > 0) read_ns_ = now;
  return static_cast<std::size_t>(std::min<std::uint64_t>(bytes, kChunkBytes));
}

bool Cable::carry_in() {
  bool moved = false;
  std::array<char, kChunkBytes> chunk;
  for (std::size_t room = may_read(); room > 0; room = may_read()) {
    const ssize_t got = ::recv(near_, chunk.data(), room, MSG_DONTWAIT);
    if (got < 0) break;
    moved = true;
    if (got == 0) {
      // In order behind what is still on its way.
      for (InFlight& last : in_) arrived_ += last.bytes;
      end();
      return true;
    }
    const std::size_t through = let_through(static_cast<std::size_t>(got));
    in_.push_back({due_ns(in_), std::string{chunk.data(), through}});
    if (through < static_cast<std::size_t>(got)) {
      end();
      return true;
    }
  }
  for (; !in_.empty() && in_.front().due_ns <= clock_.steady_ns(); in_.pop_front()) {
    arrived_ += in_.front().bytes;
    moved = true;
  }
  return moved;
}

}  // namespace cairn::world
