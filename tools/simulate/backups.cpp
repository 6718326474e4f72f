#include "tools/simulate/backups.hpp"

#include <algorithm>

#include "bus/journal/store.hpp"

namespace cairn::simulate {

namespace {

constexpr const char* kMade = "backup_made";
constexpr const char* kFailed = "backup_failed";
constexpr const char* kCutShort = "died_in_a_backup";
constexpr const char* kTakenUp = "backup_made_over_the_rest_of_another";

}  // namespace

std::vector<std::string> Backups::sights() { return {kMade, kFailed, kCutShort, kTakenUp}; }

bool Backups::ask(House& house) {
  if (is_running_) return false;
  // By the same name as the one that was cut short, whose rest is in the way.
  const bool again = is_name_free_ && !asked_.empty();
  const std::filesystem::path to =
      again ? asked_.back() : std::filesystem::path("/backup-" + std::to_string(asked_.size() + 1));
  if (!house.archivist().ask_backup(to)) return false;
  if (!again) asked_.push_back(to);
  return is_running_ = true;
}

void Backups::look(House& house) {
  if (!is_running_) return;
  const net::BackupProgress progress = house.archivist().backup();
  if (progress.is_running) return;
  is_running_ = false;
  if (progress.failure.empty()) {
    whole_[asked_.back()] = progress.entries;
    ++result_.seen[kMade];
    if (is_name_free_) ++result_.seen[kTakenUp];
  } else {
    ++result_.seen[kFailed];
  }
  is_name_free_ = false;
}

void Backups::server_dies() {
  if (!is_running_) return;
  ++result_.seen[kCutShort];
  is_name_free_ = true;
  is_running_ = false;
}

void Backups::check(world::SimulatedDisk& disk, const std::shared_ptr<const config::Hunt>& hunt,
                    const Entries& entries) const {
  for (const std::filesystem::path& path : asked_) {
    const bool is_said_whole = whole_.contains(path);
    if (!is_said_whole && !disk.exists(path)) continue;
    if (const std::string why = unlike_journal(disk, path, *hunt, entries); !why.empty())
      result_.complaints.push_back("the backup " + path.string() +
                                   (is_said_whole ? ", said to be whole, " : ", never said to be whole, ") +
                                   why);
  }
}

std::string Backups::unlike_journal(world::SimulatedDisk& disk, const std::filesystem::path& path,
                                    const config::Hunt& hunt, const Entries& entries) const {
  if (!disk.exists(path / "journal.db")) return "holds no journal";
  bus::SeededRandom random{1};
  const auto store = bus::Store::open(disk, random, path, hunt.id);
  if (!store) return "does not open: " + store.error().message;
  const std::uint64_t head = (*store)->head();
  if (const auto said = whole_.find(path); said != whole_.end() && said->second != head)
    return "holds " + std::to_string(head) + " entries instead of " + std::to_string(said->second);
  if (head > entries.size())
    return "holds " + std::to_string(head) + " entries, more than the journal's " +
           std::to_string(entries.size());
  std::string differs;
  const auto read = (*store)->read(1, head, [&](const bus::Record& record) -> Result<void> {
    if (!std::ranges::equal(record.body, entries[record.sequence - 1]) && differs.empty())
      differs = "holds another entry " + std::to_string(record.sequence) + " than the journal";
    return {};
  });
  return read ? differs : "cannot be read: " + read.error().message;
}

}  // namespace cairn::simulate
