// What operators did: one JSON object a line, appended to a file that nobody else may read, and never
// changed.
//
// Owner: the operators' interface. Threads: its core's loop. Operators act seldom, so a write waits for the
// disk's cache and for nothing else. A line that cannot be written refuses the action.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "bus/result.hpp"

namespace cairn::net {

class AuditLog {
 public:
  static Result<std::unique_ptr<AuditLog>> open(const std::filesystem::path& file);
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  // False: it could not be written.
  [[nodiscard]] bool append(std::int64_t wall_ms, std::string_view role, std::string_view action,
                            std::string_view subject, std::string_view outcome);

 private:
  explicit AuditLog(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace cairn::net
