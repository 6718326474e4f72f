#include "tools/crowd/server_process.hpp"

#include <dirent.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace cairn::crowd {
namespace {

constexpr std::string_view kListening = "0A";

// The inode of the socket that listens on a port, from one of the kernel's tables; empty when there is none.
std::string listening_inode(const char* table, std::uint16_t port) {
  std::ifstream file(table);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string slot;
    std::string local;
    std::string remote;
    std::string state;
    std::string skipped;
    std::string inode;
    fields >> slot >> local >> remote >> state >> skipped >> skipped >> skipped >> skipped >> skipped >>
        inode;
    const auto colon = local.rfind(':');
    if (state != kListening || colon == std::string::npos) continue;
    unsigned found = 0;
    const char* const digits = local.data() + colon + 1;
    if (std::from_chars(digits, local.data() + local.size(), found, 16).ec == std::errc() && found == port)
      return inode;
  }
  return {};
}

template <class Visit>
void each_number(const std::string& folder, Visit visit) {
  DIR* const opened = opendir(folder.c_str());
  if (opened == nullptr) return;
  while (const dirent* entry = readdir(opened)) {
    std::int64_t number = 0;
    const char* const end = entry->d_name + std::strlen(entry->d_name);
    const auto parsed = std::from_chars(entry->d_name, end, number);
    if (parsed.ec == std::errc() && parsed.ptr == end && visit(number)) break;
  }
  closedir(opened);
}

bool holds_socket(std::int64_t pid, const std::string& wanted) {
  const std::string folder = "/proc/" + std::to_string(pid) + "/fd";
  bool holds = false;
  each_number(folder, [&](std::int64_t descriptor) {
    char target[64];
    const auto bytes = readlink((folder + "/" + std::to_string(descriptor)).c_str(), target, sizeof target);
    holds = bytes > 0 && std::string_view(target, static_cast<std::size_t>(bytes)) == wanted;
    return holds;
  });
  return holds;
}

std::int64_t listener_of(std::uint16_t port) {
  std::string inode = listening_inode("/proc/net/tcp", port);
  if (inode.empty()) inode = listening_inode("/proc/net/tcp6", port);
  if (inode.empty()) return 0;
  const std::string wanted = "socket:[" + inode + "]";
  std::int64_t found = 0;
  each_number("/proc", [&](std::int64_t pid) {
    if (!holds_socket(pid, wanted)) return false;
    found = pid;
    return true;
  });
  return found;
}

}  // namespace

bool ServerProcess::read() {
  if (pid_ == 0) return false;
  const std::string folder = "/proc/" + std::to_string(pid_);
  std::ifstream stat_file(folder + "/stat");
  std::string stat;
  if (!std::getline(stat_file, stat)) return false;
  // The name may hold anything, so fields are counted from its closing bracket.
  const auto bracket = stat.rfind(')');
  if (bracket == std::string::npos) return false;
  std::istringstream fields(stat.substr(bracket + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  std::uint64_t user_ticks = 0;
  std::uint64_t system_ticks = 0;
  fields >> user_ticks >> system_ticks;
  std::ifstream memory_file(folder + "/statm");
  std::uint64_t pages = 0;
  memory_file >> pages >> pages;
  if (!fields || !memory_file || pages == 0) return false;
  cpu_seconds_ = static_cast<double>(user_ticks + system_ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
  rss_bytes_ = pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  return true;
}

bool ServerProcess::sample() {
  if (!read()) {
    earlier_cpu_seconds_ += cpu_seconds_;
    cpu_seconds_ = 0;
    rss_bytes_ = 0;
    if (given_ && pid_ != 0 && !sampled_) return false;
    pid_ = listener_of(port_);
    if (!read()) return false;
  }
  if (!sampled_) first_cpu_seconds_ = cpu_seconds_;
  sampled_ = true;
  return true;
}

}  // namespace cairn::crowd
