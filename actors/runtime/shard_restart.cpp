// What a shard does about an actor that died: a new one in its place, which the journal reads its past back to.
#include "actors/folders.hpp"
#include "actors/runtime/shard.hpp"
#include "bus/journal/journal.hpp"

namespace cairn::actors {

// Asked for by the supervisor on its own thread, done at home.
class Shard::Restart final : public bus::Job {
 public:
  Restart(Shard& shard, ActorId actor) : shard_(shard), actor_(actor) {}
  void run_job() override {
    const std::unique_ptr<Restart> self{this};
    shard_.restart(actor_);
  }

 private:
  Shard& shard_;
  ActorId actor_;
};

void Shard::restart_later(ActorId actor) {
  // Deletes itself when it has run.
  push(*std::make_unique<Restart>(*this, actor).release());
}

// A new actor in the place of the dead one: empty, until the journal has read back to it all that it folds. Whatever
// the dead one emitted stands before the request in the same ring, so it is committed and read back too.
void Shard::restart(ActorId actor) {
  if (ended_) return;
  std::erase(restarts_due_, actor);
  Slot& slot = slots_[actor];
  slot.recovering = true;
  if (++slot.deaths > kRestartsMax) {
    slot.given_up = true;
    for (const auto& bytes : slot.parked) handle_command(bytes);
    slot.parked.clear();
    return;
  }
  auto claim = core_.has_journal_credit() ? core_.claim_record(0) : bus::Claim{};
  if (!claim) {
    --slot.deaths;
    restarts_due_.push_back(actor);
    return;
  }
  spawn(actor);
  claim.head().kind = static_cast<std::uint16_t>(bus::ToJournal::kReadBack);
  claim.head().target = static_cast<std::uint32_t>(actor);
  core_.publish_record(std::move(claim));
}

void Shard::read_back(const bus::Message& message) {
  const ActorId actor{message.head().target};
  const Result<Entry> entry = decode_entry(message.head().sequence, message.bytes());
  CAIRN_ASSERT(entry.has_value());
  Slot& slot = slots_[actor];
  for_each_folder(*entry, [&](ActorId folder) {
    if (folder == actor) slot.actor->deliver([&] { slot.actor->role().fold(*entry); });
  });
}

void Shard::read_back_done(ActorId actor) {
  Slot& slot = slots_[actor];
  if (slot.actor->dead()) return;
  slot.recovering = false;
  mark_dirty(actor);
  const std::vector<std::vector<std::byte>> parked = std::exchange(slot.parked, {});
  for (const auto& bytes : parked) handle_command(bytes);
}

}  // namespace cairn::actors
