#include "bus/journal/store.hpp"

#include <limits>
#include <optional>
#include <utility>

#include "bus/assert.hpp"
#include "bus/journal/directory.hpp"
#include "bus/journal/entries.hpp"
#include "bus/journal/high_water_mark.hpp"
#include "bus/journal/sqlite.hpp"

namespace cairn::bus {

// In this order, so that the lock outlives the database, and the database its statements.
struct Store::Files {
  DataDirectory directory;
  Database database;
  Statement begin;
  Statement commit;
  EntryWriter writer;
  EntryReader reader;
  std::optional<Mark> found;          // as the directory was opened
  std::optional<HighWaterMark> mark;  // once all is proved
};

namespace {

Error how_to_repair(const DataDirectory& directory, std::string problem) {
  return failure(std::move(problem) + "; restore " + directory.path().string() +
                 " from a backup, or accept the loss with `cairn repair " + directory.path().string() + "`");
}

// A mark is made after the journal, so that a mark without a journal is a loss.
Result<std::optional<Mark>> load_mark(const DataDirectory& directory) {
  auto mark = HighWaterMark::load(directory.files(), directory.mark());
  if (!mark) return how_to_repair(directory, mark.error().message);
  const auto bytes = directory.files().bytes(directory.journal());
  if (*mark && (!bytes || *bytes == 0)) {
    return how_to_repair(directory, directory.journal().string() +
                                        " is missing or empty, and had reached entry " +
                                        std::to_string((*mark)->sequence));
  }
  return mark;
}

// Opens or makes the journal's tables; its identity is the one asked for.
Result<About> open_tables(const DataDirectory& directory, RandomSource& random, Database& database,
                          std::string_view identity) {
  auto about = read_about(database, directory.journal());
  if (!about) return std::move(about).error();
  if (*about) {
    if (identity.empty() || (*about)->identity == identity) return **std::move(about);
    return failure("the data directory " + directory.path().string() + " holds the hunt \"" +
                   (*about)->identity + "\", not \"" + std::string(identity) +
                   "\"; choose another data directory, or, if it is damaged, restore it from a backup");
  }
  if (identity.empty())
    return failure("there is no journal in the data directory " + directory.path().string());
  About made{.identity = std::string(identity), .data_id = new_data_id(random)};
  if (auto created = create_tables(database, made); !created) return std::move(created).error();
  return made;
}

// That the journal goes as far as the mark says, and has the entry that it was written for.
Result<void> compare(const DataDirectory& directory, const EntryReader::Walk& walk,
                     const std::optional<Mark>& mark, bool mark_found) {
  if (walk.damage) return how_to_repair(directory, walk.damage->message);
  if (mark && walk.head < mark->sequence) {
    return how_to_repair(directory, "the journal in " + directory.path().string() + " ends at entry " +
                                        std::to_string(walk.head) + " and had reached entry " +
                                        std::to_string(mark->sequence) + ": entries " +
                                        std::to_string(walk.head + 1) + " to " +
                                        std::to_string(mark->sequence) + " are lost");
  }
  if (!mark_found) {
    return how_to_repair(directory, directory.mark().string() + " belongs to another journal: entry " +
                                        std::to_string(mark->sequence) +
                                        " is not the one it was written for");
  }
  return {};
}

}  // namespace

Store::Store(std::unique_ptr<Files> files) : files_(std::move(files)) {}

Result<std::unique_ptr<Store>> Store::open(FileLayer& files, RandomSource& random,
                                           const std::filesystem::path& directory,
                                           std::string_view identity) {
  auto store = open_unproved(files, random, directory, identity);
  if (!store) return store;
  if (auto proved = (*store)->prove(std::nullopt, {}); !proved) return std::move(proved).error();
  return store;
}

Result<std::unique_ptr<Store>> Store::open_unproved(FileLayer& files, RandomSource& random,
                                                    const std::filesystem::path& directory_path,
                                                    std::string_view identity) {
  auto directory = DataDirectory::lock(files, directory_path, true);
  if (!directory) return std::move(directory).error();
  // To make a journal here would be to begin anew beside the one that was saved.
  if (!files.exists(directory->journal()) && files.exists(directory->repaired())) {
    return failure("a repair of " + directory->path().string() +
                   " was cut short; finish it with `cairn repair " + directory->path().string() + "`");
  }
  auto mark = load_mark(*directory);
  if (!mark) return std::move(mark).error();
  if (auto made = make_private_file(files, directory->journal()); !made) return std::move(made).error();
  auto database = Database::open(files, directory->journal());
  if (!database) return std::move(database).error();
  auto about = open_tables(*directory, random, *database, identity);
  if (!about) return std::move(about).error();

  auto begin = database->prepare("BEGIN IMMEDIATE");
  if (!begin) return std::move(begin).error();
  auto commit = database->prepare("COMMIT");
  if (!commit) return std::move(commit).error();
  auto writer = EntryWriter::prepare(*database);
  if (!writer) return std::move(writer).error();
  auto reader = EntryReader::prepare(*database);
  if (!reader) return std::move(reader).error();

  std::unique_ptr<Store> store(new Store(std::unique_ptr<Files>(new Files{.directory = *std::move(directory),
                                                                          .database = *std::move(database),
                                                                          .begin = *std::move(begin),
                                                                          .commit = *std::move(commit),
                                                                          .writer = *std::move(writer),
                                                                          .reader = *std::move(reader),
                                                                          .found = *std::move(mark),
                                                                          .mark = std::nullopt})));
  store->first_link_ = cairn::bus::first_link(about->identity, about->data_id);
  store->identity_ = about->identity;
  store->data_id_ = about->data_id;
  return store;
}

bool Store::holds(const Mark& mark) {
  const Result<ChainLink> link =
      mark.sequence == 0 ? Result<ChainLink>(first_link_) : files_->reader.link_of(mark.sequence);
  return link && *link == mark.link;
}

namespace {

// SQLite empties the log without a sync. Were the power cut now, the log as it last reached the disk would be there again
// and, where a failed sync had lost its end, put older pages over what was just moved.
Result<void> sync_emptied_log(const DataDirectory& directory) {
  const std::filesystem::path log = directory.write_ahead_log();
  auto file = directory.files().open(log, FileLayer::Open::kKeep);
  if (!file) return file_error("open", log, file.error());
  if (const auto synced = (*file)->sync(); !synced) return file_error("sync", log, synced.error());
  return {};
}

}  // namespace

Result<void> Store::prove(const std::optional<Mark>& behind, const Visit& visit) {
  CAIRN_ASSERT(!files_->mark && (!behind || holds(*behind)));
  const std::optional<Mark>& mark = files_->found;
  const Mark from = behind.value_or(Mark{.sequence = 0, .link = first_link_});
  bool mark_found = !mark || mark->sequence == 0 || (mark->sequence <= from.sequence && holds(*mark));
  const EntryReader::Walk walk =
      files_->reader.walk(from.sequence, from.link, std::numeric_limits<std::uint64_t>::max(),
                          [&](const Record& record, const ChainLink& link) -> Result<void> {
                            if (mark && record.sequence == mark->sequence) mark_found = link == mark->link;
                            return visit ? visit(record) : Result<void>{};
                          });
  if (walk.stopped) return *walk.stopped;
  if (auto compared = compare(files_->directory, walk, mark, mark_found); !compared) return compared;
  // What is missing or damaged has been told first.
  const DataDirectory& directory = files_->directory;
  if (const auto checked = check_head(files_->database, directory.journal()); !checked)
    return how_to_repair(directory, checked.error().message);

  // Only now may anything be moved: what was refused above is left as it was found. Moving it all into
  // journal.db syncs it there, also what an earlier failed sync had left in the system's memory alone.
  sqlite3* const database = files_->database.get();
  if (sqlite3_wal_checkpoint_v2(database, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) != SQLITE_OK)
    return sqlite_error(database);
  if (auto emptied = sync_emptied_log(directory); !emptied) return emptied;
  auto written = HighWaterMark::create(directory.files(), directory.mark(),
                                       Mark{.sequence = walk.head, .link = walk.link});
  if (!written) return std::move(written).error();
  files_->mark = *std::move(written);
  files_->database.allow_checkpoint_on_close(true);
  head_ = walk.head;
  link_ = walk.link;
  sqlite3_wal_hook(
      database,
      [](void* pages, sqlite3*, const char*, int count) {
        *static_cast<std::uint32_t*>(pages) = static_cast<std::uint32_t>(count);
        return SQLITE_OK;
      },
      &wal_pages_);
  return {};
}

Store::~Store() {
  // Errors change nothing any more: the mark in the file is a lower bound either way.
  if (!failed()) static_cast<void>(sync_mark());
}

Error Store::fail(std::string message) {
  failure_ = std::move(message);
  files_->database.abandon_transaction();
  // Closing would sync again what has failed to sync.
  files_->database.allow_checkpoint_on_close(false);
  return failure(failure_);
}

Result<void> Store::append(std::span<const Record> records) {
  CAIRN_ASSERT(files_->mark.has_value());
  if (failed()) return failure(failure_);
  if (records.empty()) return {};
  ChainLink link = link_;
  std::uint64_t head = head_;
  if (auto begun = files_->begin.run(); !begun) return fail(begun.error().message);
  for (const Record& record : records) {
    CAIRN_ASSERT(record.sequence == head + 1);
    if (auto put = files_->writer.put(record, link); !put) return fail(put.error().message);
    ++head;
  }
  if (auto committed = files_->commit.run(); !committed) return fail(committed.error().message);
  if (auto marked = files_->mark->write(Mark{.sequence = head, .link = link}); !marked) {
    return fail(marked.error().message);
  }
  // Only now: of what failed nobody hears before a restart, not who reads back either.
  head_ = head;
  link_ = link;
  mark_moved_ = true;
  return {};
}

Result<void> Store::read(std::uint64_t first, std::uint64_t last, const Visit& visit) {
  CAIRN_ASSERT(first >= 1 && last <= head_);
  if (first > last) return {};
  Result<ChainLink> before = first_link_;
  if (first > 1) before = files_->reader.link_of(first - 1);
  if (!before) return std::move(before).error();
  EntryReader::Walk walk = files_->reader.walk(
      first - 1, *before, last, [&visit](const Record& record, const ChainLink&) { return visit(record); });
  if (walk.stopped) return *std::move(walk.stopped);
  if (walk.damage) return how_to_repair(files_->directory, walk.damage->message);
  if (walk.head != last) {
    return how_to_repair(files_->directory, "the journal's entry with sequence " +
                                                std::to_string(walk.head + 1) + " is missing");
  }
  return {};
}

Result<void> Store::copy(std::uint64_t sequence, std::uint64_t last, RowBatch& out) {
  CAIRN_ASSERT(last <= head_);
  return sequence < last ? files_->reader.copy(sequence, last, out) : Result<void>{};
}

Error Store::damaged(std::string problem) const {
  return how_to_repair(files_->directory, std::move(problem));
}

Result<Store::CheckpointStats> Store::checkpoint(const Clock& clock, std::uint32_t pages_min) {
  if (failed()) return failure(failure_);
  CheckpointStats stats{.pages_before = wal_pages_, .pages_moved = 0, .took_us = 0};
  if (wal_pages_ == 0 || wal_pages_ < pages_min) return stats;
  const std::int64_t started_ns = clock.steady_ns();
  int pages = 0;
  int moved = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(files_->database.get(), "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
  if (code != SQLITE_OK) return fail(sqlite_error(files_->database.get()).message);
  // When all were moved the next commit starts the log anew.
  if (moved == pages) wal_pages_ = 0;
  stats.pages_moved = static_cast<std::uint32_t>(moved);
  stats.took_us = static_cast<std::uint64_t>((clock.steady_ns() - started_ns) / 1000);
  return stats;
}

Result<void> Store::sync_mark() {
  if (failed()) return failure(failure_);
  if (!mark_moved_) return {};
  if (auto synced = files_->mark->sync(); !synced) return fail(synced.error().message);
  mark_moved_ = false;
  return {};
}

}  // namespace cairn::bus
