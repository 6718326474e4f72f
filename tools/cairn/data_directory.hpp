// What stands in a data directory beside the journal: the secret that signs resume tokens, which revision of the hunt the
// journal belongs to and its files, and who may operate it. All of it for the owner's eyes only (0600).
//
// Owner: the program. Threads: any; each call stands alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "bus/result.hpp"
#include "config/load/hunt_files.hpp"
#include "config/model/hunt.hpp"

namespace cairn::tools {

inline constexpr std::string_view kStaffTokensFile = "staff.tokens";
inline constexpr std::string_view kHuntFilesFile = "hunt.files";

// All that a data directory has beside the journal: a backup takes it along.
inline constexpr std::array<std::string_view, 6> kBackedUpFiles{
    "secret", "revision", kHuntFilesFile, "operator.token", kStaffTokensFile, "audit.log"};

// Made on the first call.
Result<std::array<std::byte, 32>> load_secret(const std::filesystem::path& directory);

// Refuses a directory whose journal was written under other files of the same hunt: its entries name puzzles by their
// place in those.
Result<void> claim_revision(const std::filesystem::path& directory, std::uint64_t content_hash);
// The same without claiming it, for who only reads.
Result<void> check_revision(const std::filesystem::path& directory, std::uint64_t content_hash);

// Keeps the hunt's files, so that the journal can be read by what it was played by when the folder has long been edited.
// Only the first call does.
Result<void> keep_hunt(const std::filesystem::path& directory, const config::HuntFiles& files);
// The hunt as it was kept.
Result<std::shared_ptr<const config::Hunt>> kept_hunt(const std::filesystem::path& directory);

// operator.token: made with the directory, so that `cairn admin` on this machine needs no further set-up.
Result<void> ensure_operator_token(const std::filesystem::path& directory);

// Whole and durable and for its owner only, or not at all: written beside and renamed.
Result<void> write_private(const std::filesystem::path& file, std::string_view text);
Result<std::string> read_text(const std::filesystem::path& file);

}  // namespace cairn::tools
