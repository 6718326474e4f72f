// The server's memory and processor time, read from /proc when it runs on this machine.
//
// Owner: the crowd. Threads: one. Bounds: one look through /proc when the process is not known; then two
// small files. When the server is started again, the new process is found and its time added.
#pragma once

#include <cstdint>

namespace cairn::crowd {

class ServerProcess {
 public:
  ServerProcess(std::uint16_t port, std::int64_t pid) : port_(port), given_(pid != 0), pid_(pid) {}

  // Reads both again; false while no such process is found.
  bool sample();

  [[nodiscard]] std::int64_t pid() const { return pid_; }
  [[nodiscard]] std::uint64_t rss_bytes() const { return rss_bytes_; }
  // Of all processes that have listened there since the first sample.
  [[nodiscard]] double cpu_seconds() const {
    return earlier_cpu_seconds_ + cpu_seconds_ - first_cpu_seconds_;
  }

 private:
  bool read();

  std::uint16_t port_;
  bool given_;
  bool sampled_ = false;
  std::int64_t pid_;
  std::uint64_t rss_bytes_ = 0;
  double cpu_seconds_ = 0;
  double first_cpu_seconds_ = 0;
  double earlier_cpu_seconds_ = 0;
};

}  // namespace cairn::crowd
