// How the benchmark's events stand in cells: the payload named by its place among the interned texts, and so many bytes of
// it carried along in the cells behind the head, where the handler reads them.
//
// Owner: whoever writes or reads. Threads: any; it never changes. Bounds: bus::kMessageBytesMax bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>

#include "bus/ring.hpp"
#include "tools/bench/peers/harness/actors.hpp"

namespace cairn::bench {

enum class Kind : std::uint16_t { kToDistrict = 1, kToTeam };

class Wire {
 public:
  // inline_bytes: 0, or kReadBytes … the payload's size.
  Wire(const workload::Schedule& schedule, std::size_t inline_bytes)
      : schedule_(schedule), inline_bytes_(inline_bytes) {}

  [[nodiscard]] std::size_t inline_bytes() const { return inline_bytes_; }

  // `behind`: the claimed bytes behind the head.
  void write(const Event& event, bus::Head& head, std::span<std::byte> behind) const {
    head.kind = static_cast<std::uint16_t>(event.to_team != 0 ? Kind::kToTeam : Kind::kToDistrict);
    head.flags = static_cast<std::uint8_t>(event.flags);
    head.source = event.team;
    head.target = event.district;
    head.sequence = event.sequence;
    head.intended_ns = event.intended_ns;
    if (behind.empty())
      head.operands[0] = static_cast<std::uint64_t>(event.text - schedule_.text_bytes.data());
    else
      std::memcpy(behind.data(), event.text, inline_bytes_);
  }

  // Its text is the message's as long as that is; interned(event) outlives it.
  [[nodiscard]] Event read(const bus::Message& message) const {
    const bus::Head& head = message.head();
    return {.intended_ns = head.intended_ns,
            .text = head.bytes > 0 ? message.bytes().data() : schedule_.text_bytes.data() + head.operands[0],
            .sequence = static_cast<std::uint32_t>(head.sequence),
            .team = head.source,
            .district = static_cast<std::uint16_t>(head.target),
            .flags = head.flags,
            .to_team = static_cast<Kind>(head.kind) == Kind::kToTeam ? 1U : 0U};
  }

  [[nodiscard]] Event interned(Event event) const {
    event.text = schedule_.text_of(event.sequence).data();
    return event;
  }

 private:
  const workload::Schedule& schedule_;
  const std::size_t inline_bytes_;
};

}  // namespace cairn::bench
