#include "actors/runtime/emission.hpp"

#include <array>
#include <cstring>

#include "actors/folders.hpp"
#include "actors/runtime/wire.hpp"
#include "bus/journal/journal.hpp"

namespace cairn::actors {

namespace {

// Credit was made sure of before the handler ran, so the claim cannot fail.
void publish(bus::Core& core, bus::ToJournal kind, ActorId decider, const Command* command,
             std::span<const std::byte> bytes, std::size_t body_bytes) {
  auto claim = core.claim_record(bytes.size());
  claim.require_room();
  bus::Head& head = claim.head();
  head.kind = static_cast<std::uint16_t>(kind);
  head.source = static_cast<std::uint32_t>(decider);
  // No such core: nobody waits.
  put_session(head, command != nullptr ? command->session : SessionRef{0xffffffffU, 0, 0});
  if (command != nullptr) head.intended_ns = command->intended_ns;
  head.operands[2] = body_bytes;
  std::memcpy(claim.bytes().data(), bytes.data(), bytes.size());
  core.publish_record(std::move(claim));
}

}  // namespace

Emission::Emission(bus::Core& core, ActorId decider, Slot& slot, RequestMemory& requests,
                   std::span<std::byte> scratch, std::int64_t hunt_ms, std::uint64_t folded,
                   const Command* command)
    : core_(core),
      decider_(decider),
      slot_(slot),
      requests_(requests),
      scratch_(scratch),
      folded_(folded),
      command_(command) {
  hunt_ms_ = hunt_ms;
  wall_ms_ = core.clock().wall_ms();
  speed_ = core.clock().speed();
}

void Emission::emit(Entry entry) {
  CAIRN_ASSERT(!used_);
  entry.decider = decider_;
  entry.reacted_through = folded_;
  entry.hunt_ms = hunt_ms_;
  entry.wall_ms = wall_ms_;
  if (command_ != nullptr) entry.request_id = command_->request_id;
  // First the role's own state: should its fold throw, nothing was journaled.
  slot_.actor->role().fold(entry);
  // What it does not fold will not come back to it either.
  for_each_folder(entry, [this](ActorId folder) { slot_.own_pending += folder == decider_ ? 1U : 0U; });
  const std::size_t body_bytes = encode(entry, scratch_);
  std::size_t bytes = body_bytes;
  if (entry.reply && command_ != nullptr) {
    bytes += encode_answer(entry.request_id, *entry.reply, scratch_.subspan(body_bytes));
    if (!entry.request_id.empty()) requests_.decide(command_->player, entry.request_id, *entry.reply);
  }
  publish(core_, bus::ToJournal::kEntry, decider_, command_, scratch_.first(bytes), body_bytes);
  used_ = true;
}

void Emission::answer(const Reply& reply) {
  CAIRN_ASSERT(!used_ && command_ != nullptr);
  pass_answer(core_, *command_, reply);
  used_ = true;
}

void Emission::pass_answer(bus::Core& core, const Command& command, const Reply& reply) {
  std::array<std::byte, kAnswerRecordBytesMax> bytes;
  const std::size_t used = encode_answer(command.request_id, reply, bytes);
  publish(core, bus::ToJournal::kAnswer, decider_of(command), &command, std::span{bytes}.first(used), 0);
}

}  // namespace cairn::actors
