// The files of a hunt as they were read, and all of them as one text, which a data directory keeps: what a journal says
// means something only beside the files that it was played by.
//
// Owner: the caller. Threads: the caller's only. Bounds: limits.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace cairn::config {

// Path within the hunt's folder, and bytes.
using HuntFiles = std::map<std::string, std::string>;

// FNV-1a over path and bytes of every file.
[[nodiscard]] std::uint64_t content_hash(const HuntFiles& files);

[[nodiscard]] std::string pack(const HuntFiles& files);
// Nothing: it is no text of pack(), or not all of it.
[[nodiscard]] std::optional<HuntFiles> unpack(std::string_view packed);

}  // namespace cairn::config
