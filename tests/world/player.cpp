#include "tests/world/player.hpp"

#include <doctest/doctest.h>
#include <simdjson.h>

#include <array>

#include "bus/stream/frame.hpp"
#include "tests/world/world.hpp"

namespace cairn::test {

namespace {

std::string text_at(simdjson::dom::element root, const char* pointer) {
  std::string_view text;
  return root.at_pointer(pointer).get(text) == simdjson::SUCCESS ? std::string{text} : std::string{};
}

std::uint64_t number_at(simdjson::dom::element root, const char* pointer) {
  std::uint64_t number = 0;
  return root.at_pointer(pointer).get(number) == simdjson::SUCCESS ? number : 0;
}

}  // namespace

Player::Player(World& world, std::size_t core, std::string name, std::string token)
    : world_(world), core_(core), name_(std::move(name)), token_(std::move(token)) {}

Player::~Player() { world_.gate(core_).disconnect(*this); }

void Player::open(net::CoreContext& core, const actors::SessionRef& ref) {
  closed_.reset();
  followed_.clear();
  session_ = std::make_unique<net::Session>(core, *this, ref, 0);
}

void Player::connect() {
  world_.gate(core_).connect(*this);
  send_text(R"({"type":"hello","id":"hello","data":{"token":")" + token_ + R"("}})");
  world_.settle();
}

void Player::lose_signal() { world_.gate(core_).disconnect(*this); }

void Player::resume() {
  world_.gate(core_).connect(*this);
  std::string streams;
  for (const auto& [stream, at] : heard_)
    streams += (streams.empty() ? "\"" : ",\"") + stream + R"(":{"epoch":")" + at.first + R"(","offset":)" +
               std::to_string(at.second) + "}";
  send_text(R"({"type":"resume","id":"resume","data":{"resume_token":")" + resume_token_ +
            R"(","streams":{)" + streams + "}}}");
  world_.settle();
}

void Player::send_text(std::string_view json) {
  if (session_) session_->on_text(json);
}

std::string Player::ask(std::string_view type, std::string_view data, std::string_view id) {
  const std::string request_id = id.empty() ? "r" + std::to_string(next_request_++) : std::string{id};
  const std::size_t before = messages_.size();
  send_text(R"({"type":")" + std::string{type} + R"(","id":")" + request_id + R"(","data":)" +
            std::string{data} + "}");
  world_.settle();
  const std::string wanted = R"("id":")" + request_id + "\"";
  for (std::size_t i = before; i < messages_.size(); ++i)
    if (messages_[i].find(wanted) != std::string::npos) return messages_[i];
  return {};
}

std::string Player::submits(std::string_view puzzle, std::string_view answer, std::string_view id) {
  const std::string reply =
      ask("submit_answer",
          R"({"puzzle":")" + std::string{puzzle} + R"(","answer":")" + std::string{answer} + "\"}", id);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(reply).get(root) != simdjson::SUCCESS) return "no reply";
  const std::string verdict = text_at(root, "/data/verdict");
  return verdict.empty() ? text_at(root, "/error/code") : verdict;
}

bool Player::was_told(std::string_view event, std::string_view containing) const {
  return times_told(event, containing) > 0;
}

std::size_t Player::times_told(std::string_view event, std::string_view containing) const {
  std::size_t times = 0;
  for (const ToldEvent& told : events_)
    times += told.event == event && told.json.find(containing) != std::string::npos;
  return times;
}

void Player::send(std::string_view json) {
  messages_.emplace_back(json);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(simdjson::padded_string{json}).get(root) != simdjson::SUCCESS) {
    stream_error_ = "a message is not JSON: " + std::string{json};
    return;
  }
  const std::string type = text_at(root, "/type");
  if (type != "welcome" && type != "snapshot" && type != "resumed") return;
  if (const std::string token = text_at(root, "/data/resume_token"); !token.empty()) resume_token_ = token;
  if (type == "resumed") return;
  // What was told counts from here on: everything before it is in what came along.
  heard_.clear();
  simdjson::dom::object streams;
  if (root.at_pointer("/data/streams").get(streams) != simdjson::SUCCESS) return;
  for (const auto field : streams) {
    heard_.push_back(
        {std::string{field.key}, {text_at(field.value, "/epoch"), number_at(field.value, "/offset")}});
  }
}

void Player::follow(const net::Following& following) {
  followed_.clear();
  for (std::size_t i = 0; i < following.count; ++i)
    followed_.push_back({following.streams[i], following.after[i], 0, false});
}

void Player::close(net::CloseCode code, std::string_view /*reason*/) {
  closed_ = code;
  followed_.clear();
  if (session_) session_->on_closed();
}

void Player::read_streams() {
  for (Followed& at : followed_) {
    const bus::StreamLog* log = world_.house().streams().find(at.stream);
    if (log == nullptr) continue;
    if (!at.placed) {
      const auto position = log->position_after(at.offset);
      if (!position) {
        stream_error_ = "an offset that the session promised is not in the window";
        continue;
      }
      at.position = *position;
      at.placed = true;
    }
    while (at.position < log->end()) {
      std::array<iovec, 8> pieces;
      const auto slice = log->read(at.position, pieces, 64 * 1024);
      if (slice.count == 0) break;
      for (std::size_t i = 0; i < slice.count; ++i) {
        std::span<const std::byte> bytes{static_cast<const std::byte*>(pieces[i].iov_base),
                                         pieces[i].iov_len};
        while (!bytes.empty()) {
          const auto frame = static_cast<std::size_t>(bus::frame_bytes(bytes));
          const std::size_t head = frame < 128 ? 2 : 4;
          hear_event({reinterpret_cast<const char*>(bytes.data()) + head, frame - head});
          bytes = bytes.subspan(frame);
        }
      }
      at.position = slice.next;
    }
  }
}

void Player::hear_event(std::string_view json) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(simdjson::padded_string{json}).get(root) != simdjson::SUCCESS) {
    stream_error_ = "an event is not JSON: " + std::string{json};
    return;
  }
  const std::uint64_t offset = number_at(root, "/offset");
  const std::string stream = text_at(root, "/stream");
  for (auto& [name, at] : heard_) {
    if (name != stream) continue;
    if (offset != at.second + 1)
      stream_error_ = stream + ": offset " + std::to_string(offset) + " after " + std::to_string(at.second);
    at.second = offset;
  }
  events_.push_back({stream, offset, text_at(root, "/event"), std::string{json}});
}

}  // namespace cairn::test
