// What clients call teams and players: "t17" and "p273". Districts and puzzles go by their designers' ids.
#pragma once

#include <array>
#include <charconv>
#include <string_view>

#include "actors/messages/ids.hpp"

namespace cairn::net {

class PublicId {
 public:
  explicit PublicId(actors::TeamIndex team) : PublicId('t', actors::index(team)) {}
  explicit PublicId(actors::PlayerIndex player) : PublicId('p', actors::index(player)) {}
  operator std::string_view() const { return {text_.data(), size_}; }  // NOLINT: it is a text

 private:
  PublicId(char kind, std::size_t index) {
    text_[0] = kind;
    size_ = static_cast<std::size_t>(std::to_chars(&text_[1], text_.data() + text_.size(), index).ptr -
                                     text_.data());
  }
  std::array<char, 24> text_{};
  std::size_t size_ = 0;
};

}  // namespace cairn::net
