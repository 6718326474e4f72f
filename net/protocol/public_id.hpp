// What clients call teams and players: "t17" and "p273", and which they mean. Districts and puzzles go by their designers'
// ids.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
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

// The index behind the letter; nothing if the text is not what a PublicId of that kind writes.
inline std::optional<std::uint32_t> index_in(std::string_view id, char kind) {
  std::uint32_t index = 0;
  if (id.size() < 2 || id[0] != kind || (id[1] == '0' && id.size() > 2)) return std::nullopt;
  const auto [end, error] = std::from_chars(id.data() + 1, id.data() + id.size(), index);
  return error == std::errc{} && end == id.data() + id.size() ? std::optional{index} : std::nullopt;
}

}  // namespace cairn::net
