// Tokens and codes: how they are made, and how one is known again without being kept. What is kept is a
// SHA-256.
//
// Owner: a core. Threads: its loop's. A resume token is an HMAC over who it is for and the hash of that
// player's token: it outlives a restart and is void as soon as the token is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "actors/messages/command.hpp"
#include "bus/random.hpp"

namespace cairn::net {

using Secret = std::array<std::byte, 32>;

actors::Hash sha256(std::string_view text);
// Takes as long for any two texts of equal length.
bool equal_in_constant_time(std::string_view a, std::string_view b);

// A text of at most 96 bytes that is handed out once and forgotten.
class SecretText {
 public:
  operator std::string_view() const { return {text_.data(), size_}; }  // NOLINT: it is a text
  void append(std::string_view text);

 private:
  std::array<char, 96> text_{};
  std::size_t size_ = 0;
};

class Credentials {
 public:
  Credentials(const Secret& secret, bus::RandomSource& random) : secret_(secret), random_(random) {}

  // 256 bits.
  [[nodiscard]] SecretText make_token();
  // Three groups of eight of 32 unmistakable letters and digits: a person types it.
  [[nodiscard]] SecretText make_recovery_code();
  [[nodiscard]] SecretText make_join_code();
  [[nodiscard]] std::uint64_t make_number();

  // kNoPlayer: a spectator's.
  [[nodiscard]] SecretText resume_token(actors::PlayerIndex player, const actors::Hash& token_hash) const;
  // Whom a resume token claims to be of; whether it is true is for matches() to say.
  struct Claim {
    actors::PlayerIndex player = actors::kNoPlayer;
  };
  [[nodiscard]] static std::optional<Claim> claim_of(std::string_view resume_token);
  [[nodiscard]] bool matches(std::string_view resume_token, actors::PlayerIndex player,
                             const actors::Hash& token_hash) const;

 private:
  void append_letters(SecretText& out, std::size_t count);

  Secret secret_;
  bus::RandomSource& random_;
};

// What a person typed as a code: upper case, without spaces and hyphens. Longer than `out`: empty.
std::string_view tidy_code(std::string_view typed, std::span<char> out);

}  // namespace cairn::net
