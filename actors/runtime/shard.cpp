#include "actors/runtime/shard.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "actors/folded_hunt.hpp"
#include "actors/folders.hpp"
#include "actors/runtime/emission.hpp"
#include "actors/runtime/wire.hpp"
#include "actors/scoreboard.hpp"
#include "bus/journal/journal.hpp"

namespace cairn::actors {

caf::execution_unit& Shard::context() noexcept { return context_; }

namespace {

void collect_thresholds(const config::UnlockRule& rule, std::vector<std::int64_t>& out) {
  for (const auto& node : rule.nodes)
    if (node.kind == config::UnlockRule::Kind::kElapsedAtLeast) out.push_back(node.operand);
}

}  // namespace

Shard::Shard(bus::Core& core, std::shared_ptr<const config::Hunt> hunt, caf::actor_system& system,
             RoleFactory role_factory)
    : core_(core),
      hunt_(std::move(hunt)),
      system_(system),
      role_factory_(std::move(role_factory)),
      placement_(hunt_, core.cores()),
      context_(system),
      world_(*hunt_),
      requests_(std::size_t{hunt_->teams_max} * kMemberSlots),
      slots_(hunt_->districts.size(), hunt_->puzzles.size(), hunt_->teams_max),
      scratch_(kEntryBytesMax + kAnswerRecordBytesMax) {
  for (const auto& puzzle : hunt_->puzzles) collect_thresholds(puzzle.requires_rule, elapsed_thresholds_ms_);
  std::ranges::sort(elapsed_thresholds_ms_);
  dirty_.reserve(4 * (hunt_->teams_max + hunt_->puzzles.size() + hunt_->districts.size() + 2));
  core_.attach(*this);
}

Shard::~Shard() = default;

std::unique_ptr<Role> Shard::make_role(ActorId actor) {
  std::unique_ptr<Role> role = actors::make_role(actor, hunt_, world_);
  return role_factory_ ? role_factory_(actor, std::move(role)) : std::move(role);
}

void Shard::spawn(ActorId actor) {
  Slot& slot = slots_[actor];
  const caf::actor made = system_.spawn<RoleActor>(static_cast<Home&>(*this), actor, make_role(actor));
  slot.reference = caf::actor_cast<caf::strong_actor_ptr>(made);
  slot.actor = static_cast<RoleActor*>(caf::actor_cast<caf::abstract_actor*>(made));
  slot.own_pending = 0;
  if (supervisor_) watch(supervisor_, made, actor);
}

void Shard::spawn_actors() {
  const auto spawn_local = [this](ActorKind kind, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
      if (const ActorId actor = actor_id(kind, i); is_local(actor)) spawn(actor);
  };
  spawn_local(ActorKind::kHunt, 1);
  spawn_local(ActorKind::kScoreboard, 1);
  spawn_local(ActorKind::kDistrict, hunt_->districts.size());
  spawn_local(ActorKind::kPuzzle, hunt_->puzzles.size());
}

void Shard::replay(const Entry& entry) {
  hunt_clock_.replay(entry, core_.clock().played_ns());
  fold(entry);
  if (gateway_ != nullptr) gateway_->on_entry(entry);
}

void Shard::load(std::uint64_t sequence, StateReader in) {
  folded_ = sequence;
  actors::load_shared(world_, hunt_clock_, requests_, in, core_.clock().played_ns());
  load_roles(
      *hunt_,
      [this](ActorId actor) -> Role* {
        if (!is_local(actor)) return nullptr;
        if (kind_of(actor) == ActorKind::kTeam) spawn(actor);
        return &slots_[actor].actor->role();
      },
      in);
  StateReader view = in.get_part();
  if (gateway_ != nullptr) gateway_->load(view);
  // A checkpoint carries a checksum and its version; what passes those was written by this very code.
  CAIRN_ASSERT(in.ok() && view.ok());
}

void Shard::save_shared(StateWriter& out) const { actors::save_shared(world_, hunt_clock_, requests_, out); }

void Shard::save_view(StateWriter& out) const {
  if (gateway_ != nullptr) gateway_->save(out);
}

const Role* Shard::role(ActorId actor) const {
  RoleActor* const playing = slots_[actor].actor;
  return playing == nullptr ? nullptr : &playing->role();
}

bool Shard::is_settled() {
  bool settled = true;
  slots_.for_each([&settled](ActorId, const Slot& slot) {
    settled &= slot.own_pending == 0 && !slot.recovering && !slot.given_up && !slot.actor->dead();
  });
  return settled;
}

void Shard::start() { mark_all_dirty(); }

caf::actor Shard::find(ActorId actor) { return caf::actor_cast<caf::actor>(slots_[actor].reference); }

void Shard::shut_down() {
  owner_ = std::thread::id{};
  ended_ = true;
  slots_.for_each([](ActorId, Slot& slot) {
    slot.actor->deliver([&slot] { slot.actor->quit(caf::exit_reason::user_shutdown); });
  });
  // What CAF still had queued for them is turned away in their last turn.
  while (core_.run_jobs()) {
  }
  slots_.for_each([](ActorId, Slot& slot) {
    slot.actor = nullptr;
    slot.reference = nullptr;
  });
  supervisor_ = nullptr;
}

void Shard::push(bus::Job& turn) noexcept { core_.mailbox().push(turn); }

// --- the way of a command ---

bool Shard::submit(const Command& command) noexcept {
  const ActorId decider = decider_of(command);
  std::array<std::byte, kCommandBytesMax> bytes;
  const std::size_t used = encode(command, bytes);
  const std::size_t home = placement_.core_of(decider);
  auto claim = core_.out().claim(home, bus::Priority::kVital, used);
  if (!claim) return false;
  claim.head().kind = static_cast<std::uint16_t>(Between::kCommand);
  claim.head().target = static_cast<std::uint32_t>(decider);
  claim.head().intended_ns = command.intended_ns;
  std::memcpy(claim.bytes().data(), bytes.data(), used);
  core_.out().publish(home, bus::Priority::kVital, std::move(claim));
  return true;
}

std::size_t Shard::queue_of(const bus::Message& message) {
  const std::size_t districts = hunt_->districts.size();
  if (static_cast<Between>(message.head().kind) != Between::kCommand) return districts + 2;
  const ActorId target{message.head().target};
  switch (kind_of(target)) {
    case ActorKind::kDistrict: return index_of(target);
    case ActorKind::kPuzzle: return index(hunt_->puzzles[index_of(target)].district);
    case ActorKind::kTeam: return districts;
    default: return districts + 1;
  }
}

bool Shard::on_message(const bus::Message& message) {
  const bus::Head& head = message.head();
  switch (static_cast<Between>(head.kind)) {
    case Between::kCommand:
      if (!core_.has_journal_credit()) return false;
      handle_command(message.bytes());
      break;
    case Between::kNotice:
      if (gateway_ != nullptr)
        gateway_->on_notice({static_cast<NoticeKind>(head.target), head.operands[0], head.operands[1] != 0});
      break;
    case Between::kReplaced:
      if (gateway_ != nullptr) gateway_->on_replaced(PlayerIndex{head.target}, head.operands[0]);
      break;
  }
  return true;
}

void Shard::handle_command(std::span<const std::byte> bytes) {
  const Command command = decode_command(bytes);
  if (read_only_) return answer(command, reply_to(command, Code::kOverloaded, Reason::kReadOnly));
  const ActorId decider = decider_of(command);
  Slot& slot = slots_[decider];
  if (slot.given_up || slot.actor == nullptr) return answer(command, reply_to(command, Code::kInternal));
  if (slot.recovering || slot.actor->dead()) return park_or_refuse(slot, command, bytes);
  decide(decider, slot, command);
}

void Shard::decide(ActorId decider, Slot& slot, const Command& command) {
  if (!command.request_id.empty())
    if (const Reply* known = requests_.find(command.player, command.request_id))
      return answer(command, *known);
  Emission emission{core_, decider, slot, requests_, scratch_, hunt_ms(), folded_, &command};
  const bool alive = slot.actor->deliver([&] { slot.actor->role().decide(command, emission); });
  // The message that ended the actor is answered too.
  if (!emission.used()) answer(command, reply_to(command, Code::kInternal));
  if (!alive) slot.recovering = true;
}

void Shard::answer(const Command& command, const Reply& reply) {
  Emission::pass_answer(core_, command, reply);
}

void Shard::park_or_refuse(Slot& slot, const Command& command, std::span<const std::byte> bytes) {
  slot.recovering = true;
  if (slot.parked.size() >= kParkedMax) return answer(command, reply_to(command, Code::kOverloaded));
  slot.parked.emplace_back(bytes.begin(), bytes.end());
}

void Shard::announce_replacement(PlayerIndex player, std::uint64_t generation) noexcept {
  bus::Head replaced;
  replaced.kind = static_cast<std::uint16_t>(Between::kReplaced);
  replaced.target = static_cast<std::uint32_t>(player);
  replaced.operands[0] = generation;
  // Should too much be pending: the older connection lives until its next ping; both belong to the same player.
  for (std::size_t core = 0; core < core_.cores(); ++core)
    if (core != core_.index()) core_.out().merge(core, replaced);
}

// --- the way of an entry ---

void Shard::on_committed(const bus::Message& message) {
  const bus::Head& head = message.head();
  switch (static_cast<bus::FromJournal>(head.kind)) {
    case bus::FromJournal::kCommitted: {
      const Result<Entry> entry = decode_entry(head.sequence, message.bytes());
      CAIRN_ASSERT(entry.has_value());
      hunt_clock_.fold(*entry, core_.clock().played_ns());
      fold(*entry);
      if (gateway_ != nullptr) gateway_->on_entry(*entry);
      break;
    }
    case bus::FromJournal::kAnswer:
    case bus::FromJournal::kUndone: {
      Answer given = decode_answer(message.bytes());
      if (static_cast<bus::FromJournal>(head.kind) == bus::FromJournal::kUndone) {
        given.reply.code = Code::kOverloaded;
        given.reply.reason = Reason::kReadOnly;
      }
      if (gateway_ != nullptr) gateway_->on_reply(session_of(head), given.request_id, given.reply);
      break;
    }
    case bus::FromJournal::kPublished:
      if (gateway_ != nullptr) gateway_->on_published(head.sequence);
      break;
    case bus::FromJournal::kReadBack: read_back(message); break;
    case bus::FromJournal::kReadBackDone: read_back_done(ActorId{head.target}); break;
    case bus::FromJournal::kReadOnly:
      read_only_ = true;
      if (gateway_ != nullptr) gateway_->on_read_only();
      break;
  }
}

bool Shard::on_folded() { return gateway_ != nullptr && gateway_->on_turn(); }

void Shard::fold(const Entry& entry) {
  folded_ = entry.sequence;
  world_.fold(entry);
  if (entry.reply && !entry.request_id.empty())
    requests_.commit(entry.player, entry.request_id, *entry.reply);
  const ActorId team = actor_id(ActorKind::kTeam, index(entry.team) & 0x0fffffffU);
  if (entry.kind == EntryKind::kTeamCreated && is_local(team)) spawn(team);
  for_each_folder(entry, [&](ActorId actor) { fold_into(actor, entry); });
  if (entry.kind == EntryKind::kDistrictOpened) mark_all_dirty();
}

void Shard::fold_into(ActorId actor, const Entry& entry) {
  if (!is_local(actor)) return;
  Slot& slot = slots_[actor];
  if (slot.actor == nullptr || slot.recovering) return;
  if (entry.decider == actor && slot.own_pending > 0) {
    --slot.own_pending;
    slot.actor->role().confirm(entry);
  } else if (!slot.actor->deliver([&] { slot.actor->role().fold(entry); })) {
    slot.recovering = true;
    return;
  }
  mark_dirty(actor);
}

// --- what follows from what was folded ---

// Only hunt and teams react.
void Shard::mark_dirty(ActorId actor) {
  const ActorKind kind = kind_of(actor);
  if (kind != ActorKind::kTeam && kind != ActorKind::kHunt) return;
  Slot& slot = slots_[actor];
  if (slot.actor == nullptr || slot.dirty) return;
  slot.dirty = true;
  dirty_.push_back(actor);
}

void Shard::mark_all_dirty() {
  slots_.for_each([this](ActorId actor, Slot&) { mark_dirty(actor); });
}

bool Shard::on_idle_work() {
  if (const std::int64_t now_ns = core_.clock().steady_ns(); now_ns - ticked_ns_ >= kTickNs) tick(now_ns);
  while (!restarts_due_.empty() && core_.has_journal_credit()) restart(restarts_due_.front());
  std::size_t reacted = 0;
  for (; reacted < bus::kReactionsPerTurn && dirty_first_ < dirty_.size() && core_.has_journal_credit();
       ++reacted) {
    const ActorId actor = dirty_[dirty_first_++];
    slots_[actor].dirty = false;
    if (react(actor)) mark_dirty(actor);
  }
  if (dirty_first_ == dirty_.size()) {
    dirty_.clear();
    dirty_first_ = 0;
  }
  return dirty_first_ < dirty_.size() && core_.has_journal_credit();
}

bool Shard::react(ActorId actor) {
  Slot& slot = slots_[actor];
  if (slot.recovering || slot.given_up || read_only_) return false;
  Emission emission{core_, actor, slot, requests_, scratch_, hunt_ms(), folded_, nullptr};
  bool more = false;
  if (!slot.actor->deliver([&] { more = slot.actor->role().react(emission); })) slot.recovering = true;
  return more;
}

// Time passes: what opens by a time of day, by hunt time, and the board that is shown at most once a second.
void Shard::tick(std::int64_t now_ns) {
  ticked_ns_ = now_ns;
  if (is_local(kHuntActor)) mark_dirty(kHuntActor);
  const auto passed = std::ranges::upper_bound(elapsed_thresholds_ms_, hunt_ms());
  if (passed != elapsed_thresholds_ms_.begin()) {
    elapsed_thresholds_ms_.erase(elapsed_thresholds_ms_.begin(), passed);
    mark_all_dirty();
  }
  if (Slot& slot = slots_[kScoreboardActor]; slot.actor != nullptr && !slot.recovering)
    if (auto* board = dynamic_cast<Scoreboard*>(&slot.actor->role()))
      if (const auto notice = board->take_notice(now_ns)) tell_notice(*notice);
}

// A board that finds a ring full becomes one with the next.
void Shard::tell_notice(const Notice& notice) {
  bus::Head told;
  told.kind = static_cast<std::uint16_t>(Between::kNotice);
  told.target = static_cast<std::uint32_t>(notice.kind);
  told.operands = {notice.version, notice.frozen ? 1U : 0U, 0, 0};
  for (std::size_t core = 0; core < core_.cores(); ++core) core_.out().merge(core, told);
}

}  // namespace cairn::actors
