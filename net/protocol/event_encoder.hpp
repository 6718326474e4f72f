// An event as the bytes that every socket of its stream gets: a whole WebSocket text frame.
//
// Threads: any; the journal's thread calls it once for each event. It is a function of its arguments alone:
// the same entry gives the same bytes on every run, and on replay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "actors/messages/event.hpp"
#include "config/model/hunt.hpp"

namespace cairn::net {

// Returns the frame's length. A text that does not fit into `out` (64 KiB suffice for any) is left out and
// the event says `"truncated":true`; get_state has it.
std::size_t encode_event(const config::Hunt& hunt, const actors::Entry& entry, actors::EventRef event,
                         std::uint64_t offset, std::span<std::byte> out);

}  // namespace cairn::net
