#include "tools/simulate/proof.hpp"

#include <algorithm>

namespace cairn::simulate {

namespace {

// "" if they are the same.
std::string difference(std::span<const std::byte> has, std::span<const std::byte> should) {
  if (std::ranges::equal(has, should)) return {};
  const auto at = std::ranges::mismatch(has, should).in1 - has.begin();
  return "differs from byte " + std::to_string(at) + " on (of " + std::to_string(has.size()) + ", and of " +
         std::to_string(should.size()) + " as it should be)";
}

// What every core holds for itself and all alike.
std::vector<std::byte> held_by(House& house, std::size_t core) {
  actors::StateWriter out;
  house.shard(core).save_shared(out);
  out.put_part([&] { house.shard(core).save_view(out); });
  return out.take();
}

}  // namespace

Result<Entries> entries_of(House& house) {
  Entries entries;
  const Result<void> read =
      house.read_journal([&](std::uint64_t /*sequence*/, std::span<const std::byte> body) -> Result<void> {
        entries.emplace_back(body.begin(), body.end());
        return {};
      });
  if (!read) return read.error();
  return entries;
}

std::string unlike_fold(House& house, const std::shared_ptr<const config::Hunt>& hunt,
                        const Entries& entries) {
  if (!house.is_settled()) return "the house does not come to rest: an actor is dead, or a decision is lost";
  Fold fold{hunt};
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (const Result<void> folded = fold.fold(i + 1, entries[i]); !folded) return folded.error().message;
  actors::StateWriter should;
  fold.save(should);
  actors::StateWriter has;
  house.save_state(has);
  if (std::string differs = difference(has.bytes(), should.bytes()); !differs.empty())
    return "the state is not what the journal's " + std::to_string(entries.size()) + " entries fold to: it " +
           differs;
  const std::vector<std::byte> first = held_by(house, 0);
  for (std::size_t core = 1; core < house.cores(); ++core)
    if (std::string differs = difference(held_by(house, core), first); !differs.empty())
      return "core " + std::to_string(core) + " holds something else than core 0: it " + differs;
  return {};
}

std::string unlike_its_fold(House& house, const std::shared_ptr<const config::Hunt>& hunt) {
  const Result<Entries> entries = entries_of(house);
  return entries ? unlike_fold(house, hunt, *entries) : entries.error().message;
}

}  // namespace cairn::simulate
