// What the store's tests share: a directory of their own, entries whose content follows from their sequence,
// and a check that a store holds exactly the first so many of them.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "bus/journal/store.hpp"
#include "bus/journal/system_files.hpp"
#include "bus/random.hpp"

namespace cairn::bus {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cairn-store-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = pattern;
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

struct Sample {
  std::vector<std::byte> body;
  std::vector<StreamOffset> offsets;
};

inline Sample sample(std::uint64_t sequence) {
  SeededRandom random(sequence);
  Sample made;
  // Empty bodies and ones longer than a database page are among them.
  made.body.resize(sequence % 50 == 0 ? 9000 : random.next() % 700);
  random.fill(made.body);
  for (std::uint32_t i = 0; i < sequence % 4; ++i) {
    made.offsets.push_back({.stream = (i << 28U) | 7U, .count = i + 1, .first = sequence * 3});
  }
  return made;
}

inline Result<void> try_append(Store& store, std::uint64_t count) {
  std::vector<Sample> samples;
  for (std::uint64_t i = 0; i < count; ++i) samples.push_back(sample(store.head() + 1 + i));
  std::vector<Record> records;
  for (std::uint64_t i = 0; i < count; ++i) {
    records.push_back(
        {.sequence = store.head() + 1 + i, .body = samples[i].body, .offsets = samples[i].offsets});
  }
  return store.append(records);
}

inline void append(Store& store, std::uint64_t count) {
  const auto appended = try_append(store, count);
  REQUIRE_MESSAGE(appended.has_value(), (appended ? "" : appended.error().message));
}

// Whether entries first..last read back in order as they were written.
inline bool reads_back(Store& store, std::uint64_t first, std::uint64_t last) {
  std::uint64_t next = first;
  const auto read = store.read(first, last, [&next](const Record& record) -> Result<void> {
    const Sample expected = sample(next);
    const bool same =
        record.sequence == next &&
        std::vector<std::byte>(record.body.begin(), record.body.end()) == expected.body &&
        std::vector<StreamOffset>(record.offsets.begin(), record.offsets.end()) == expected.offsets;
    if (!same) return failure("entry " + std::to_string(next) + " reads back as something else");
    ++next;
    return {};
  });
  return read.has_value() && next == last + 1;
}

inline std::unique_ptr<Store> open_store(const std::filesystem::path& directory) {
  SystemRandom random;
  auto opened = Store::open(system_files(), random, directory, "harbour");
  REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : opened.error().message));
  return *std::move(opened);
}

inline Result<Store::Repair> repair(const std::filesystem::path& directory) {
  SystemRandom random;
  return Store::repair(system_files(), random, directory);
}

// Why the store would not open; empty if it did.
inline std::string refusal(const std::filesystem::path& directory, std::string_view identity = "harbour") {
  SystemRandom random;
  auto opened = Store::open(system_files(), random, directory, identity);
  return opened ? std::string() : opened.error().message;
}

inline bool says(const std::string& message, std::string_view part) {
  return message.find(part) != std::string::npos;
}

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void spill(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

// The directory as a killed process leaves it: copied while its store is open.
inline void copy_while_open(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::remove_all(to);
  std::filesystem::create_directory(to);
  for (const char* name : {"journal.db", "journal.db-wal", "journal.mark"}) {
    if (std::filesystem::exists(from / name)) std::filesystem::copy_file(from / name, to / name);
  }
}

}  // namespace cairn::bus
