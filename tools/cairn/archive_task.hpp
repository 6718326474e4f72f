// What the archivist does, one at a time: each task goes through a stretch of the journal, entry by entry and proved, and
// then works on alone, in steps.
//
// Owner: the Archivist. Threads: its own. Bounds: a step is about a millisecond, or one write of kCheckpointWriteBytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bus/journal/batch_appender.hpp"
#include "bus/journal/checkpoint.hpp"
#include "bus/journal/file_layer.hpp"
#include "bus/journal/high_water_mark.hpp"
#include "bus/journal/store.hpp"
#include "bus/random.hpp"
#include "bus/stream/stream_set.hpp"
#include "config/model/hunt.hpp"
#include "tools/cairn/fold.hpp"

namespace cairn {

class ArchiveTask {
 public:
  ArchiveTask(const bus::Mark& from, std::uint64_t through) : from_(from), through_(through) {}
  virtual ~ArchiveTask() = default;

  // Wants the entries behind from() through this one.
  [[nodiscard]] const bus::Mark& from() const { return from_; }
  [[nodiscard]] std::uint64_t through() const { return through_; }
  virtual Result<void> take(const bus::Record& record) = 0;
  // When it has them all, of which the last has this link: a step of what follows; true while there is more.
  virtual Result<bool> work(const bus::Mark& reached) = 0;

 private:
  const bus::Mark from_;
  const std::uint64_t through_;
};

// Finds out whether what a start has trusted is still whole: that every entry is proved is all there is to it.
class Scrub final : public ArchiveTask {
 public:
  using ArchiveTask::ArchiveTask;
  Result<void> take(const bus::Record& /*record*/) override { return {}; }
  Result<bool> work(const bus::Mark& /*reached*/) override { return false; }
};

// Folds on from where the last checkpoint stands, and writes the next one.
class MakeCheckpoint final : public ArchiveTask {
 public:
  struct Place {
    bus::FileLayer* files;
    std::filesystem::path directory;
    bus::CheckpointKind kind;
    bus::StreamSet* streams;
    std::size_t reader;  // the archivist's number among the streams' readers
  };
  MakeCheckpoint(Place place, std::unique_ptr<Fold> fold, const bus::Mark& from, std::uint64_t through);
  ~MakeCheckpoint() override;

  Result<void> take(const bus::Record& record) override;
  Result<bool> work(const bus::Mark& reached) override;
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  struct Stream {
    std::uint32_t id;
    std::uint64_t last_offset;
  };
  Result<void> begin();
  void put_next_stream();

  const Place place_;
  std::unique_ptr<Fold> fold_;
  std::unique_ptr<bus::CheckpointWriter> writer_;
  std::vector<Stream> streams_;
  std::size_t next_stream_ = 0;
  std::uint64_t bytes_ = 0;
  bool is_finished_ = false;
};

// Builds a second data directory from the entries, under a data_id of its own: who goes on with it gives offsets again
// that the first one gave, so no player may take one for the other. It gets its name when it is whole.
class MakeBackup final : public ArchiveTask {
 public:
  struct Place {
    bus::FileLayer* files;
    bus::RandomSource* random;
    std::filesystem::path from;
    std::filesystem::path to;
    std::vector<std::string>
        beside;  // files that a data directory has beside the journal; those there are go along
    std::string identity;
  };
  // Refuses a place where something is.
  static Result<std::unique_ptr<MakeBackup>> begin(Place place, const bus::Mark& from, std::uint64_t through);
  ~MakeBackup() override;

  Result<void> take(const bus::Record& record) override;
  Result<bool> work(const bus::Mark& reached) override;

 private:
  MakeBackup(Place place, std::unique_ptr<bus::Store> store, const bus::Mark& from, std::uint64_t through);
  Result<void> move_log();
  Result<void> copy_beside(const std::string& name);
  static void clear(const Place& place);

  const Place place_;
  std::unique_ptr<bus::Store> store_;
  bus::BatchAppender appender_;  // to store_, as long as there is one
  bool is_named_ = false;
};

}  // namespace cairn
