#include "tools/cairn/archive_task.hpp"

#include <utility>

namespace cairn {

namespace {

std::filesystem::path unfinished(const std::filesystem::path& directory) {
  std::filesystem::path path = directory;
  return path += ".unfinished";
}

}  // namespace

// --- a checkpoint ---

MakeCheckpoint::MakeCheckpoint(Place place, std::unique_ptr<Fold> fold, const bus::Mark& from,
                               std::uint64_t through)
    : ArchiveTask(from, through), place_(std::move(place)), fold_(std::move(fold)) {}

MakeCheckpoint::~MakeCheckpoint() {
  if (writer_ != nullptr && !is_finished_) writer_->abandon();
}

Result<void> MakeCheckpoint::take(const bus::Record& record) {
  return fold_->fold(record.sequence, record.body);
}

Result<bool> MakeCheckpoint::work(const bus::Mark& reached) {
  if (writer_ == nullptr) {
    const Result<void> begun = begin();
    if (!begun) return begun.error();
    return true;
  }
  const Result<bool> more = writer_->write();
  if (!more || *more) return more;
  if (next_stream_ < streams_.size()) {
    put_next_stream();
    return true;
  }
  bytes_ = writer_->bytes();
  const Result<void> finished = writer_->finish(place_.kind, reached);
  if (!finished) return finished.error();
  is_finished_ = true;
  return false;
}

Result<void> MakeCheckpoint::begin() {
  auto writer = bus::CheckpointWriter::begin(*place_.files, place_.directory);
  if (!writer) return std::move(writer).error();
  writer_ = std::make_unique<bus::CheckpointWriter>(*std::move(writer));
  actors::StateWriter state;
  fold_->save(state);
  writer_->put_state(state.bytes());
  fold_->view().for_each_stream([this](std::uint32_t id, std::uint64_t last_offset) {
    streams_.push_back({id, last_offset});
  });
  fold_.reset();
  return {};
}

// From the live log, whose segments stay as long as this reader does not acknowledge. What was told since is cut off; and
// should the log no longer reach back to the last event that counts here, then all that its window will hold comes after,
// and a start finds it in the entries that it folds.
void MakeCheckpoint::put_next_stream() {
  const Stream& stream = streams_[next_stream_++];
  place_.streams->epochs().acknowledge(place_.reader);
  bus::StreamLog::Window window;
  if (const bus::StreamLog* log = place_.streams->find(stream.id); log != nullptr)
    window = log->window_through(stream.last_offset);
  writer_->put_stream(stream.id, window.first_offset, stream.last_offset, window.frames);
  place_.streams->epochs().park(place_.reader);
}

// --- a backup ---

Result<std::unique_ptr<MakeBackup>> MakeBackup::begin(Place place, const bus::Mark& from,
                                                      std::uint64_t through) {
  if (place.files->exists(place.to))
    return failure(place.to.string() + " is there already: give a name that is still free");
  clear(place);
  auto store = bus::Store::open(*place.files, *place.random, unfinished(place.to), place.identity);
  if (!store) return std::move(store).error();
  return std::unique_ptr<MakeBackup>(new MakeBackup(std::move(place), *std::move(store), from, through));
}

MakeBackup::MakeBackup(Place place, std::unique_ptr<bus::Store> store, const bus::Mark& from,
                       std::uint64_t through)
    : ArchiveTask(from, through), place_(std::move(place)), store_(std::move(store)), appender_(*store_) {}

MakeBackup::~MakeBackup() {
  store_.reset();
  if (!is_named_) clear(place_);
}

// What an earlier one, cut short, has left under the unfinished name.
void MakeBackup::clear(const Place& place) {
  std::vector<std::string> names = place.beside;
  for (const char* name : {"journal.db", "journal.db-wal", "journal.mark", "journal.mark.unfinished"})
    names.emplace_back(name);
  // Whether there was any of them makes no difference.
  for (const std::string& name : names) static_cast<void>(place.files->remove(unfinished(place.to) / name));
}

Result<void> MakeBackup::take(const bus::Record& record) {
  if (const auto added = appender_.add(record); !added) return added;
  return move_log();
}

// If it has grown.
Result<void> MakeBackup::move_log() {
  const auto moved = store_->checkpoint(bus::SystemClock{});
  if (!moved) return moved.error();
  return {};
}

Result<bool> MakeBackup::work(const bus::Mark& /*reached*/) {
  if (const auto committed = appender_.commit(); !committed) return committed.error();
  if (const auto moved = move_log(); !moved) return moved.error();
  if (const auto synced = store_->sync_mark(); !synced) return synced.error();
  store_.reset();
  for (const std::string& name : place_.beside)
    if (const auto copied = copy_beside(name); !copied) return copied.error();
  bus::FileLayer& files = *place_.files;
  if (const auto synced = bus::sync_names(files, unfinished(place_.to)); !synced) return synced.error();
  if (const auto renamed = files.rename(unfinished(place_.to), place_.to); !renamed)
    return bus::file_error("rename", unfinished(place_.to), renamed.error());
  is_named_ = true;
  if (const auto synced = bus::sync_names(files, place_.to.parent_path()); !synced) return synced.error();
  return false;
}

Result<void> MakeBackup::copy_beside(const std::string& name) {
  bus::FileLayer& files = *place_.files;
  const std::filesystem::path from = place_.from / name;
  const std::filesystem::path to = unfinished(place_.to) / name;
  if (!files.exists(from)) return {};
  const auto bytes = files.bytes(from);
  auto in = files.open(from, bus::FileLayer::Open::kRead);
  if (!bytes || !in) return bus::file_error("read", from, bytes ? in.error() : bytes.error());
  std::vector<std::byte> content(*bytes);
  const auto read = (*in)->read(0, content);
  if (!read) return bus::file_error("read", from, read.error());
  content.resize(*read);
  auto out = files.open(to, bus::FileLayer::Open::kReplace);
  if (!out) return bus::file_error("create", to, out.error());
  if (const auto written = (*out)->write(0, content); !written)
    return bus::file_error("write", to, written.error());
  if (const auto synced = (*out)->sync(); !synced) return bus::file_error("sync", to, synced.error());
  return {};
}

}  // namespace cairn
