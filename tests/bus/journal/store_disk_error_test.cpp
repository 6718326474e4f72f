// Goal: whichever write or sync the disk fails, the store stops for good, never syncs the journal again, and
// everything acknowledged before is there afterwards. Breaks: the k-th call of each kind, for every k of a
// life of the store.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "bus/clock.hpp"
#include "tests/bus/journal/store_world.hpp"

namespace {

enum class Call { kWrite, kSync };

// What the interposed system calls below do. One thread at a time: only this file arms it, and it disarms at
// its end.
struct Disk {
  bool armed = false;
  Call failing = Call::kWrite;
  int fails_at = 0;  // the how manieth call; 0: none
  int error_number = EIO;
  int writes = 0;
  int syncs = 0;
  bool failed = false;
  int syncs_after_failure = 0;
};
thread_local Disk disk;

bool fails(Call call) {
  if (!disk.armed) return false;
  int& count = call == Call::kWrite ? disk.writes : disk.syncs;
  ++count;
  if (disk.failed && call == Call::kSync) ++disk.syncs_after_failure;
  if (call != disk.failing || count != disk.fails_at) return false;
  disk.failed = true;
  errno = disk.error_number;
  return true;
}

}  // namespace

// These stand before the C library's in this program, for SQLite too.
extern "C" {
ssize_t pwrite(int file, const void* bytes, size_t count, off_t offset) {
  return fails(Call::kWrite) ? -1 : ::syscall(SYS_pwrite64, file, bytes, count, offset);
}
ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t offset) {
  return fails(Call::kWrite) ? -1 : ::syscall(SYS_pwrite64, file, bytes, count, offset);
}
int fsync(int file) { return fails(Call::kSync) ? -1 : static_cast<int>(::syscall(SYS_fsync, file)); }
int fdatasync(int file) { return fails(Call::kSync) ? -1 : static_cast<int>(::syscall(SYS_fdatasync, file)); }
}

using namespace cairn;
using namespace cairn::bus;

namespace {

struct Life {
  bool opened = false;
  bool failed = false;
  std::uint64_t acknowledged = 0;
  std::string message;
};

// Opens, appends, checkpoints and closes; ends early as the journal does, at the first failure.
Life live(const std::filesystem::path& directory) {
  Life life;
  const SystemClock clock;
  SystemRandom random;
  auto opened = Store::open(system_files(), random, directory, "harbour");
  if (!opened) {
    life.message = opened.error().message;
    return life;
  }
  life.opened = true;
  Store& store = **opened;
  for (int i = 0; i < 6 && !store.failed(); ++i) {
    if (try_append(store, 5)) life.acknowledged = store.head();
    if (i == 3) static_cast<void>(store.checkpoint(clock, 1));
    if (i == 4) static_cast<void>(store.sync_mark());
  }
  life.failed = store.failed();
  life.message = store.failure_message();
  return life;
}

Disk run(const std::filesystem::path& directory, Call failing, int fails_at, int error_number, Life& life) {
  disk = Disk{};
  disk.failing = failing;
  disk.fails_at = fails_at;
  disk.error_number = error_number;
  disk.armed = true;
  life = live(directory);
  disk.armed = false;
  return disk;
}

}  // namespace

TEST_CASE("whichever write or sync fails, nothing acknowledged is lost and no sync is tried again") {
  const TemporaryDirectory temporary;
  // What a killed process left, so that opening has a log to take up; and nothing at all.
  auto before = open_store(temporary / "before");
  append(*before, 20);
  for (const std::uint64_t kept : {20U, 0U}) {
    const auto prepare = [&] {
      std::filesystem::remove_all(temporary / "data");
      if (kept > 0) copy_while_open(temporary / "before", temporary / "data");
    };
    Life life;
    prepare();
    const Disk whole = run(temporary / "data", Call::kWrite, 0, EIO, life);
    REQUIRE(life.acknowledged == kept + 30);
    REQUIRE(whole.syncs > 10);
    REQUIRE(whole.writes > 20);
    int at_open = 0;
    int after_open = 0;
    for (const Call call : {Call::kWrite, Call::kSync}) {
      const int calls = call == Call::kWrite ? whole.writes : whole.syncs;
      for (int k = 1; k <= calls; ++k) {
        CAPTURE(kept);
        CAPTURE(k);
        CAPTURE(static_cast<int>(call));
        prepare();
        const Disk after = run(temporary / "data", call, k, k % 2 == 0 ? ENOSPC : EIO, life);
        CHECK(after.failed);
        // A failure while closing has nobody left to tell.
        if (!life.opened || life.failed) CHECK(life.message.size() > 20);
        // While a journal is being made SQLite syncs what it puts back; there is no entry yet to lose.
        if (life.failed || (!life.opened && kept > 0)) CHECK(after.syncs_after_failure == 0);
        (life.opened ? after_open : at_open) += 1;
        auto store = open_store(temporary / "data");
        CHECK(store->head() >= std::max(life.acknowledged, kept));
        CHECK((store->head() == 0 || reads_back(*store, 1, store->head())));
        append(*store, 3);
      }
    }
    CHECK(at_open > 3);
    CHECK(after_open > 20);
  }
}
