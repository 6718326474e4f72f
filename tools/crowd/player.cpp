#include "tools/crowd/player.hpp"

#include <algorithm>

#include "tools/crowd/json_text.hpp"
#include "tools/crowd/steady_time.hpp"

namespace cairn::crowd {
namespace {

constexpr std::uint64_t kGreetingNsMax = 15 * kNsPerSecond;
constexpr std::uint64_t kSlowReadNs = 2 * kNsPerSecond;

}  // namespace

Player::Player(Scene& scene, std::uint32_t index, std::uint32_t team)
    : scene_(scene), connection_(scene.loop, *this), index_(index), team_(team) {}

void Player::set_manner(Manner manner) {
  manner_ = manner;
  if (manner != Manner::attentive) measured_ = false;
}

void Player::set_phase(Phase phase) {
  if (phase_ == phase) return;
  if (phase_ == Phase::playing) --scene_.tally.connected;
  if (phase == Phase::playing) ++scene_.tally.connected;
  phase_ = phase;
}

void Player::join() {
  set_phase(Phase::waiting);
  scene_.gate.want(index_);
}

void Player::enter() {
  in_gate_ = true;
  if (phase_ != Phase::waiting) return leave_gate();
  set_phase(Phase::connecting);
  const std::uint32_t visit = ++visit_;
  scene_.timers.at(now_ns() + kGreetingNsMax, [this, visit] {
    if (visit != visit_ || phase_ == Phase::playing) return;
    ++scene_.tally.connects_failed;
    connection_.reset();
    retry();
  });
  connection_.open(scene_.address, scene_.chance.next(), manner_ != Manner::attentive);
}

void Player::leave_gate() {
  if (!in_gate_) return;
  in_gate_ = false;
  scene_.gate.release();
}

std::string Player::greeting() const {
  JsonWriter json;
  json.open_object();
  if (!resuming_) {
    json.key("type").string("hello").key("id").string("h").key("data").open_object();
    json.key("token").string(token_);
  } else {
    json.key("type").string("resume").key("id").string("r").key("data").open_object();
    json.key("resume_token").string(resume_token_).key("streams").open_object();
    for (std::size_t at = 0; at < kStreamCount; ++at) {
      if (!streams_[at].known()) continue;
      json.key(stream_text(static_cast<StreamName>(at))).open_object();
      json.key("epoch").raw(scene_.epochs.text(streams_[at].epoch()));
      json.key("offset").number(streams_[at].last()).close_object();
    }
    json.close_object();
  }
  return json.close_object().close_object().text();
}

void Player::on_open() {
  set_phase(Phase::greeting);
  resuming_ = !resume_token_.empty();
  if (resuming_) {
    for (StreamCheck& stream : streams_) stream.resume();
  }
  connection_.send_text(greeting());
}

void Player::drop(std::uint64_t away_ns, bool echo) {
  echoes_ = echo;
  connection_.reset();
  come_back_after(away_ns);
}

void Player::leave() {
  connection_.leave();
  set_phase(Phase::gone);
  leave_gate();
}

void Player::come_back_after(std::uint64_t wait_ns) {
  set_phase(Phase::away);
  told_to_reconnect_ = false;
  leave_gate();
  const std::uint32_t visit = ++visit_;
  scene_.timers.at(now_ns() + wait_ns, [this, visit] {
    if (visit == visit_ && !scene_.leaving) join();
  });
}

void Player::retry() {
  // Half of the wait is chance, so that nobody knocks in step with the others.
  const std::uint64_t longest_ms = std::min<std::uint64_t>(200ULL << std::min(failures_, 5U), 5000);
  ++failures_;
  come_back_after((longest_ms / 2 + scene_.chance.below(longest_ms / 2 + 1)) * kNsPerMs);
}

void Player::count_loss(LostBy how, std::uint16_t code) {
  Tally& tally = scene_.tally;
  if (how == LostBy::close) ++tally.close_codes[code];
  if (phase_ != Phase::playing) {
    ++tally.connects_failed;
  } else if (manner_ != Manner::attentive) {
    ++tally.slow_closes;
  } else if (how == LostBy::bad_frames) {
    ++tally.malformed_messages;
    ++tally.unexpected_closes;
  } else if (!scene_.options.survive_restart && !told_to_reconnect_) {
    ++tally.unexpected_closes;
  }
}

void Player::on_lost(LostBy how, std::uint16_t code) {
  if (phase_ == Phase::gone) return;
  count_loss(how, code);
  if (manner_ == Manner::dead && phase_ == Phase::playing) return set_phase(Phase::gone);
  retry();
}

void Player::start_manner() {
  if (manner_ == Manner::dead) connection_.stop_reading();
  if (manner_ == Manner::slow) read_slowly();
}

void Player::read_slowly() {
  // Reads what the small buffer holds, once in a while: far below what the hunt says.
  connection_.stop_reading();
  const std::uint32_t visit = visit_;
  scene_.timers.at(now_ns() + kSlowReadNs, [this, visit] {
    if (visit != visit_ || phase_ != Phase::playing) return;
    connection_.read_on();
    scene_.timers.at(now_ns() + kNsPerMs, [this, visit] {
      if (visit == visit_ && phase_ == Phase::playing) read_slowly();
    });
  });
}

}  // namespace cairn::crowd
