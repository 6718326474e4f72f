// What an actor does, apart from what carries it: a fold (command in, entry out). No CAF, no ring, no clock of its own;
// so the same code decides in production, in a scenario and on replay.
//
// Owner: the CAF actor that plays it (runtime/role_actor.hpp). Threads: its home core's.
#pragma once

#include <cstdint>
#include <string>

#include "actors/messages/command.hpp"
#include "actors/messages/entry.hpp"
#include "actors/messages/reply.hpp"
#include "actors/messages/state_bytes.hpp"

namespace cairn::actors {

// What a role may do while it decides or reacts. One call emits at most one entry or gives one answer.
class Emitter {
 public:
  virtual ~Emitter() = default;
  // Journals the entry, with the request id and the decider filled in, after the role has folded it: it sees its own
  // decision at once, everybody else when it is committed. entry.reply, if any, is released by the commit.
  virtual void emit(Entry entry) = 0;
  // A reply that changes nothing and is not remembered (temporary errors). It waits for the commits before it all the
  // same, since it may reveal what is not yet durable.
  virtual void answer(const Reply& reply) = 0;

  [[nodiscard]] std::int64_t hunt_ms() const { return hunt_ms_; }
  [[nodiscard]] std::int64_t wall_ms() const { return wall_ms_; }
  // What a client is to wait, in its own milliseconds, until that much of hunt time has passed.
  [[nodiscard]] std::uint32_t wait_ms(std::int64_t hunt_ms) const {
    return static_cast<std::uint32_t>((hunt_ms + speed_ - 1) / speed_);
  }

 protected:
  std::int64_t hunt_ms_ = 0;
  std::int64_t wall_ms_ = 0;
  std::int64_t speed_ = 1;  // bus::Clock::speed()
};

class Role {
 public:
  virtual ~Role() = default;
  // A command for this role, not seen before by its request id. Calls emitter once.
  virtual void decide(const Command& command, Emitter& emitter) = 0;
  // One entry: a committed one, in sequence, or its own at the moment of the decision (sequence 0). Each comes once.
  virtual void fold(const Entry& entry) = 0;
  // Its own decision, folded when it was made, is committed and has its sequence now. Afterwards the role is as one that
  // has folded the committed entry.
  virtual void confirm(const Entry& /*entry*/) {}
  // What follows from what was folded: at most one entry a call. True while there may be more.
  virtual bool react(Emitter& /*emitter*/) { return false; }
  // All that it has folded, so that a role that loads it is as one that has folded the same. load() comes before any
  // fold().
  virtual void save(StateWriter& out) const = 0;
  virtual void load(StateReader& in) = 0;
  // For operators and tests.
  [[nodiscard]] virtual std::string describe() const = 0;
};

// A reply to the command, with the code and reason given; the fields of a success are the caller's to fill.
inline Reply reply_to(const Command& command, Code code = Code::kOk, Reason reason = Reason::kNone) {
  Reply reply;
  reply.kind = command.kind;
  reply.code = code;
  reply.reason = reason;
  reply.puzzle = command.puzzle;
  reply.district = command.district;
  reply.player = command.player;
  return reply;
}

// Gives an error, or a success that changes nothing: permanent ones are journaled so that the same request gets the
// same reply for ever, temporary ones are not.
// `answer_hash`: of what was guessed.
void answer_without_effect(const Command& command, const Reply& reply, Emitter& emitter,
                           std::uint64_t answer_hash = 0);

}  // namespace cairn::actors
