// What all sessions of a core share.
//
// Owner: the core's gateway, or a test. Threads: its loop's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "actors/messages/port.hpp"
#include "bus/clock.hpp"
#include "net/protocol/command_parser.hpp"
#include "net/protocol/state_encoder.hpp"
#include "net/session/admission.hpp"
#include "net/session/credentials.hpp"
#include "net/view/view.hpp"

namespace cairn::net {

// What sessions ask of the streams.
class StreamDirectory {
 public:
  virtual ~StreamDirectory() = default;
  // 0: no event yet.
  [[nodiscard]] virtual std::uint64_t last_offset(actors::StreamId stream) const = 0;
  // Whether the events after `offset` are all in the window.
  [[nodiscard]] virtual bool can_follow(actors::StreamId stream, std::uint64_t offset) const = 0;
};

// Counted by the core, read by the core: metrics ask its loop.
struct SessionCounters {
  std::uint64_t frames_in = 0;
  std::uint64_t replies = 0;
  std::uint64_t bad_frames = 0;
  std::uint64_t rate_limited = 0;
  std::uint64_t commands = 0;
  std::uint64_t commands_parked = 0;
  std::uint64_t failed_authentications = 0;
  std::uint64_t welcomes = 0;
  std::uint64_t resumes = 0;
  std::uint64_t snapshots = 0;
};

struct CoreContext {
  CoreContext(std::shared_ptr<const config::Hunt> hunt_of, const StreamDirectory& streams_of,
              actors::CommandPort& commands_of, const bus::Clock& clock_of, bus::RandomSource& random,
              std::string_view data_id, const Secret& secret)
      : hunt(std::move(hunt_of)),
        view(hunt),
        streams(streams_of),
        commands(commands_of),
        clock(clock_of),
        credentials(secret, random),
        states(view, data_id, clock.speed()),
        admission(hunt->teams_max) {
    // Once and for all: pages that are never written take no memory.
    text.grow(kStateBytesMax, 0);
  }

  std::shared_ptr<const config::Hunt> hunt;
  View view;
  const StreamDirectory& streams;
  actors::CommandPort& commands;
  const bus::Clock& clock;
  Credentials credentials;
  StateEncoder states;
  Admission admission;
  CommandParser parser;
  TextBuffer text;  // what is being encoded
  SessionCounters counters;
  bool read_only = false;
  bool draining = false;
};

}  // namespace cairn::net
