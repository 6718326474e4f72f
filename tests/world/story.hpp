// The story so far, as a failure prints it: who did what and when, and who was told what of it.
//
// Owner: a Hunt. Threads: its one. Bounds: the last kLinesMax lines; what a told message says is cut at kTextBytesMax.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "tools/world/chronicle.hpp"

namespace cairn::story {

class Story final : public world::Chronicle {
 public:
  static constexpr std::size_t kLinesMax = 400;
  static constexpr std::size_t kTextBytesMax = 160;

  void did(std::int64_t at_ms, std::string_view who, std::string_view what) override;
  void told(std::int64_t at_ms, std::string_view who, std::string_view json) override;

  // One line for each deed and each message, the first `lines` left out; who was told the same between two deeds shares
  // a line.
  [[nodiscard]] std::string text(std::size_t lines = 0) const;
  [[nodiscard]] std::size_t lines() const { return left_out_ + lines_.size(); }

 private:
  struct Line {
    std::int64_t at_ms = 0;
    std::vector<std::string> who;
    std::string what;  // a deed, or a message's JSON
    bool is_deed = false;
  };

  void add(Line line);

  std::deque<Line> lines_;
  std::size_t deed_ = 0;  // the last one's index in lines_
  std::size_t left_out_ = 0;
};

}  // namespace cairn::story
