#include "tools/world/player.hpp"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "tools/world/world.hpp"

namespace cairn::world {

namespace {

std::string text_at(simdjson::dom::element root, const char* pointer) {
  std::string_view text;
  return root.at_pointer(pointer).get(text) == simdjson::SUCCESS ? std::string{text} : std::string{};
}

std::uint64_t number_at(simdjson::dom::element root, const char* pointer) {
  std::uint64_t number = 0;
  return root.at_pointer(pointer).get(number) == simdjson::SUCCESS ? number : 0;
}

// An error that the server does not remember: the same request is decided anew.
bool is_temporary(std::string_view reply) {
  return reply.find(R"("temporary":true)") != std::string_view::npos;
}

std::string request(std::string_view type, std::string_view id, std::string_view data) {
  std::string json = R"({"type":")";
  json.append(type).append(R"(","id":")").append(id).append(R"(","data":)").append(data).append("}");
  return json;
}

}  // namespace

Player::Player(World& world, std::size_t core, std::string name, std::string token)
    : world_(world), core_(core), name_(std::move(name)), token_(std::move(token)) {}

Player::~Player() = default;

void Player::open() {
  if (has_connection()) former_.push_back(std::move(client_));
  client_ = world_.dial(core_);
  is_welcome_ = false;
  hunt_is_skipped_ = false;
  client_->upgrade();
}

void Player::start_opening() {
  open();
  world_.did(name_, "opens a connection");
}

void Player::start_connecting() {
  open();
  world_.did(name_, "connects");
  client_->text(request("hello", "hello", token_.empty() ? "{}" : R"({"token":")" + token_ + "\"}"));
}

void Player::start_resuming() {
  open();
  world_.did(name_, "connects again and resumes");
  std::string streams;
  for (const auto& [stream, at] : heard_)
    streams += (streams.empty() ? "\"" : ",\"") + stream + R"(":{"epoch":")" + at.epoch + R"(","offset":)" +
               std::to_string(at.offset) + "}";
  client_->text(request("resume", "resume",
                        R"({"resume_token":")" + resume_token_ + R"(","streams":{)" + streams + "}}"));
}

void Player::connect() {
  start_connecting();
  world_.settle_until([this] { return is_welcome_ || !has_connection(); });
}

void Player::resume() {
  start_resuming();
  world_.settle_until([this] { return is_welcome_ || !has_connection(); });
}

void Player::lose_signal() {
  world_.did(name_, "loses the signal");
  end_connection();
}

void Player::send_text(std::string_view json) {
  if (client_ != nullptr) client_->text(json);
}

std::string Player::start_asking(std::string_view type, std::string_view data, std::string_view id) {
  std::string chosen = id.empty() ? "r" + std::to_string(next_request_++) : std::string{id};
  Asked& asked = asked_[chosen];
  if (asked.type.empty()) asked = {std::string{type}, std::string{data}, "", world_.now_ms(), false};
  world_.did(name_, std::string{type} + " " + std::string{data} + " as " + chosen);
  send_text(request(type, chosen, data));
  return chosen;
}

std::string Player::ask(std::string_view type, std::string_view data, std::string_view id) {
  const std::size_t before = messages_.size();
  const std::string wanted = R"("id":")" + start_asking(type, data, id) + "\"";
  const auto answered = [&] {
    return std::find_if(messages_.begin() + static_cast<std::ptrdiff_t>(before), messages_.end(),
                        [&](const std::string& json) { return json.find(wanted) != std::string::npos; });
  };
  world_.settle_until([&] { return answered() != messages_.end() || !has_connection(); });
  return answered() == messages_.end() ? std::string{} : *answered();
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

std::optional<std::uint16_t> Player::closed() const {
  return client_ == nullptr ? std::nullopt : client_->close_code();
}

std::uint64_t Player::heard(std::string_view stream) const {
  const auto at = heard_.find(stream);
  return at == heard_.end() ? 0 : at->second.offset;
}

void Player::complain(std::string what) {
  if (complaint_.empty()) complaint_ = name_ + ": " + std::move(what);
}

bool Player::listen() {
  bool moved = false;
  for (const auto& former : former_) {
    moved |= former->cable().carry();
    // Nobody reads there any more, but the library still answers pings and sees the end.
    while (former->next_text()) moved = true;
  }
  std::erase_if(former_, [](const std::unique_ptr<Client>& former) { return former->is_over(); });
  if (client_ == nullptr) return moved;
  moved |= client_->cable().carry();
  while (auto message = client_->next_text()) {
    moved = true;
    hear(*message);
  }
  if (!client_->complaint().empty()) complain(client_->complaint());
  return moved;
}

void Player::hear(const std::string& json) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  const simdjson::padded_string padded{json};
  if (parser.parse(padded).get(root) != simdjson::SUCCESS) return complain("a message is not JSON: " + json);
  world_.told(name_, json);
  const std::string type = text_at(root, "/type");
  if (type == "event") return hear_event(root, json);
  messages_.push_back(json);
  if (type == "reply") {
    if (const auto asked = asked_.find(text_at(root, "/id")); asked != asked_.end()) {
      std::string& first = asked->second.reply;
      if (first.empty() || is_temporary(first))
        first = json;
      else if (first != json && !is_temporary(json))
        asked->second.is_ambiguous = true;
    }
    return;
  }
  if (type == "resync_required") hunt_is_skipped_ = true;
  if (type != "welcome" && type != "snapshot" && type != "resumed") return;
  is_welcome_ = true;
  if (const std::string token = text_at(root, "/data/resume_token"); !token.empty()) resume_token_ = token;
  if (type != "resumed") hear_streams(root);
}

// What was told counts from here on: everything before it is in what came along. A skip is of `hunt` alone; the other
// streams go on where they were.
void Player::hear_streams(simdjson::dom::element message) {
  simdjson::dom::object streams;
  if (message.at_pointer("/data/streams").get(streams) != simdjson::SUCCESS) return;
  const bool is_of_hunt_alone = std::exchange(hunt_is_skipped_, false);
  if (!is_of_hunt_alone) heard_.clear();
  for (const auto field : streams)
    if (!is_of_hunt_alone || field.key == "hunt")
      heard_[std::string{field.key}] = {text_at(field.value, "/epoch"), number_at(field.value, "/offset")};
}

void Player::hear_event(simdjson::dom::element event, const std::string& json) {
  const std::uint64_t offset = number_at(event, "/offset");
  const std::string stream = text_at(event, "/stream");
  const auto at = heard_.find(stream);
  if (at == heard_.end())
    return complain("an event of the stream \"" + stream + "\", which he does not follow");
  if (offset != at->second.offset + 1)
    complain(stream + ": offset " + std::to_string(offset) + " after " + std::to_string(at->second.offset));
  at->second.offset = offset;
  events_.push_back({stream, offset, text_at(event, "/event"), json});
}

}  // namespace cairn::world
