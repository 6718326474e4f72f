// The rows of journal.db: its schema, how an entry is put into it, and the walk that proves each entry.
//
// Owner: Store. Threads: one at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bus/journal/chain.hpp"
#include "bus/journal/row.hpp"
#include "bus/journal/sqlite.hpp"
#include "bus/journal/store.hpp"
#include "bus/random.hpp"
#include "bus/result.hpp"

namespace cairn::bus {

// "CRNJ", so that `file` and we know a journal from any other database.
inline constexpr std::int64_t kApplicationId = 0x43524e4a;
inline constexpr std::int64_t kFormat = 1;

// What a journal says of itself.
struct About {
  std::string identity;
  std::string data_id;
};

// Makes the tables, all or none. A new data id is random.
[[nodiscard]] Result<void> create_tables(Database& database, const About& about);
[[nodiscard]] std::string new_data_id(RandomSource& random);
// Nothing: the database is empty, or was never finished. An error: it is something else, or of a newer cairn.
[[nodiscard]] Result<std::optional<About>> read_about(Database& database, const std::filesystem::path& path);
// The same, whatever its head says of whose it is: that may be damaged, and the entries prove themselves.
[[nodiscard]] Result<std::optional<About>> read_about_to_repair(Database& database,
                                                                const std::filesystem::path& path);

// What SQLite would notice, or not, when it writes at last: entries are never deleted, so no page is ever free or moved.
[[nodiscard]] Result<void> check_head(Database& database, const std::filesystem::path& path);

// Puts entries behind a link, inside a transaction of the caller's.
class EntryWriter {
 public:
  [[nodiscard]] static Result<EntryWriter> prepare(Database& database);
  [[nodiscard]] Result<void> put(const Record& record, ChainLink& link);

 private:
  Statement insert_;
  std::vector<std::byte> offsets_;
};

// Walks entries in order and proves each by its CRC and the chain.
class EntryReader {
 public:
  // How far a walk came, and why it ended early.
  struct Walk {
    std::uint64_t head = 0;
    ChainLink link{};
    std::optional<Error> damage;   // in the files: the entry behind `head` cannot be proved
    std::optional<Error> stopped;  // by the visitor
  };
  // Called for each proved entry, with its link.
  using Visit = std::function<Result<void>(const Record&, const ChainLink&)>;

  [[nodiscard]] static Result<EntryReader> prepare(Database& database);
  // From the entry behind `before` (whose sequence is `sequence`) through `last`.
  [[nodiscard]] Walk walk(std::uint64_t sequence, const ChainLink& before, std::uint64_t last,
                          const Visit& visit);
  // The same rows as they stand there, unproved.
  [[nodiscard]] Result<void> copy(std::uint64_t sequence, std::uint64_t last, RowBatch& out);
  // The stored link of an entry.
  [[nodiscard]] Result<ChainLink> link_of(std::uint64_t sequence);

 private:
  void select(std::uint64_t sequence, std::uint64_t last);
  [[nodiscard]] Row row();

  Statement select_;
  Statement select_link_;
};

}  // namespace cairn::bus
