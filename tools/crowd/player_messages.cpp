// What the server says unasked: events, and the messages that begin, resume or skip.
#include "tools/crowd/json_read.hpp"
#include "tools/crowd/player.hpp"
#include "tools/crowd/steady_time.hpp"
#include "tools/crowd/text_hash.hpp"

namespace cairn::crowd {
namespace {

namespace dom = simdjson::dom;

// A message's members stand in `data`; a server that puts them beside `type` is understood as well.
dom::object members(dom::object message) {
  dom::object data;
  return message["data"].get(data) == simdjson::SUCCESS ? data : message;
}

std::string_view text_member(dom::object from, std::string_view name) {
  std::string_view text;
  read_member(from, name, text);
  return text;
}

}  // namespace

void Player::on_text(std::string_view text, std::uint64_t now_ns) {
  EventHead head;
  switch (scan(text, head)) {
    case Scanned::event: return on_event(head, text, now_ns);
    case Scanned::notice: ++scene_.tally.notices_received; return;
    case Scanned::unknown: return on_message(text, now_ns);
  }
}

void Player::on_event(const EventHead& head, std::string_view text, std::uint64_t now_ns) {
  Tally& tally = scene_.tally;
  ++tally.events_received;
  if (head.stream == StreamName::other) {
    ++tally.malformed_messages;
    return;
  }
  StreamCheck& stream = streams_[static_cast<std::size_t>(head.stream)];
  if (!stream.known()) {
    ++tally.malformed_messages;
    return;
  }
  const bool fresh = stream.observe(head.offset, tally.faults);
  if (head.stream == StreamName::hunt) {
    on_hunt_event(head, text, fresh, now_ns);
  } else if (head.stream == StreamName::team && fresh) {
    on_team_event(head.event, text);
  }
}

void Player::on_hunt_event(const EventHead& head, std::string_view text, bool fresh, std::uint64_t now_ns) {
  Tally& tally = scene_.tally;
  EventLedger::Record& record = scene_.ledger.at(streams_[0].epoch(), head.offset);
  const std::uint64_t hash = text_hash(text);
  if (!record.seen) {
    record.seen = true;
    record.hash = hash;
    if (!scene_.first_sight(record, head.event, text)) ++tally.malformed_messages;
  } else {
    scene_.ledger.compare(record, hash);
  }
  if (!fresh || !measured_ || !scene_.measuring || head.offset <= catch_up_to_) return;
  EventLedger::arrived(record, now_ns);
  if (record.cause == Cause::unknown) return;
  const std::uint64_t delay_us = now_ns > record.cause_ns ? (now_ns - record.cause_ns) / kNsPerUs : 0;
  if (record.cause == Cause::opening) return tally.opening_delay_us.record(delay_us);
  tally.event_delay_us.record(delay_us);
  tally.recent_delay_us.record(delay_us);
}

void Player::on_team_event(std::string_view event, std::string_view text) {
  if (event != "puzzle_unlocked" && event != "puzzle_solved") return;
  dom::element root;
  std::string_view puzzle;
  if (scene_.parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS ||
      root["data"]["puzzle"].get(puzzle) != simdjson::SUCCESS) {
    ++scene_.tally.malformed_messages;
    return;
  }
  const PuzzleIndex index = scene_.book.index_of(puzzle);
  if (event == "puzzle_unlocked") return mates().set_status(index, PuzzleStatus::open);
  mates().set_status(index, PuzzleStatus::solved);
  mates().progress(index).solve_told = true;
}

void Player::on_message(std::string_view text, std::uint64_t now_ns) {
  dom::object message;
  if (scene_.parser.parse(text.data(), text.size()).get(message) != simdjson::SUCCESS) {
    ++scene_.tally.malformed_messages;
    return;
  }
  const std::string_view type = text_member(message, "type");
  if (type == "reply" || type == "pong") return on_reply(message, now_ns);
  if (type == "event") return on_odd_event(message, text, now_ns);
  if (type == "welcome") return on_welcome(message);
  if (type == "resumed") return on_resumed(message);
  if (type == "snapshot") return on_snapshot(message);
  if (type == "resync_required") return on_resync(message);
  if (type == "reconnect") return on_reconnect(message);
  if (type == "notice") {
    ++scene_.tally.notices_received;
    return;
  }
  ++scene_.tally.malformed_messages;
}

void Player::on_odd_event(dom::object message, std::string_view text, std::uint64_t now_ns) {
  // The texts are copied, for the parser that they live in may be used again further on.
  const std::string event(text_member(message, "event"));
  EventHead head;
  head.stream = stream_name(text_member(message, "stream"));
  head.event = event;
  if (message["offset"].get(head.offset) != simdjson::SUCCESS || event.empty()) {
    ++scene_.tally.malformed_messages;
    return;
  }
  on_event(head, text, now_ns);
}

template <class Visit>
void Player::each_stream(dom::object data, Visit visit) {
  dom::object streams;
  if (data["streams"].get(streams) != simdjson::SUCCESS) return;
  for (const auto& [key, value] : streams) {
    const StreamName name = stream_name(key);
    std::uint64_t offset = 0;
    dom::element epoch;
    if (name == StreamName::other || value["offset"].get(offset) != simdjson::SUCCESS ||
        value["epoch"].get(epoch) != simdjson::SUCCESS) {
      continue;
    }
    visit(name, streams_[static_cast<std::size_t>(name)], scene_.epochs.index_of(simdjson::minify(epoch)),
          offset);
  }
}

void Player::begin_play() {
  leave_gate();
  failures_ = 0;
  set_phase(Phase::playing);
  // What others have seen already is repetition for this one: it says nothing about delays.
  if (streams_[0].known()) catch_up_to_ = scene_.ledger.highest(streams_[0].epoch());
  start_manner();
  send_again();
}

void Player::on_welcome(dom::object message) {
  const dom::object data = members(message);
  resume_token_ = std::string(text_member(data, "resume_token"));
  each_stream(data, [this](StreamName name, StreamCheck& stream, std::uint32_t epoch, std::uint64_t offset) {
    if (stream.known()) {
      // A new session instead of a resume: what lies between was skipped, and the welcome says so.
      if (stream.epoch() != epoch) ++scene_.tally.epoch_changes;
      if (stream.epoch() != epoch || stream.last() != offset) ++scene_.tally.declared_skips;
      if (name == StreamName::team) mates().skipped = true;
    }
    stream.begin(epoch, offset);
  });
  begin_play();
  // The first of a team who is there and reads learns for all what can be tried.
  if (mates().looked || !can_ask()) return;
  mates().looked = true;
  look(Ask::look, now_ns());
}

void Player::on_resumed(dom::object message) {
  const dom::object data = members(message);
  const auto token = text_member(data, "resume_token");
  if (!token.empty()) resume_token_ = std::string(token);
  each_stream(data, [this](StreamName, StreamCheck& stream, std::uint32_t epoch, std::uint64_t offset) {
    if (stream.known() && stream.epoch() == epoch) return;
    if (stream.known()) ++scene_.tally.epoch_changes;
    stream.begin(epoch, offset);
  });
  ++scene_.tally.reconnects;
  begin_play();
}

void Player::on_snapshot(dom::object message) {
  const dom::object data = members(message);
  const bool answers_resume = phase_ == Phase::greeting;
  if (answers_resume) {
    // The window has passed: everything between is skipped, and that is said.
    ++scene_.tally.declared_skips;
    ++scene_.tally.reconnects;
    for (StreamCheck& stream : streams_) stream.declare_skip();
  }
  mates().skipped = true;
  each_stream(data, [](StreamName, StreamCheck& stream, std::uint32_t epoch, std::uint64_t offset) {
    stream.apply_snapshot(epoch, offset);
  });
  dom::element state;
  if (data["state"].get(state) == simdjson::SUCCESS) mates().apply_state(state, scene_.book);
  if (answers_resume) begin_play();
}

void Player::on_resync(dom::object message) {
  const dom::object data = members(message);
  const StreamName name = stream_name(text_member(data, "stream"));
  if (name == StreamName::other) {
    ++scene_.tally.malformed_messages;
    return;
  }
  ++scene_.tally.declared_skips;
  streams_[static_cast<std::size_t>(name)].declare_skip();
}

void Player::on_reconnect(dom::object message) {
  std::uint64_t after_ms = 0;
  read_member(members(message), "after_ms", after_ms);
  told_to_reconnect_ = true;
  const std::uint32_t visit = visit_;
  const std::uint64_t wait_ns = (after_ms + scene_.chance.below(after_ms + 1000)) * kNsPerMs;
  scene_.timers.at(now_ns() + wait_ns, [this, visit] {
    if (visit == visit_ && phase_ == Phase::playing) drop(0, false);
  });
}

}  // namespace cairn::crowd
