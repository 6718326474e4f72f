#include "net/admin/staff_tokens.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "bus/hex.hpp"

namespace cairn::net {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"viewer", "designer", "editor", "operator"};

}  // namespace

std::string_view name_of(StaffRole role) { return kNames[static_cast<std::size_t>(role)]; }

std::optional<StaffRole> staff_role_of(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == name) return static_cast<StaffRole>(i);
  return std::nullopt;
}

Result<SecretText> StaffTokens::mint(const std::filesystem::path& file, StaffRole role,
                                     bus::RandomSource& random) {
  Credentials credentials(Secret{}, random);
  const SecretText token = credentials.make_token();
  std::string line(name_of(role));
  line.append(" ").append(bus::hex(sha256(token))).append("\n");
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return failure(file.string() + ": cannot be opened: " + std::strerror(errno) + ".");
  const ssize_t written = ::write(fd, line.data(), line.size());
  const bool ok = written == static_cast<ssize_t>(line.size()) && ::fsync(fd) == 0;
  const int error = errno;
  ::close(fd);
  if (!ok) return failure(file.string() + ": cannot be written: " + std::strerror(error) + ".");
  return token;
}

void StaffTokens::read_if_changed() {
  struct stat now {};
  if (::stat(file_.c_str(), &now) != 0) {
    lines_.clear();
    seen_ = {};
    return;
  }
  if (now.st_ino == seen_.st_ino && now.st_size == seen_.st_size &&
      now.st_mtim.tv_sec == seen_.st_mtim.tv_sec && now.st_mtim.tv_nsec == seen_.st_mtim.tv_nsec)
    return;
  seen_ = now;
  lines_.clear();
  std::ifstream in(file_);
  std::string role;
  std::string hash;
  while (lines_.size() < kStaffTokensMax && in >> role >> hash)
    if (const auto known = staff_role_of(role)) lines_.push_back({*known, hash});
}

std::optional<StaffRole> StaffTokens::role_of(std::string_view token) {
  read_if_changed();
  const std::string hash = bus::hex(sha256(token));
  std::optional<StaffRole> role;
  for (const Line& line : lines_)
    if (equal_in_constant_time(line.hash_hex, hash)) role = line.role;
  return role;
}

}  // namespace cairn::net
