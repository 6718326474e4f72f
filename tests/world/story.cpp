#include "tests/world/story.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "tests/world/json_look.hpp"

namespace cairn::story {

namespace {

std::string cut(std::string text) {
  if (text.size() <= Story::kTextBytesMax) return text;
  text.resize(Story::kTextBytesMax);
  return text + "…";
}

std::string clock_text(std::int64_t ms) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d:%02d.%03d", static_cast<int>(ms / 3'600'000),
                static_cast<int>(ms / 60'000 % 60), static_cast<int>(ms / 1'000 % 60),
                static_cast<int>(ms % 1'000));
  return text.data();
}

std::string in_words(const std::string& json) {
  const std::string type = look(json, "/type");
  const std::string data = look(json, "/data");
  if (type == "event") return cut("sees " + look(json, "/event") + " " + data);
  if (type == "notice") return cut("is shown " + look(json, "/notice") + " " + data);
  if (type == "resync_required") return "is told " + type + " " + data;
  if (type != "reply") return "is told " + type;
  if (!look(json, "/data/districts").empty()) return "gets " + look(json, "/id") + ": the state";
  const std::string code = look(json, "/error/code");
  return cut("gets " + look(json, "/id") + (code.empty() ? ": " + data : " refused: " + code));
}

std::string names(const std::vector<std::string>& who) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(who.size(), 3); ++i)
    text += (i == 0 ? "" : ", ") + who[i];
  return who.size() <= 3 ? text : text + " and " + std::to_string(who.size() - 3) + " more";
}

}  // namespace

void Story::add(Line line) {
  lines_.push_back(std::move(line));
  if (lines_.size() <= kLinesMax) return;
  lines_.pop_front();
  ++left_out_;
  if (deed_ > 0) --deed_;
}

void Story::did(std::int64_t at_ms, std::string_view who, std::string_view what) {
  add({at_ms, {std::string{who}}, std::string{what}, true});
  deed_ = lines_.size() - 1;
}

void Story::told(std::int64_t at_ms, std::string_view who, std::string_view json) {
  // The board comes every second to everybody, and says nothing that a score does not.
  if (json.find(R"("notice":"leaderboard")") != std::string_view::npos) return;
  for (std::size_t i = deed_; i < lines_.size(); ++i)
    if (!lines_[i].is_deed && lines_[i].what == json) return lines_[i].who.emplace_back(who), void();
  add({at_ms, {std::string{who}}, std::string{json}, false});
}

std::string Story::text(std::size_t lines) const {
  std::string text;
  const std::size_t first = std::max(lines, left_out_);
  if (first > 0) text += "  … " + std::to_string(first) + " lines before these\n";
  for (std::size_t i = first; i < this->lines(); ++i) {
    const Line& line = lines_[i - left_out_];
    text += "  " + clock_text(line.at_ms) + (line.is_deed ? "  " : "      ") + names(line.who) + " ";
    text += (line.is_deed ? cut(line.what) : in_words(line.what)) + "\n";
  }
  return text;
}

}  // namespace cairn::story
