#include "actors/folded_hunt.hpp"

#include "actors/folders.hpp"

namespace cairn::actors {

namespace {

template <class F>
void for_each_fixed_actor(const config::Hunt& hunt, F&& f) {
  f(kHuntActor);
  f(kScoreboardActor);
  for (std::size_t d = 0; d < hunt.districts.size(); ++d) f(actor_id(ActorKind::kDistrict, d));
  for (std::size_t p = 0; p < hunt.puzzles.size(); ++p) f(actor_id(ActorKind::kPuzzle, p));
}

template <class F>
void for_each_actor(const config::Hunt& hunt, std::size_t teams, F&& f) {
  for_each_fixed_actor(hunt, f);
  for (std::size_t t = 0; t < teams; ++t) f(actor_id(ActorKind::kTeam, t));
}

}  // namespace

void save_shared(const World& world, const HuntClock& clock, const RequestMemory& requests,
                 StateWriter& out) {
  out.put_part([&] {
    world.save(out);
    clock.save(out);
    requests.save(out);
  });
}

void load_shared(World& world, HuntClock& clock, RequestMemory& requests, StateReader& in,
                 std::int64_t played_ns) {
  StateReader part = in.get_part();
  world.load(part);
  clock.load(part, played_ns);
  requests.load(part);
  if (!part.ok() || !part.at_end()) in.refuse();
}

void save_roles(const config::Hunt& hunt, std::size_t teams,
                const std::function<const Role&(ActorId)>& role_of, StateWriter& out) {
  out.put(static_cast<std::uint32_t>(teams));
  for_each_actor(hunt, teams, [&](ActorId actor) { out.put_part([&] { role_of(actor).save(out); }); });
}

void load_roles(const config::Hunt& hunt, const std::function<Role*(ActorId)>& role_of, StateReader& in) {
  const auto teams = in.get<std::uint32_t>();
  if (teams > hunt.teams_max) return in.refuse();
  for_each_actor(hunt, teams, [&](ActorId actor) {
    StateReader part = in.get_part();
    if (!in.ok()) return;
    Role* role = role_of(actor);
    if (role == nullptr) return;
    role->load(part);
    if (!part.ok() || !part.at_end()) in.refuse();
  });
}

FoldedHunt::FoldedHunt(std::shared_ptr<const config::Hunt> hunt)
    : hunt_(std::move(hunt)), world_(*hunt_), requests_(std::size_t{hunt_->teams_max} * kMemberSlots) {
  for_each_fixed_actor(*hunt_, [this](ActorId actor) { make(actor); });
}

void FoldedHunt::make(ActorId actor) {
  roles_.emplace(actor, make_role(actor, hunt_, world_));
  if (kind_of(actor) == ActorKind::kTeam) ++teams_;
}

void FoldedHunt::fold(const Entry& entry) {
  clock_.replay(entry, 0);
  world_.fold(entry);
  if (entry.reply && !entry.request_id.empty())
    requests_.commit(entry.player, entry.request_id, *entry.reply);
  if (entry.kind == EntryKind::kTeamCreated) make(actor_id(ActorKind::kTeam, index(entry.team)));
  for_each_folder(entry, [&](ActorId actor) { roles_.at(actor)->fold(entry); });
}

void FoldedHunt::save(StateWriter& out) const {
  save_shared(world_, clock_, requests_, out);
  save_roles(
      *hunt_, teams_, [this](ActorId actor) -> const Role& { return *roles_.at(actor); }, out);
}

void FoldedHunt::load(StateReader& in) {
  load_shared(world_, clock_, requests_, in, 0);
  load_roles(
      *hunt_,
      [this](ActorId actor) {
        if (kind_of(actor) == ActorKind::kTeam) make(actor);
        return roles_.at(actor).get();
      },
      in);
}

}  // namespace cairn::actors
