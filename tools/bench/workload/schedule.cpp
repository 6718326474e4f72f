#include "tools/bench/workload/schedule.hpp"

#include <bit>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace cairn::workload {
namespace {

static_assert(std::endian::native == std::endian::little, "the file is little-endian and is read as it is");

constexpr std::size_t kProfileBytes = 16;
constexpr std::size_t kRecordAlignment = 16;

// FORMAT.md, "Header".
struct Header {
  char magic[8] = {'C', 'A', 'I', 'R', 'N', 'W', 'L', '1'};
  std::uint64_t events = 0;
  std::uint64_t warm_events = 0;
  std::uint64_t seed = 0;
  std::int64_t duration_ns = 0;
  std::uint32_t districts = 0;
  std::uint32_t teams = 0;
  std::uint32_t payload_bytes = 0;
  std::uint32_t opening = 0;
  std::uint32_t texts = 0;
  std::uint32_t records_at = 0;
  char profile[kProfileBytes] = {};
};
static_assert(sizeof(Header) == 80);

std::size_t records_at(std::size_t text_bytes) {
  const std::size_t end = sizeof(Header) + text_bytes;
  return (end + kRecordAlignment - 1) / kRecordAlignment * kRecordAlignment;
}

[[noreturn]] void refuse(const std::filesystem::path& file, const char* why) {
  throw std::runtime_error(file.string() + ": " + why);
}

}  // namespace

void save(const Schedule& schedule, const std::filesystem::path& file) {
  Header header;
  header.events = schedule.records.size();
  header.warm_events = schedule.warm_events;
  header.seed = schedule.seed;
  header.duration_ns = schedule.duration_ns;
  header.districts = schedule.districts;
  header.teams = schedule.teams;
  header.payload_bytes = schedule.payload_bytes;
  header.opening = schedule.opening;
  header.texts = schedule.texts;
  header.records_at = static_cast<std::uint32_t>(records_at(schedule.text_bytes.size()));
  schedule.profile.copy(header.profile, kProfileBytes - 1);

  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  const auto write = [&](const void* bytes, std::size_t count) {
    out.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(count));
  };
  write(&header, sizeof header);
  write(schedule.text_bytes.data(), schedule.text_bytes.size());
  const std::byte padding[kRecordAlignment] = {};
  write(padding, header.records_at - sizeof header - schedule.text_bytes.size());
  write(schedule.records.data(), schedule.records.size() * sizeof(Record));
  out.flush();
  if (!out) refuse(file, "could not be written");
}

Schedule load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) refuse(file, "could not be opened");
  const auto read = [&](void* bytes, std::size_t count) {
    in.read(static_cast<char*>(bytes), static_cast<std::streamsize>(count));
    if (!in) refuse(file, "is shorter than its header says");
  };
  Header header;
  read(&header, sizeof header);
  if (std::memcmp(header.magic, Header{}.magic, sizeof header.magic) != 0) refuse(file, "is not a schedule");
  const std::size_t text_bytes = std::size_t{header.texts} * header.payload_bytes;
  if (header.texts == 0 || header.districts == 0 || header.teams == 0 || header.payload_bytes < 64 ||
      header.records_at != records_at(text_bytes) ||
      std::filesystem::file_size(file) != header.records_at + header.events * sizeof(Record))
    refuse(file, "contradicts itself");

  Schedule schedule;
  schedule.profile.assign(header.profile, ::strnlen(header.profile, kProfileBytes));
  schedule.seed = header.seed;
  schedule.duration_ns = header.duration_ns;
  schedule.warm_events = header.warm_events;
  schedule.districts = header.districts;
  schedule.teams = header.teams;
  schedule.payload_bytes = header.payload_bytes;
  schedule.opening = header.opening;
  schedule.texts = header.texts;
  schedule.text_bytes.resize(text_bytes);
  read(schedule.text_bytes.data(), text_bytes);
  in.seekg(header.records_at);
  schedule.records.resize(header.events);
  read(schedule.records.data(), schedule.records.size() * sizeof(Record));
  for (const Record& record : schedule.records)
    if (record.district >= header.districts || record.team >= header.teams)
      refuse(file, "names an actor that is not");
  return schedule;
}

}  // namespace cairn::workload
