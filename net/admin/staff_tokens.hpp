// Who of the staff holds which role: lines "role sha256-of-the-token" in a file that nobody else may read. It
// is read again when it changes, so a token can be minted and taken back while the hunt runs.
//
// Owner: the operators' interface. Threads: its core's loop. Bounds: kStaffTokensMax lines; further ones are
// ignored.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bus/random.hpp"
#include "bus/result.hpp"
#include "net/session/credentials.hpp"

namespace cairn::net {

enum class StaffRole : std::uint8_t { kViewer, kDesigner, kEditor, kOperator };

inline constexpr std::size_t kStaffTokensMax = 256;

std::string_view name_of(StaffRole role);
std::optional<StaffRole> staff_role_of(std::string_view name);

class StaffTokens {
 public:
  explicit StaffTokens(std::filesystem::path file) : file_(std::move(file)) {}

  // Makes a token, appends its hash to the file (made 0600 if it is not there), and returns the token: it is
  // told once.
  static Result<SecretText> mint(const std::filesystem::path& file, StaffRole role,
                                 bus::RandomSource& random);

  // Every stored hash is compared, each in constant time.
  [[nodiscard]] std::optional<StaffRole> role_of(std::string_view token);

 private:
  struct Line {
    StaffRole role{};
    std::string hash_hex;
  };
  void read_if_changed();

  std::filesystem::path file_;
  struct stat seen_ {};
  std::vector<Line> lines_;
};

}  // namespace cairn::net
