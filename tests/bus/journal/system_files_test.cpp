// Goal: the file layer of production asks the system for what it was asked, and every failure of the system comes
// back; the same for SQLite's own VFS under a store. Breaks: the k-th write and the k-th sync of a life of the store,
// in the C library; paths that are not there. What becomes of the entries then is shown on a simulated disk.
#include "bus/journal/system_files.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "bus/clock.hpp"
#include "tests/bus/journal/store_world.hpp"

namespace {

// What the interposed system calls below do. One thread at a time: only this file arms it, and it disarms at its end.
struct Disk {
  bool armed = false;
  int fails_at = 0;  // the how manieth call; 0: none
  int calls = 0;
  int writes = 0;
  int syncs = 0;
};
thread_local Disk disk;

bool fails(int Disk::*kind) {
  if (!disk.armed) return false;
  ++(disk.*kind);
  if (++disk.calls != disk.fails_at) return false;
  errno = EIO;
  return true;
}

}  // namespace

// These stand before the C library's in this program, for SQLite too.
extern "C" {
ssize_t pwrite(int file, const void* bytes, size_t count, off_t offset) {
  return fails(&Disk::writes) ? -1 : ::syscall(SYS_pwrite64, file, bytes, count, offset);
}
ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t offset) {
  return fails(&Disk::writes) ? -1 : ::syscall(SYS_pwrite64, file, bytes, count, offset);
}
int fsync(int file) { return fails(&Disk::syncs) ? -1 : static_cast<int>(::syscall(SYS_fsync, file)); }
int fdatasync(int file) {
  return fails(&Disk::syncs) ? -1 : static_cast<int>(::syscall(SYS_fdatasync, file));
}
}

using namespace cairn;
using namespace cairn::bus;

namespace {

using Open = FileLayer::Open;

template <class F>
Disk with_failing(int call, F&& act) {
  disk = Disk{.armed = true, .fails_at = call};
  act();
  return std::exchange(disk, Disk{});
}

}  // namespace

TEST_CASE("bytes written are read back, and their rights are the owner's") {
  const TemporaryDirectory temporary;
  SystemFiles files;
  spill(temporary / "file", "something that was longer");
  auto file = files.open(temporary / "file", Open::kReplace);
  REQUIRE(file.has_value());
  const std::array<std::byte, 3> bytes{std::byte{1}, std::byte{2}, std::byte{3}};
  REQUIRE((*file)->write(4, bytes).has_value());
  CHECK(*files.bytes(temporary / "file") == 7);
  std::array<std::byte, 8> read{};
  CHECK(*(*file)->read(5, read) == 2);
  CHECK(read[1] == std::byte{3});
  struct stat status {};
  REQUIRE(::stat((temporary / "file").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600);
  REQUIRE(files.rename(temporary / "file", temporary / "other").has_value());
  CHECK(!files.exists(temporary / "file"));
  REQUIRE(files.remove(temporary / "other").has_value());
  CHECK(!files.exists(temporary / "other"));
}

TEST_CASE("each write and each sync is one of the system's, and its failure comes back") {
  const TemporaryDirectory temporary;
  SystemFiles files;
  auto file = files.open(temporary / "file", Open::kKeep);
  REQUIRE(file.has_value());
  const std::array<std::byte, 3> bytes{};
  const auto act = [&](int expected_failures) {
    return [&, expected_failures] {
      int failures = 0;
      failures += (*file)->write(0, bytes) ? 0 : 1;
      failures += (*file)->sync_content() ? 0 : 1;
      failures += (*file)->sync() ? 0 : 1;
      failures += files.sync_directory(temporary / "") ? 0 : 1;
      CHECK(failures == expected_failures);
    };
  };
  const Disk whole = with_failing(0, act(0));
  CHECK(whole.writes == 1);
  CHECK(whole.syncs == 3);
  for (int call = 1; call <= 4; ++call) with_failing(call, act(1));
}

TEST_CASE("what is not there is an error of the system's") {
  const TemporaryDirectory temporary;
  SystemFiles files;
  CHECK(files.open(temporary / "missing", Open::kRead).error() == ErrorNumber{ENOENT});
  CHECK(files.open(temporary / "missing/below", Open::kKeep).error() == ErrorNumber{ENOENT});
  CHECK(files.bytes(temporary / "missing").error() == ErrorNumber{ENOENT});
  CHECK(files.remove(temporary / "missing").error() == ErrorNumber{ENOENT});
  CHECK(files.rename(temporary / "missing", temporary / "other").error() == ErrorNumber{ENOENT});
  CHECK(files.sync_directory(temporary / "missing").error() == ErrorNumber{ENOENT});
  CHECK(files.make_directory(temporary / "", 0700).error() == ErrorNumber{EEXIST});
  auto locked = files.lock(temporary / "");
  REQUIRE(locked.has_value());
  CHECK(files.lock(temporary / "").error() == ErrorNumber{EWOULDBLOCK});
  locked->reset();
  CHECK(files.lock(temporary / "").has_value());
}

TEST_CASE("a store on the system's files notices each write and each sync that fails") {
  const TemporaryDirectory temporary;
  { append(*open_store(temporary / "data"), 5); }
  int failed = 0;
  const auto life = [&] {
    SystemRandom random;
    auto store = Store::open(system_files(), random, temporary / "data", "harbour");
    const bool lived = store && try_append(**store, 3) && (*store)->sync_mark();
    failed += lived ? 0 : 1;
    // What fails in closing has nobody left to tell.
    disk.armed = false;
  };
  const Disk whole = with_failing(0, life);
  REQUIRE(failed == 0);
  REQUIRE(whole.syncs > 5);
  for (int call = 1; call <= whole.calls; ++call) with_failing(call, life);
  // SQLite looks away when the name of its log cannot be synced; the store syncs it once more.
  CHECK(failed >= whole.calls - 1);
  CHECK(open_store(temporary / "data")->head() >= 8);
}
