#include "tools/cairn/house.hpp"

#include <pthread.h>

#include <algorithm>
#include <array>
#include <caf/all.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <string>

#include "actors/folded_hunt.hpp"
#include "actors/messages/event.hpp"
#include "net/protocol/event_encoder.hpp"

namespace cairn {

namespace {

void name_thread(const std::string& name) { ::pthread_setname_np(::pthread_self(), name.c_str()); }

}  // namespace

// What an entry tells the streams, between a journal that knows no hunt and a protocol that knows no journal.
class House::Encoder final : public bus::EventEncoder {
 public:
  explicit Encoder(std::shared_ptr<const config::Hunt> hunt) : hunt_(std::move(hunt)) {}

  void streams_of(std::uint64_t sequence, std::span<const std::byte> body,
                  std::vector<std::uint32_t>& streams) override {
    const Result<actors::Entry> entry = actors::decode_entry(sequence, body);
    CAIRN_ASSERT(entry.has_value());
    actors::for_each_event(*entry, [&](const actors::EventRef& event) { streams.push_back(event.stream); });
  }

  std::size_t encode(std::uint64_t sequence, std::span<const std::byte> body, std::size_t index,
                     std::uint64_t offset, std::span<std::byte> out) override {
    const Result<actors::Entry> entry = actors::decode_entry(sequence, body);
    CAIRN_ASSERT(entry.has_value());
    std::size_t bytes = 0;
    std::size_t at = 0;
    actors::for_each_event(*entry, [&](const actors::EventRef& event) {
      if (at++ == index) bytes = net::encode_event(*hunt_, *entry, event, offset, out);
    });
    return bytes;
  }

