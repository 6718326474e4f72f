#include "bus/journal/entries.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "bus/assert.hpp"
#include "bus/hex.hpp"
#include "bus/journal/little_endian.hpp"

namespace cairn::bus {
namespace {

// One offset of a row: stream (4), count (4), first (8), little-endian.
constexpr std::size_t kOffsetBytes = 16;

constexpr const char* kSchema =
    "PRAGMA application_id=1129467466;"
    "PRAGMA user_version=1;"
    "CREATE TABLE about(key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE entry(sequence INTEGER PRIMARY KEY, body BLOB NOT NULL, offsets BLOB NOT NULL,"
    " chain BLOB NOT NULL, crc INTEGER NOT NULL);";
static_assert(kApplicationId == 1129467466 && kFormat == 1, "kSchema says the same in SQL");

Result<void> put_about(Database& database, std::string_view key, std::string_view value) {
  auto insert = database.prepare("INSERT INTO about(key, value) VALUES(?1, ?2)");
  if (!insert) return std::move(insert).error();
  insert->bind_text(1, key);
  insert->bind_text(2, value);
  return insert->run();
}

Result<void> fill_tables(Database& database, const About& about) {
  if (auto made = database.run(kSchema); !made) return made;
  if (auto put = put_about(database, "identity", about.identity); !put) return put;
  if (auto put = put_about(database, "data_id", about.data_id); !put) return put;
  return database.run("COMMIT");
}

Result<std::string> get_about(Database& database, const char* sql, const std::filesystem::path& path) {
  auto select = database.prepare(sql);
  if (!select) return std::move(select).error();
  auto stepped = select->step();
  if (!stepped) return std::move(stepped).error();
  if (*stepped != Statement::Step::kRow) {
    return failure(path.string() +
                   " is damaged: it does not say which hunt it is of; restore it from a backup");
  }
  // Named, because an Error could be made from a string too.
  return {boost::system::in_place_value, select->text(0)};
}

}  // namespace

std::string new_data_id(RandomSource& random) {
  std::array<std::byte, 8> bytes{};
  random.fill(bytes);
  return hex(bytes);
}

Result<void> create_tables(Database& database, const About& about) {
  if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return begun;
  auto filled = fill_tables(database, about);
  if (!filled) database.abandon_transaction();
  return filled;
}

Result<std::optional<About>> read_about(Database& database, const std::filesystem::path& path) {
  auto application = database.number("PRAGMA application_id");
  if (!application) return std::move(application).error();
  auto about = read_about_to_repair(database, path);
  const bool is_empty = about && !*about;
  if (*application == kApplicationId || (*application == 0 && is_empty)) return about;
  const std::string directory = path.parent_path().string();
  return failure(
      path.string() +
      " is not a journal of cairn; choose another data directory, or, if it was one and is damaged, "
      "restore " +
      directory + " from a backup or try `cairn repair " + directory + "`");
}

Result<std::optional<About>> read_about_to_repair(Database& database, const std::filesystem::path& path) {
  auto format = database.number("PRAGMA user_version");
  if (!format) return std::move(format).error();
  auto tables = database.number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return std::move(tables).error();
  if (*format == 0 && *tables == 0) return std::optional<About>();
  if (*format != kFormat) {
    return failure(
        path.string() + " has format " + std::to_string(*format) + ", and this cairn knows format " +
        std::to_string(kFormat) +
        "; run the cairn that wrote it, choose another data directory, or, if none wrote it so, restore "
        "it from a backup");
  }
  auto identity = get_about(database, "SELECT value FROM about WHERE key='identity'", path);
  if (!identity) return std::move(identity).error();
  auto data_id = get_about(database, "SELECT value FROM about WHERE key='data_id'", path);
  if (!data_id) return std::move(data_id).error();
  return std::optional<About>(About{*std::move(identity), *std::move(data_id)});
}

Result<void> check_head(Database& database, const std::filesystem::path& path) {
  for (const char* sql : {"PRAGMA freelist_count", "PRAGMA auto_vacuum"}) {
    const auto number = database.number(sql);
    if (!number) return number.error();
    if (*number != 0)
      return failure(path.string() + " is damaged: its head tells of pages that no journal has");
  }
  if (sqlite3_db_readonly(database.get(), "main") != 0)
    return failure(path.string() + " cannot be written: its head says that it is only to be read");
  return {};
}

Result<EntryWriter> EntryWriter::prepare(Database& database) {
  auto insert =
      database.prepare("INSERT INTO entry(sequence, body, offsets, chain, crc) VALUES(?1, ?2, ?3, ?4, ?5)");
  if (!insert) return std::move(insert).error();
  EntryWriter writer;
  writer.insert_ = *std::move(insert);
  return writer;
}

Result<void> EntryWriter::put(const Record& record, ChainLink& link) {
  offsets_.resize(record.offsets.size() * kOffsetBytes);
  std::byte* at = offsets_.data();
  for (const StreamOffset& offset : record.offsets) {
    put_little_endian(at, offset.stream);
    put_little_endian(at + 4, offset.count);
    put_little_endian(at + 8, offset.first);
    at += kOffsetBytes;
  }
  link = next_link(link, record.sequence, record.body, offsets_);
  insert_.bind_number(1, static_cast<std::int64_t>(record.sequence));
  insert_.bind_blob(2, record.body);
  insert_.bind_blob(3, offsets_);
  insert_.bind_blob(4, link);
  insert_.bind_number(5, entry_crc(record.sequence, record.body, offsets_));
  return insert_.run();
}

Result<EntryReader> EntryReader::prepare(Database& database) {
  auto select = database.prepare(
      "SELECT sequence, body, offsets, chain, crc FROM entry WHERE sequence BETWEEN ?1 AND ?2 ORDER BY "
      "sequence");
  if (!select) return std::move(select).error();
  auto select_link = database.prepare("SELECT chain FROM entry WHERE sequence = ?1");
  if (!select_link) return std::move(select_link).error();
  EntryReader reader;
  reader.select_ = *std::move(select);
  reader.select_link_ = *std::move(select_link);
  return reader;
}

Result<ChainLink> EntryReader::link_of(std::uint64_t sequence) {
  select_link_.bind_number(1, static_cast<std::int64_t>(sequence));
  auto stepped = select_link_.step();
  if (!stepped) return std::move(stepped).error();
  ChainLink link{};
  const bool whole = *stepped == Statement::Step::kRow && select_link_.blob(0).size() == link.size();
  if (whole) std::ranges::copy(select_link_.blob(0), link.begin());
  select_link_.reset();
  if (!whole) return failure("the journal's entry with sequence " + std::to_string(sequence) + " is missing");
  return link;
}

void EntryReader::select(std::uint64_t sequence, std::uint64_t last) {
  // From the very first one looks at every row there is, those with impossible sequences too.
  constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
  select_.bind_number(1, sequence == 0 ? kLowest : static_cast<std::int64_t>(sequence + 1));
  select_.bind_number(
      2, last > static_cast<std::uint64_t>(kHighest) ? kHighest : static_cast<std::int64_t>(last));
}

Row EntryReader::row() {
  return {.sequence = static_cast<std::uint64_t>(select_.number(0)),
          .body = select_.blob(1),
          .offsets = select_.blob(2),
          .chain = select_.blob(3),
          .crc = select_.number(4)};
}

EntryReader::Walk EntryReader::walk(std::uint64_t sequence, const ChainLink& before, std::uint64_t last,
                                    const Visit& visit) {
  RowProof proof{sequence, before};
  Walk walk;
  select(sequence, last);
  while (!walk.damage && !walk.stopped) {
    const auto stepped = select_.step();
    if (!stepped) {
      walk.damage = proof.damage("cannot be read: " + stepped.error().message);
      break;
    }
    if (*stepped == Statement::Step::kDone) break;
    auto record = proof.prove(row());
    if (!record) {
      walk.damage = std::move(record).error();
    } else if (visit) {
      auto visited = visit(*record, proof.link());
      if (!visited) walk.stopped = std::move(visited).error();
    }
  }
  select_.reset();
  walk.head = proof.head();
  walk.link = proof.link();
  return walk;
}

Result<void> EntryReader::copy(std::uint64_t sequence, std::uint64_t last, RowBatch& out) {
  select(sequence, last);
  Result<void> copied;
  while (copied) {
    const auto stepped = select_.step();
    if (!stepped) {
      copied = stepped.error();
    } else if (*stepped == Statement::Step::kDone) {
      break;
    } else {
      out.add(row());
    }
  }
  select_.reset();
  return copied;
}

}  // namespace cairn::bus
