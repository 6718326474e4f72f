#include "tools/cairn/data_directory.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "bus/random.hpp"
#include "config/load/loader.hpp"
#include "net/admin/staff_tokens.hpp"

namespace cairn::tools {

Result<void> write_private(const std::filesystem::path& file, std::string_view text) {
  const std::filesystem::path unfinished = file.string() + ".unfinished";
  ::unlink(unfinished.c_str());
  const int fd = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  bool good = fd >= 0;
  while (good && !text.empty()) {
    const ssize_t wrote = ::write(fd, text.data(), text.size());
    good = wrote > 0;
    if (good) text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  good = good && ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (good && ::rename(unfinished.c_str(), file.c_str()) == 0) return {};
  return failure("cannot write " + file.string() + ": " + std::strerror(good ? errno : error));
}

Result<std::string> read_text(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in) return failure("cannot read " + file.string() + ": " + std::strerror(errno));
  std::ostringstream text;
  text << in.rdbuf();
  return {boost::system::in_place_value, text.str()};
}

Result<std::array<std::byte, 32>> load_secret(const std::filesystem::path& directory) {
  const std::filesystem::path file = directory / "secret";
  std::array<std::byte, 32> secret{};
  if (!std::filesystem::exists(file)) {
    bus::SystemRandom{}.fill(secret);
    if (const auto written =
            write_private(file, {reinterpret_cast<const char*>(secret.data()), secret.size()});
        !written)
      return written.error();
    return secret;
  }
  const Result<std::string> text = read_text(file);
  if (!text) return text.error();
  if (text->size() != secret.size())
    return failure(file.string() + " is damaged: remove it, and all players must log in again");
  std::memcpy(secret.data(), text->data(), secret.size());
  return secret;
}

Result<void> claim_revision(const std::filesystem::path& directory, std::uint64_t content_hash) {
  const std::filesystem::path file = directory / "revision";
  if (!std::filesystem::exists(file)) return write_private(file, std::to_string(content_hash) + "\n");
  return check_revision(directory, content_hash);
}

Result<void> check_revision(const std::filesystem::path& directory, std::uint64_t content_hash) {
  const std::filesystem::path file = directory / "revision";
  if (!std::filesystem::exists(file)) return {};
  const Result<std::string> text = read_text(file);
  if (!text) return text.error();
  if (*text == std::to_string(content_hash) + "\n") return {};
  return failure(
      directory.string() +
      " holds a hunt that was begun with other files: put the hunt's folder back as it was, or give a new "
      "--data directory to begin anew");
}

Result<void> keep_hunt(const std::filesystem::path& directory, const config::HuntFiles& files) {
  const std::filesystem::path file = directory / kHuntFilesFile;
  if (std::filesystem::exists(file)) return {};
  return write_private(file, config::pack(files));
}

Result<std::shared_ptr<const config::Hunt>> kept_hunt(const std::filesystem::path& directory) {
  const std::filesystem::path file = directory / kHuntFilesFile;
  const Result<std::string> packed = read_text(file);
  if (!packed)
    return failure(packed.error().message +
                   "; give --hunt, the hunt's folder as it was when this was played");
  const auto files = config::unpack(*packed);
  std::shared_ptr<const config::Hunt> hunt = files ? config::load_hunt(*files).hunt : nullptr;
  if (hunt == nullptr)
    return failure(file.string() +
                   " is damaged: give --hunt, the hunt's folder as it was when this was played");
  return hunt;
}

Result<void> ensure_operator_token(const std::filesystem::path& directory) {
  const std::filesystem::path file = directory / "operator.token";
  if (std::filesystem::exists(file)) return {};
  bus::SystemRandom random;
  const auto token = net::StaffTokens::mint(directory / kStaffTokensFile, net::StaffRole::kOperator, random);
  if (!token) return token.error();
  return write_private(file, std::string{std::string_view{*token}} + "\n");
}

}  // namespace cairn::tools