 private:
  std::shared_ptr<const config::Hunt> hunt_;
};

std::string identity_of(const config::Hunt& hunt, bool is_rehearsal) {
  return is_rehearsal ? hunt.id + ", a rehearsal" : hunt.id;
}

Result<std::unique_ptr<House>> House::open(HouseOptions options, const bus::Clock& clock,
                                           const std::vector<bus::Poller*>& pollers) {
  Result<std::unique_ptr<bus::Store>> store = bus::Store::open_unproved(
      *options.files, *options.random, options.data, identity_of(*options.hunt, clock.speed() > 1));
  if (!store) return store.error();
  return std::unique_ptr<House>(new House(std::move(options), clock, pollers, std::move(*store)));
}

House::House(HouseOptions options, const bus::Clock& clock, const std::vector<bus::Poller*>& pollers,
             std::unique_ptr<bus::Store> store)
    : options_(std::move(options)),
      clock_(clock),
      store_(std::move(store)),
      encoder_(std::make_unique<Encoder>(options_.hunt)) {
  const std::uint32_t teams = options_.hunt->teams_max;
  streams_ = std::make_unique<bus::StreamSet>(
      std::array<std::uint32_t, bus::kStreamKinds>{1, teams, teams * actors::kMemberSlots, 1},
      options_.cores + 1);
  exchange_ = std::make_unique<bus::Exchange>(options_.cores);
  journal_ = std::make_unique<bus::Journal>(*store_, *exchange_, *streams_, *encoder_, clock, options_.tell);
  // One worker for what is cold: as CAF comes it starts four and looks for work all the time.
  system_config_.set("scheduler.policy", options_.cold_by_hand ? caf::atom("testing") : caf::atom("sharing"));
  system_config_.set("scheduler.max-threads", std::size_t{1});
  system_ = std::make_unique<caf::actor_system>(system_config_);
  for (std::size_t i = 0; i < options_.cores; ++i) {
    cores_.push_back(std::make_unique<bus::Core>(
        i, *exchange_, streams_->epochs(), actors::Shard::queues(*options_.hunt), clock, *pollers.at(i)));
    shards_.push_back(
        std::make_unique<actors::Shard>(*cores_.back(), options_.hunt, *system_, options_.role_factory));
  }
  const actors::Placement placement{options_.hunt, options_.cores};
  supervisor_ = actors::spawn_supervisor(
      *system_,
      [this, placement](actors::ActorId actor) -> actors::RestartPort& {
        return *shards_[placement.core_of(actor)];
      },
      options_.tell);
  for (const auto& shard : shards_) {
    shard->supervise(supervisor_);
    shard->spawn_actors();
  }
}

House::~House() {
  stop();
  for (const auto& shard : shards_) shard->shut_down();
  caf::anon_send_exit(supervisor_, caf::exit_reason::user_shutdown);
  supervisor_ = nullptr;
  turn_cold();
  system_->await_all_actors_done();
  // A restart that the supervisor asked for at the last moment has nothing left to restart, but is still to be freed.
  for (const auto& shard : shards_) shard->shut_down();
}

bool House::turn_cold() {
  auto* by_hand = dynamic_cast<caf::scheduler::test_coordinator*>(&system_->scheduler());
  return by_hand != nullptr && by_hand->run() > 0;
}

Result<void> House::replay() {
  const std::optional<bus::Mark> behind = load_checkpoint();
  Result<void> replayed = journal_->replay(
      behind, [this](std::uint64_t sequence, std::span<const std::byte> body) -> Result<void> {
        const Result<actors::Entry> entry = actors::decode_entry(sequence, body);
        if (!entry) return entry.error();
        for (const auto& shard : shards_) shard->replay(*entry);
        ++replayed_;
        return {};
      });
  if (!replayed) return replayed;
  archivist_ = std::make_unique<Archivist>(
      Archivist::Parts{options_.hunt, options_.files, options_.random, options_.data, options_.backed_up,
                       checkpoint_kind(), options_.checkpoint_every, options_.tell},
      *store_, *journal_, *streams_, options_.cores, clock_);
  if (behind) archivist_->trusted(*behind);
  if (replayed_ >= options_.checkpoint_every) {
    actors::StateWriter state;
    save_state(state);
    archivist_->keep({.sequence = store_->head(), .link = store_->head_link()}, state.take());
  }
  for (const auto& shard : shards_) shard->start();
  return {};
}

Result<void> House::read_journal(
    const std::function<Result<void>(std::uint64_t sequence, std::span<const std::byte> body)>& visit) {
  return store_->read(1, store_->head(),
                      [&](const bus::Record& record) { return visit(record.sequence, record.body); });
}

// What it stands for; nothing if there is none that can be trusted.
std::optional<bus::Mark> House::load_checkpoint() {
  const auto loaded = bus::Checkpoint::load(*options_.files, options_.data, checkpoint_kind());
  if (!loaded) {
    options_.tell("this start takes longer: " + loaded.error().message);
    return std::nullopt;
  }
  const bus::Mark& mark = loaded->mark();
  if (mark.sequence == 0) return std::nullopt;
  if (!store_->holds(mark)) {
    options_.tell("this start takes longer: the checkpoint in " + options_.data.string() +
                  " is of another journal");
    return std::nullopt;
  }
  for (const auto& shard : shards_) shard->load(mark.sequence, actors::StateReader{loaded->state()});
  // As in Shard::load(): it was written by this very code.
  CAIRN_ASSERT(loaded->for_each_stream([this](std::uint32_t stream, std::uint64_t first_offset,
                                              std::uint64_t last_offset, std::span<const std::byte> frames) {
    return journal_->restore(stream, first_offset, last_offset, frames);
  }));
  return mark;
}

bool House::is_settled() {
  return std::ranges::all_of(shards_, [](const auto& shard) { return shard->is_settled(); });
}

void House::save_state(actors::StateWriter& out) const {
  const actors::Placement placement{options_.hunt, cores_.size()};
  shards_[0]->save_shared(out);
  std::size_t teams = 0;
  const auto team = [&](std::size_t t) { return actors::actor_id(actors::ActorKind::kTeam, t); };
  while (teams < options_.hunt->teams_max &&
         shards_[placement.core_of(team(teams))]->role(team(teams)) != nullptr)
    ++teams;
  save_roles(
      *options_.hunt, teams,
      [&](actors::ActorId actor) -> const actors::Role& {
        return *shards_[placement.core_of(actor)]->role(actor);
      },
      out);
  out.put_part([&] { shards_[0]->save_view(out); });
}

std::string House::state_hash() const {
  actors::StateWriter state;
  save_state(state);
  return actors::state_hash(state.bytes());
}

void House::run() {
  journal_thread_ = std::jthread([this](const std::stop_token& stop) {
    name_thread("journal");
    journal_->run(stop);
  });
  archivist_thread_ = std::jthread([this](const std::stop_token& stop) {
    name_thread("archivist");
    archivist_->run(stop);
  });
  for (std::size_t i = 0; i < cores_.size(); ++i)
    core_threads_.emplace_back([this, i](const std::stop_token& stop) {
      name_thread("core-" + std::to_string(i));
      shards_[i]->enter();
      cores_[i]->run(stop,
                     options_.cpus.empty() ? bus::kAnyProcessor : options_.cpus[i % options_.cpus.size()]);
    });
}

// First the cores, so that whatever they have decided is in the journal's rings; then the journal, which empties them; then
// what it has committed is folded, so that the rings back take it all; and last a checkpoint, so that the next start is
// short, and what all of it came to.
void House::stop() {
  for (std::size_t i = 0; i < core_threads_.size(); ++i) {
    core_threads_[i].request_stop();
    cores_[i]->wake();
  }
  core_threads_.clear();
  if (!journal_thread_.joinable()) return;
  journal_thread_.request_stop();
  journal_->wake();
  journal_thread_.join();
  while (journal_->turn())
    for (const auto& core : cores_) core->fold_rest();
  for (const auto& core : cores_) core->fold_rest();
  archivist_thread_.request_stop();
  archivist_->wake();
  archivist_thread_.join();
  if (journal_->read_only()) return;
  archivist_->finish();
  tell_last_state();
}

// An actor that is being restarted in this very moment has nothing to tell.
void House::tell_last_state() {
  if (!is_settled()) return;
  const LastState last{.mark = {.sequence = store_->head(), .link = store_->head_link()},
                       .hash = state_hash()};
  if (const Result<void> written = write_last_state(*options_.files, options_.data, last); !written)
    return options_.tell(written.error().message);
  last_state_ = last;
}

}  // namespace cairn
