// What the hunt's public stream said, as all players together saw it: the same bytes for everybody, how long
// each event was on its way, and how far apart its first and last receivers were.
//
// Owner: the crowd. Threads: one. Bounds: 48 bytes for each event of the run. When full: memory is the limit;
// an hour at 25 events a second is 4 MB.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/crowd/histogram.hpp"

namespace cairn::crowd {

// Interns the epochs' JSON text, so that a player keeps four bytes and a resume can echo it unchanged.
class Epochs {
 public:
  std::uint32_t index_of(std::string_view json_text);
  [[nodiscard]] const std::string& text(std::uint32_t index) const { return texts_[index]; }

 private:
  std::vector<std::string> texts_;
};

enum class Cause : std::uint8_t { unknown, guess, opening };

class EventLedger {
 public:
  struct Record {
    std::uint64_t hash = 0;
    std::uint64_t cause_ns = 0;  // when what caused it was meant to be sent
    std::uint64_t first_ns = 0;  // its first and last arrival at players who were not catching up
    std::uint64_t last_ns = 0;
    std::uint32_t receivers = 0;
    Cause cause = Cause::unknown;
    bool seen = false;
  };

  // The place of an event, made when it is new. The reference holds until the next call.
  Record& at(std::uint32_t epoch, std::uint64_t offset);

  // True when this player was told the same bytes as the first one.
  bool compare(Record& record, std::uint64_t hash) {
    if (record.hash == hash) return true;
    ++identity_errors_;
    return false;
  }

  // One arrival at a player who was up to date.
  static void arrived(Record& record, std::uint64_t now_ns) {
    if (record.receivers == 0) record.first_ns = now_ns;
    record.last_ns = now_ns;
    ++record.receivers;
  }

  // The highest offset seen by anybody: what a resumed player has to catch up with.
  [[nodiscard]] std::uint64_t highest(std::uint32_t epoch) const;
  [[nodiscard]] std::uint64_t identity_errors() const { return identity_errors_; }
  void record_spreads(Histogram& spread_us) const;

 private:
  // Offsets begin where the first player's welcome said, so the records begin there too.
  struct Stream {
    std::uint64_t base = 0;
    std::vector<Record> records;
  };
  std::vector<Stream> streams_;
  std::uint64_t identity_errors_ = 0;
};

}  // namespace cairn::crowd
