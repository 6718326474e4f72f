#include "tools/crowd/live_view.hpp"

#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "tools/crowd/steady_time.hpp"

namespace cairn::crowd {
namespace {

constexpr std::uint64_t kRedrawNs = kNsPerSecond / 2;
constexpr std::uint64_t kLineNs = 5 * kNsPerSecond;

template <class... Values>
std::string format(const char* pattern, Values... values) {
  std::array<char, 512> text{};
  const int bytes = std::snprintf(text.data(), text.size(), pattern, values...);
  return std::string(text.data(),
                     static_cast<std::size_t>(std::clamp(bytes, 0, static_cast<int>(text.size()) - 1)));
}

std::string pair_text(const Histogram& histogram) {
  if (histogram.count() == 0) return "-";
  return duration_text(histogram.at_share(0.5)) + " / " + duration_text(histogram.at_share(0.99));
}

std::size_t terminal_columns() {
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

unsigned long long wide(std::uint64_t value) { return value; }

}  // namespace

double own_cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::string duration_text(std::uint64_t microseconds) {
  const auto value = static_cast<double>(microseconds);
  if (microseconds < 1000) return format("%llu µs", wide(microseconds));
  if (microseconds < 1'000'000) return format("%.1f ms", value / 1e3);
  return format("%.1f s", value / 1e6);
}

LiveView::LiveView(Scene& scene, ServerProcess& server, bool wanted)
    : scene_(scene), server_(server), wanted_(wanted), terminal_(isatty(STDERR_FILENO) == 1) {}

LiveView::Rates LiveView::take_rates(std::uint64_t now_ns) {
  const Tally& tally = scene_.tally;
  server_.sample();
  const double seconds = last_ns_ == 0 ? 0 : static_cast<double>(now_ns - last_ns_) / 1e9;
  const double crowd_cpu = own_cpu_seconds();
  Rates rates;
  if (seconds > 0) {
    rates.guesses = static_cast<double>(tally.guesses - last_guesses_) / seconds;
    rates.events = static_cast<double>(tally.events_received - last_events_) / seconds;
    rates.server_cpu = std::max(0.0, (server_.cpu_seconds() - last_server_cpu_) / seconds * 100);
    rates.crowd_cpu = (crowd_cpu - last_crowd_cpu_) / seconds * 100;
  }
  last_ns_ = now_ns;
  last_guesses_ = tally.guesses;
  last_events_ = tally.events_received;
  last_server_cpu_ = server_.cpu_seconds();
  last_crowd_cpu_ = crowd_cpu;
  return rates;
}

std::string LiveView::open_districts() const {
  std::string names;
  std::size_t open = 0;
  for (const auto& [id, district] : scene_.districts) {
    if (!district.open) continue;
    ++open;
    if (!names.empty()) names += ", ";
    names += district.name.empty() ? id : district.name;
  }
  // A line that wraps would spoil the redrawing in place.
  const std::size_t room = terminal_columns() > 60 ? terminal_columns() - 40 : 20;
  if (names.size() > room) names = names.substr(0, names.rfind(',', room)) + ", …";
  return format("%zu of %zu known  ", open, scene_.districts.size()) + names;
}

std::string LiveView::panel(std::string_view head, const Rates& rates) const {
  const Tally& tally = scene_.tally;
  std::string text(head);
  text += format("\n  connected      %llu of %u", wide(tally.connected), scene_.options.players);
  text += format("\n  guesses        %.0f/s, %llu solved so far", rates.guesses, wide(tally.solves));
  text += "\n  replies        p50 / p99  " + pair_text(tally.recent_reply_us);
  text +=
      format("\n  events         %.0f deliveries/s, %llu so far", rates.events, wide(tally.events_received));
  text += "\n  event delay    p50 / p99  " + pair_text(tally.recent_delay_us);
  text += "\n  districts open " + open_districts();
  text += format("\n  told           shed %llu, declared skips %llu, reconnects %llu", wide(tally.shed),
                 wide(tally.declared_skips), wide(tally.reconnects));
  text += format("\n  faults         gaps %llu, duplicates %llu, order %llu", wide(tally.faults.gaps),
                 wide(tally.faults.duplicates), wide(tally.faults.order_errors));
  if (server_.rss_bytes() > 0) {
    text += format("\n  server         %.0f MiB, %.0f %% of a core",
                   static_cast<double>(server_.rss_bytes()) / 1048576.0, rates.server_cpu);
  }
  text += format("\n  crowd          %.0f %% of a core\n", rates.crowd_cpu);
  return text;
}

std::string LiveView::line(std::string_view head, const Rates& rates) const {
  const Tally& tally = scene_.tally;
  const auto open = std::count_if(scene_.districts.begin(), scene_.districts.end(),
                                  [](const auto& entry) { return entry.second.open; });
  std::string text(head);
  text += format(": %llu connected, %.0f guesses/s, %.0f deliveries/s, reply ", wide(tally.connected),
                 rates.guesses, rates.events);
  text += pair_text(tally.recent_reply_us) + ", event delay " + pair_text(tally.recent_delay_us);
  text += format(
      ", %td districts open, shed %llu, skips %llu, gaps %llu, server %.0f MiB %.0f %%, crowd %.0f %%\n",
      open, wide(tally.shed), wide(tally.declared_skips), wide(tally.faults.gaps),
      static_cast<double>(server_.rss_bytes()) / 1048576.0, rates.server_cpu, rates.crowd_cpu);
  return text;
}

void LiveView::tick(std::uint64_t now_ns, std::string_view what, std::uint64_t done, std::uint64_t all) {
  if (!wanted_ || now_ns < next_ns_) return;
  next_ns_ = now_ns + (terminal_ ? kRedrawNs : kLineNs);
  const Rates rates = take_rates(now_ns);
  const std::string head = "cairn load: " + std::string(what) + format(" %llu/%llu", wide(done), wide(all));
  std::string text = terminal_ ? panel(head, rates) : line(head, rates);
  scene_.tally.recent_reply_us.clear();
  scene_.tally.recent_delay_us.clear();
  if (terminal_) {
    // Back to the first line of the last drawing, and clear what stood there.
    if (lines_drawn_ > 0) std::fprintf(stderr, "\033[%dA\r\033[J", lines_drawn_);
    lines_drawn_ = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  }
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

void LiveView::note(std::string_view what) {
  if (!wanted_) return;
  finish();
  std::fprintf(stderr, "cairn load: %.*s\n", static_cast<int>(what.size()), what.data());
}

void LiveView::finish() {
  next_ns_ = 0;
  lines_drawn_ = 0;
}

}  // namespace cairn::crowd
