// Goal: guesses compare as players expect, distances and lockouts are what the model says.
// Breaks when: a letter folds wrongly, a buffer is overrun, a bound is off by one.
#include <doctest/doctest.h>

#include <random>
#include <string>

#include "config/load/time_text.hpp"
#include "config/model/hunt.hpp"
#include "config/model/normalise.hpp"

using namespace cairn::config;

namespace {

std::string normal(std::string_view text, const Normalisation& rules = {}) {
  char out[kAnswerBytesMax];
  const auto size = normalise(text, rules, out, sizeof out);
  return size ? std::string(out, *size) : "refused";
}

}  // namespace

TEST_CASE("the normal form of a guess, by default") {
  const std::pair<const char*, const char*> table[] = {
      {"Spring", "spring"},
      {"  The  Sea-Gull's ", "theseagulls"},
      {"Crème brûlée", "cremebrulee"},
      {"cre\xcc\x80me", "creme"},
      {"ÆØÅ Łódź ŠĐ", "aeoalodzsd"},
      {"Straße STRAẞE", "strassestrasse"},
      {"Việt Nam", "vietnam"},
      {"ΘΑΛΑΣΣΑΣ", "θαλασσασ"},
      {"θάλασσας", "θάλασσασ"},
      {"МОРЕ", "море"},
      {"ＡＢＣ１２", "abc12"},
      {"１２：３０", "1230"},
      {"“quoted”—dash…", "quoteddash"},
      {"zero\xe2\x80\x8bwidth\xc2\xadhyphen", "zerowidthhyphen"},
      {"tab\tand\nline\xc2\xa0", "tabandline"},
      {"", ""},
      {"?!…", ""},
      {"12 345", "12345"},
      {"漢字", "漢字"},
  };
  for (const auto& row : table) {
    const auto [text, wanted] = row;
    CAPTURE(row.first);
    CHECK(normal(text) == wanted);
    CHECK(normal(normal(text)) == wanted);
  }
}

TEST_CASE("each flag of normalisation can be left out") {
  CHECK(normal("Été à PARIS!", {.fold_case = false}) == "EteaPARIS");
  CHECK(normal("Æther", {.fold_case = false}) == "AEther");
  CHECK(normal("Été à PARIS!", {.fold_accents = false}) == "étéàparis");
  CHECK(normal("7.5 m", {.strip_punctuation = false}) == "7.5m");
  CHECK(normal("  two   words ", {.strip_spaces = false}) == "two words");
  CHECK(normal("a . b", {.strip_spaces = false}) == "a b");
}

TEST_CASE("what is too long or not UTF-8 is refused, and what just fits is not") {
  CHECK(normal(std::string(128, 'x')) == std::string(128, 'x'));
  CHECK(normal(std::string(129, 'x')) == "refused");
  CHECK(normal(std::string(126, 'x') + "ß") == std::string(126, 'x') + "ss");
  CHECK(normal(std::string(127, 'x') + "ß") == "refused");
  CHECK(normal(std::string(127, 'x') + "漢") == "refused");
  for (const char* bad : {"\xff", "a\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"}) {
    CHECK(normal(bad) == "refused");
  }
  CHECK(normalise("abc", {}, nullptr, 0) == std::nullopt);
}

TEST_CASE("random bytes never overrun, and a normal form is its own normal form") {
  std::mt19937 random(11);
  std::uniform_int_distribution<unsigned> any(0, 0x3000);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (int k = 0; k < 20; ++k) {
      const unsigned c = any(random);
      if (c < 0x80) {
        text += static_cast<char>(c);
      } else if (c < 0x800) {
        text += static_cast<char>(0xC0 | (c >> 6));
        text += static_cast<char>(0x80 | (c & 0x3F));
      } else {
        text += static_cast<char>(0xE0 | (c >> 12));
        text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (c & 0x3F));
      }
    }
    const Normalisation rules{(i & 1) != 0, (i & 2) != 0, (i & 4) != 0, (i & 8) != 0};
    const std::string once = normal(text, rules);
    CHECK(normal(once, rules) == once);
  }
}

TEST_CASE("distances are those along the ground") {
  const Position pole{0, 900'000'000};
  const Position equator{0, 0};
  CHECK(distance_m(equator, equator) == 0);
  CHECK(distance_m(equator, {0, 10'000'000}) == 111'195);
  CHECK(distance_m(equator, {10'000'000, 0}) == 111'195);
  CHECK(distance_m({0, 600'000'000}, {10'000'000, 600'000'000}) == 55'598);
  CHECK(distance_m({1'799'999'000, 0}, {-1'799'999'000, 0}) == 22);
  CHECK(distance_m(pole, {1'000'000'000, 900'000'000}) == 0);
  CHECK(distance_m({130'000'000, 520'000'000}, {130'010'000, 520'000'000}) ==
        distance_m({130'010'000, 520'000'000}, {130'000'000, 520'000'000}));
}

TEST_CASE("a lockout grows from round to round up to its maximum") {
  const GuessLimits limits{5, 60'000, 200, 1'800'000};
  CHECK(limits.lockout_of_round_ms(1) == 60'000);
  CHECK(limits.lockout_of_round_ms(2) == 120'000);
  CHECK(limits.lockout_of_round_ms(5) == 960'000);
  CHECK(limits.lockout_of_round_ms(6) == 1'800'000);
  CHECK(limits.lockout_of_round_ms(4'000'000'000U) == 1'800'000);
  CHECK(GuessLimits{5, 1000, 150, 10'000}.lockout_of_round_ms(3) == 2250);
  CHECK(GuessLimits{5, 1000, 100, 10'000}.lockout_of_round_ms(99) == 1000);
  CHECK(GuessLimits{5, 0, 200, 10'000}.lockout_of_round_ms(99) == 0);
}

TEST_CASE("an award falls with each solve before it and stops at its floor") {
  CHECK(Points{100, 0, 100}.award(7) == 100);
  CHECK(Points{100, 30, 20}.award(0) == 100);
  CHECK(Points{100, 30, 20}.award(2) == 40);
  CHECK(Points{100, 30, 20}.award(3) == 20);
  CHECK(Points{100, 30, 20}.award(4'000'000'000U) == 20);
}

TEST_CASE("times are read as RFC 3339 has them, durations as people write them") {
  CHECK(parse_time_ms("1970-01-01T00:00:00Z") == 0);
  CHECK(parse_time_ms("2026-05-30T18:00:00+02:00") == parse_time_ms("2026-05-30T16:00:00Z"));
  CHECK(parse_time_ms("2024-02-29T23:59:59.250-00:30") == 1'709'252'999'250 + 0);
  for (const char* bad : {"", "2026-05-30", "2026-05-30T18:00:00", "2026-02-29T00:00:00Z",
                          "2026-13-01T00:00:00Z", "2026-05-30T24:00:00Z", "2026-05-30T18:00:00+25:00",
                          "2026-05-30T18:00:00.Z", "2026-05-30T18:00:00Z ", "2026-05-30 18:00:00Z"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_time_ms(bad));
  }
  CHECK(parse_duration_ms("90s") == 90'000);
  CHECK(parse_duration_ms("1h30m") == 5'400'000);
  CHECK(parse_duration_ms("720h") == std::int64_t{720} * 3'600'000);
  for (const char* bad : {"", "30", "m", "30m1h", "5m5m", "721h", "-5m", "1d", "99999999999999999999s"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_duration_ms(bad));
  }
}
