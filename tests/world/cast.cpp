#include "tests/world/cast.hpp"

#include <algorithm>

#include "tests/world/hunt.hpp"
#include "tests/world/json_look.hpp"

namespace cairn::story {

namespace {

std::string json_text(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    json += c;
  }
  return json + "\"";
}

// {"puzzle":"lantern", …}
std::string about(std::string_view puzzle, const std::string& rest) {
  return R"({"puzzle":)" + json_text(puzzle) + (rest.empty() ? "" : ",") + rest + "}";
}

std::string place(double longitude, double latitude, unsigned accuracy_m) {
  return R"("at":[)" + std::to_string(longitude) + "," + std::to_string(latitude) + R"(],"accuracy_m":)" +
         std::to_string(accuracy_m);
}

}  // namespace

std::string Answer::word() const {
  if (json.empty()) return "no reply";
  std::string verdict = look(json, "/data/verdict");
  if (!verdict.empty()) return verdict;
  const std::string code = look(json, "/error/code");
  return code.empty() ? "ok" : code;
}

std::string Answer::operator[](std::string_view field) const {
  return look(json, "/data/" + std::string{field});
}

// --- the hunt ---

Answer Player::asks(std::string_view type, std::string_view data, std::string_view id) {
  last_ = {self_.ask(type, data, id)};
  hunt_.world().settle();
  return last_;
}

Answer Player::submits(std::string_view puzzle, std::string_view answer, std::string_view id) {
  return asks("submit_answer", about(puzzle, R"("answer":)" + json_text(answer)), id);
}

Answer Player::solves(std::string_view puzzle, const char* file, int line) {
  const config::Puzzle& model = hunt_.puzzle(puzzle);
  if (model.needs_check_in) checks_in(puzzle);
  Answer answer = submits(puzzle, model.answers.front());
  hunt_.insists(answer == "correct",
                name() + " does not solve " + std::string{puzzle} + ": the answer is " + answer.word(), file,
                line);
  return answer;
}

Answer Player::guesses_wrong(std::string_view puzzle) {
  return submits(puzzle, "no such thing " + std::to_string(++wrong_guesses_) + " of " + name());
}

Answer Player::checks_in(std::string_view puzzle) {
  const config::Puzzle& model = hunt_.puzzle(puzzle);
  if (!model.at || model.radius_m == 0) return checks_in_by_code(puzzle, model.code);
  return checks_in_at(puzzle, static_cast<double>(model.at->longitude_e7) / 1e7,
                      static_cast<double>(model.at->latitude_e7) / 1e7, 5);
}

Answer Player::checks_in_at(std::string_view puzzle, double longitude, double latitude, unsigned accuracy_m) {
  return asks("check_in", about(puzzle, place(longitude, latitude, accuracy_m)));
}

Answer Player::checks_in_by_code(std::string_view puzzle, std::string_view code) {
  return asks("check_in", about(puzzle, R"("code":)" + json_text(code)));
}

Answer Player::discovers_clue(std::string_view puzzle, unsigned clue, std::string_view code) {
  const std::string by = code.empty() ? "" : R"(,"code":)" + json_text(code);
  return asks("discover_clue", about(puzzle, R"("clue":)" + std::to_string(clue) + by));
}

Answer Player::buys_hint(std::string_view puzzle, unsigned hint) {
  return asks("request_hint", about(puzzle, R"("hint":)" + std::to_string(hint)));
}

// Not remembered as his last answer: checks ask for it behind his back.
std::string Player::state() { return self_.get_state(); }

std::string Player::begins(std::string_view type, std::string_view data, std::string_view id) {
  return self_.start_asking(type, data, id);
}

std::string Player::begins_to_submit(std::string_view puzzle, std::string_view answer, std::string_view id) {
  return begins("submit_answer", about(puzzle, R"("answer":)" + json_text(answer)), id);
}

Answer Player::answer_to(std::string_view id) const {
  const auto asked = self_.asked().find(id);
  return asked == self_.asked().end() ? Answer{} : Answer{asked->second.reply};
}

Answer Player::says(std::string_view text) {
  const std::vector<std::string>& messages = self_.messages();
  std::size_t next = messages.size();
  hunt_.world().did(name(), "says " + std::string{text});
  self_.send_text(text);
  const auto is_answered = [&] {
    while (next < messages.size() && look(messages[next], "/type") == "notice") ++next;
    return next < messages.size();
  };
  hunt_.world().settle_until([&] { return is_answered() || !self_.has_connection(); });
  return is_answered() ? Answer{messages[next]} : Answer{};
}

std::size_t Player::times_told_a(std::string_view type) const {
  const std::string wanted = R"({"type":")" + std::string{type} + "\"";
  return static_cast<std::size_t>(std::ranges::count_if(
      self_.messages(), [&](const std::string& json) { return json.starts_with(wanted); }));
}

// --- his connection ---

void Player::loses_signal() {
  self_.lose_signal();
  hunt_.world().settle();
}

void Player::opens_connection() {
  self_.start_opening();
  hunt_.world().settle();
}

void Player::connects() {
  self_.connect();
  hunt_.world().settle();
}

void Player::resumes() {
  self_.resume();
  hunt_.world().settle();
}

int Player::recovers() {
  hunt_.world().did(name(), "recovers on another telephone");
  const world::HttpAnswer answer =
      hunt_.world().post("/v1/recover", R"({"recovery_code":)" + json_text(self_.recovery_code()) + "}");
  if (answer.status == 200) self_.keep_token(look(answer.body, "/token"));
  return answer.status;
}

void Player::loses_connection_after(std::size_t bytes) {
  hunt_.world().did(name(), "is to lose the connection after " + std::to_string(bytes) + " more bytes");
  if (self_.cable() != nullptr) self_.cable()->lose_after(bytes);
}

void Player::falls_silent() {
  hunt_.world().did(name(), "falls silent, the connection stands");
  if (self_.cable() != nullptr) self_.cable()->fall_silent();
}

void Player::reads(std::uint64_t bytes_per_second) {
  hunt_.world().did(name(), bytes_per_second == 0
                                ? "reads all there is"
                                : "reads " + std::to_string(bytes_per_second) + " bytes a second");
  world::Weather weather = hunt_.world().weather();
  weather.bytes_per_second = bytes_per_second;
  if (self_.cable() != nullptr) self_.cable()->set_weather(weather);
}

Team::Team(Hunt& hunt, world::Team& self) : self_(self) {
  for (const auto& member : self.members) members_.push_back(std::make_unique<Player>(hunt, *member));
}

}  // namespace cairn::story
