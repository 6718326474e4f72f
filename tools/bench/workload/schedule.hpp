// The work of the bus benchmark, as data: which district gets which event when, the same bytes for every
// program that is compared. FORMAT.md beside this file describes the file.
//
// Owner: whoever made or loaded it. Threads: any number read. Bounds: 65,535 districts, 2^32 events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::workload {

// The district sends a follow-up to the record's team.
inline constexpr std::uint16_t kFollowUp = 1;
// One of the triggers that ask for the one opening of a spike; a bus may merge those that wait for the same
// district.
inline constexpr std::uint16_t kTrigger = 2;
inline constexpr std::uint32_t kNoDistrict = 0xffffffff;

struct Record {
  std::int64_t intended_ns = 0;  // from the start; 0 in a closed loop
  std::uint32_t team = 0;        // meant only with kFollowUp
  std::uint16_t district = 0;
  std::uint16_t flags = 0;
  bool operator==(const Record&) const = default;
};
static_assert(sizeof(Record) == 16);

struct Schedule {
  std::string profile;
  std::uint64_t seed = 0;
  std::int64_t duration_ns = 0;   // 0: a closed loop
  std::uint64_t warm_events = 0;  // so many at the start are done and not measured
  std::uint32_t districts = 0;
  std::uint32_t teams = 0;
  std::uint32_t payload_bytes = 0;
  std::uint32_t opening = kNoDistrict;  // the district that a spike's triggers are for
  std::uint32_t texts = 0;
  std::vector<std::byte> text_bytes;  // `texts` payloads, one after the other
  std::vector<Record> records;        // by intended time

  [[nodiscard]] bool closed_loop() const { return duration_ns == 0; }
  // What event number `sequence` carries.
  [[nodiscard]] std::span<const std::byte> text_of(std::uint64_t sequence) const {
    return std::span{text_bytes}.subspan(sequence % texts * payload_bytes, payload_bytes);
  }
};

// Which of `producers` sends event number `sequence`, and on which of `cores` an actor lives. Part of the
// work: every program divides it like this.
constexpr std::size_t producer_of(std::uint64_t sequence, std::size_t producers) {
  return sequence % producers;
}
constexpr std::size_t core_of(std::uint64_t actor, std::size_t cores) { return actor % cores; }

// Both throw std::runtime_error with a sentence that names the file.
[[nodiscard]] Schedule load(const std::filesystem::path& file);
void save(const Schedule& schedule, const std::filesystem::path& file);

}  // namespace cairn::workload
