// Goal: when the disk takes no more, the store says so once, fails for good, stays readable, and nothing
// acknowledged is lost. Breaks: the file size limit of a child process stands for a full disk.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdio>

#include "tests/bus/journal/store_world.hpp"

using namespace cairn;
using namespace cairn::bus;

namespace {

enum Exit { kAsPromised = 0, kNeverFailed = 1, kWrongState = 2, kUnreadable = 3, kFailedAtOpen = 4 };

void limit_file_size(rlim_t bytes) {
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{.rlim_cur = bytes, .rlim_max = bytes};
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

// Appends until the disk is full and reports every acknowledged head through the pipe.
Exit fill_disk(const std::filesystem::path& directory, int acknowledged) {
  SystemRandom random;
  auto opened = Store::open(system_files(), random, directory, "harbour");
  if (!opened) return kFailedAtOpen;
  Store& store = **opened;
  limit_file_size(300 * 1024);
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t before = store.head();
    const auto appended = try_append(store, 7);
    if (appended) {
      const std::uint64_t head = store.head();
      if (::write(acknowledged, &head, sizeof head) != sizeof head) return kWrongState;
      continue;
    }
    const std::string message = appended.error().message;
    if (!store.failed() || store.head() != before || store.failure_message() != message) return kWrongState;
    // With room again it must not try once more.
    const auto again = try_append(store, 1);
    if (again || again.error().message != message || store.sync_mark()) return kWrongState;
    return reads_back(store, 1, before) ? kAsPromised : kUnreadable;
  }
  return kNeverFailed;
}

}  // namespace

TEST_CASE("a full disk ends appending for good, and all that was acknowledged is there afterwards") {
  const TemporaryDirectory temporary;
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  if (child == 0) ::_exit(fill_disk(temporary / "data", ends[1]));
  ::close(ends[1]);
  std::uint64_t acknowledged = 0;
  std::uint64_t head = 0;
  while (::read(ends[0], &head, sizeof head) == sizeof head) acknowledged = head;
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == kAsPromised);
  CHECK(acknowledged > 0);
  auto store = open_store(temporary / "data");
  CHECK(store->head() >= acknowledged);
  CHECK(reads_back(*store, 1, store->head()));
  append(*store, 20);
}

TEST_CASE("a disk that is full from the start is one sentence, and nothing is half made") {
  const TemporaryDirectory temporary;
  const pid_t child = ::fork();
  if (child == 0) {
    limit_file_size(2000);
    ::_exit(says(refusal(temporary / "data"), "journal.db") ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
  auto store = open_store(temporary / "data");
  append(*store, 5);
  CHECK(store->head() == 5);
}
