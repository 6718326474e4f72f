// Store::repair: a new journal is built beside the damaged one from the entries that can be proved, made
// durable, and only then put in its place.
#include <cerrno>
#include <limits>
#include <optional>
#include <utility>

#include "bus/journal/directory.hpp"
#include "bus/journal/entries.hpp"
#include "bus/journal/high_water_mark.hpp"
#include "bus/journal/sqlite.hpp"
#include "bus/journal/store.hpp"

namespace cairn::bus {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kAll = std::numeric_limits<std::uint64_t>::max();

Result<void> move_file(FileLayer& files, const fs::path& from, const fs::path& to) {
  if (!files.exists(from)) return {};
  if (auto moved = files.rename(from, to); !moved) return file_error("move", from, moved.error());
  return {};
}

Result<fs::path> make_attic(const DataDirectory& directory) {
  for (int n = 1;; ++n) {
    fs::path attic = directory.path() / ("before-repair-" + std::to_string(n));
    const auto made = directory.files().make_directory(attic, 0700);
    if (made) return {boost::system::in_place_value, std::move(attic)};
    if (made.error() != ErrorNumber{EEXIST}) return file_error("create", attic, made.error());
  }
}

// Copies what can be proved into the new journal, with links of its own. Says how far it came.
Result<EntryReader::Walk> copy_entries(Database& old, const About& old_about, Database& fresh,
                                       const About& about) {
  auto reader = EntryReader::prepare(old);
  if (!reader) return std::move(reader).error();
  auto writer = EntryWriter::prepare(fresh);
  if (!writer) return std::move(writer).error();
  if (auto begun = fresh.run("BEGIN IMMEDIATE"); !begun) return std::move(begun).error();
  ChainLink link = first_link(about.identity, about.data_id);
  EntryReader::Walk walk =
      reader->walk(0, first_link(old_about.identity, old_about.data_id), kAll,
                   [&](const Record& record, const ChainLink&) { return writer->put(record, link); });
  if (walk.stopped) return *std::move(walk.stopped);
  if (auto committed = fresh.run("COMMIT"); !committed) return std::move(committed).error();
  return walk;
}

// The new journal, whole and durable in one file, if not yet by its name.
Result<EntryReader::Walk> build(const DataDirectory& directory, RandomSource& random) {
  FileLayer& files = directory.files();
  auto old = Database::open(files, directory.journal());
  if (!old) return std::move(old).error();
  auto old_about = read_about_to_repair(*old, directory.journal());
  if (!old_about) return std::move(old_about).error();
  if (!*old_about)
    return failure(directory.journal().string() + " holds nothing to repair; restore it from a backup");
  const About about{.identity = (*old_about)->identity, .data_id = new_data_id(random)};

  fs::path unfinished = directory.repaired();
  unfinished += ".unfinished";
  for (const char* suffix : {"", "-wal"}) {
    fs::path left_over = unfinished;
    left_over += suffix;
    if (!files.exists(left_over)) continue;
    if (auto removed = files.remove(left_over); !removed)
      return file_error("remove", left_over, removed.error());
  }
  if (auto made = make_private_file(files, unfinished); !made) return std::move(made).error();
  auto walk = [&]() -> Result<EntryReader::Walk> {
    auto fresh = Database::open(files, unfinished);
    if (!fresh) return std::move(fresh).error();
    if (auto created = create_tables(*fresh, about); !created) return std::move(created).error();
    auto copied = copy_entries(*old, **old_about, *fresh, about);
    if (!copied) return copied;
    const int moved =
        sqlite3_wal_checkpoint_v2(fresh->get(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (moved != SQLITE_OK) return sqlite_error(fresh->get());
    fresh->allow_checkpoint_on_close(true);
    return copied;
  }();
  if (!walk) return walk;
  if (auto moved = move_file(files, unfinished, directory.repaired()); !moved)
    return std::move(moved).error();
  return walk;
}

// A crash between two steps is taken up here again: the new journal is whole as soon as it has its name, and
// the old one goes first, so that its write-ahead log never meets the new one.
Result<fs::path> put_in_place(const DataDirectory& directory) {
  auto attic = make_attic(directory);
  if (!attic) return attic;
  // The new journal has its name for good before an old one loses its own.
  if (auto synced = sync_names(directory.files(), directory.path()); !synced)
    return std::move(synced).error();
  const std::pair<fs::path, fs::path> moves[] = {
      {directory.journal(), *attic / directory.journal().filename()},
      {directory.write_ahead_log(), *attic / directory.write_ahead_log().filename()},
      {directory.mark(), *attic / directory.mark().filename()},
      {directory.repaired(), directory.journal()},
  };
  for (const auto& [from, to] : moves) {
    if (auto moved = move_file(directory.files(), from, to); !moved) return std::move(moved).error();
    // What leaves one directory is durable in the other first, and before the next one moves.
    for (const fs::path& names : {*attic, directory.path()}) {
      if (auto synced = sync_names(directory.files(), names); !synced) return std::move(synced).error();
    }
  }
  return attic;
}

std::string describe(const EntryReader::Walk& walk, const Result<std::optional<Mark>>& mark,
                     const fs::path& attic) {
  std::string sentence = "kept entries 1 to " + std::to_string(walk.head) + "; ";
  if (walk.head == 0) sentence = "kept no entry; ";
  const bool short_of_mark = mark && *mark && (*mark)->sequence > walk.head;
  if (short_of_mark) {
    sentence +=
        "lost are entries " + std::to_string(walk.head + 1) + " to " + std::to_string((*mark)->sequence);
  } else if (walk.damage) {
    sentence += "lost is all from entry " + std::to_string(walk.head + 1) + " on";
  } else {
    sentence += "no loss is known of";
  }
  if (walk.damage) sentence += " (" + walk.damage->message + ")";
  return sentence + "; the files as they were are in " + attic.string();
}

}  // namespace

Result<Store::Repair> Store::repair(FileLayer& files, RandomSource& random, const fs::path& directory_path) {
  auto directory = DataDirectory::lock(files, directory_path, false);
  if (!directory) return std::move(directory).error();
  if (!files.exists(directory->journal()) && files.exists(directory->repaired())) {
    auto attic = put_in_place(*directory);
    if (!attic) return std::move(attic).error();
    return Repair{.head = 0,
                  .sentence = "finished the repair that had been interrupted; what was replaced is in " +
                              attic->string() + " and the directory before it"};
  }
  const auto mark = HighWaterMark::load(files, directory->mark());
  auto walk = build(*directory, random);
  if (!walk) return std::move(walk).error();
  auto attic = put_in_place(*directory);
  if (!attic) return std::move(attic).error();
  return Repair{.head = walk->head, .sentence = describe(*walk, mark, *attic)};
}

}  // namespace cairn::bus
