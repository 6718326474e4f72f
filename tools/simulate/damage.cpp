#include "tools/simulate/damage.hpp"

#include <algorithm>

#include "bus/journal/store.hpp"
#include "tools/simulate/play.hpp"

namespace cairn::simulate {

namespace {

constexpr const char* kHarmless = "damage_lost_nothing";
constexpr const char* kCheckpointIgnored = "damaged_checkpoint_ignored";
constexpr const char* kRefused = "damage_refused";
constexpr const char* kFoundLater = "damage_found_behind_a_checkpoint";
constexpr const char* kRepaired = "damage_repaired";
constexpr const char* kLost = "repair_lost_entries";
constexpr const char* kBeyondRepair = "damage_beyond_repair";

bool says(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

std::vector<std::filesystem::path> files_on(const world::SimulatedDisk& disk) {
  std::vector<std::filesystem::path> files;
  for (const char* name : {"journal.db", "journal.db-wal", "journal.mark", "journal.checkpoint"}) {
    std::filesystem::path path = std::filesystem::path{kDataDirectory} / name;
    const auto found = disk.tree().find(path.string());
    if (found && !disk.tree().node(*found).content.empty()) files.push_back(std::move(path));
  }
  return files;
}

// Who finds no room is told so, and tries again.
actors::Code announce(world::World& world) {
  constexpr int kTries = 20;
  actors::Code code = actors::Code::kOverloaded;
  for (int i = 0; i < kTries && code == actors::Code::kOverloaded; ++i)
    code = world.operate(actors::CommandKind::kAnnounce, {}, "We are back.");
  return code;
}

}  // namespace

std::vector<std::string> Damage::sights() {
  // What is beyond repair is counted too, but too rare to wait for.
  return {kHarmless, kCheckpointIgnored, kRefused, kFoundLater, kRepaired, kLost};
}

void Damage::complain(const std::string& what) {
  result_.complaints.push_back("a server with " + where_ + " flipped " + what);
}

bool Damage::happens(const world::SimulatedDisk& disk, const Step& step) {
  const std::vector<std::filesystem::path> files = files_on(disk);
  if (files.empty()) return false;
  world::SimulatedDisk damaged{disk.tree(), step.a};
  const std::filesystem::path& file = files[step.b % files.size()];
  const std::uint64_t bits = 8 * *damaged.bytes(file);
  // Sometimes in a file's head, which is small and says what the rest is.
  constexpr std::uint64_t kHeadBits = 800;
  const std::uint64_t bit =
      (std::uint64_t{step.a} << 32U | step.c) % (step.b / 4 % 8 == 0 ? std::min(bits, kHeadBits) : bits);
  where_ = "bit " + std::to_string(bit) + " of " + file.string();
  is_in_journal_ = file.filename() == "journal.db" || file.filename() == "journal.db-wal";
  damaged.flip_bit(file, bit);

  const std::unique_ptr<world::World> served = start(damaged);
  if (served == nullptr) {
    see(kRefused);
    if (!says(refusal_, "cairn repair") && !says(refusal_, "backup"))
      complain("is refused, and nothing says what to do: " + refusal_);
    repair(damaged);
  } else if (served->house().archivist().figures().is_damaged) {
    see(kFoundLater);
    check_read_only(*served);
    served->die();
    repair(damaged);
  } else {
    see(kHarmless);
    if (served->house().archivist().figures().unproved > 0) complain("serves entries that nobody has proved");
    check_serving(*served, known_.size());
  }
  return true;
}

std::unique_ptr<world::World> Damage::start(world::SimulatedDisk& disk) {
  world::WorldOptions in = on_disk(disk, options_, checkpoint_every_);
  in.tell = [this](const std::string& what) {
    if (says(what, "journal.checkpoint is ignored")) see(kCheckpointIgnored);
  };
  try {
    return std::make_unique<world::World>(std::move(in));
  } catch (const std::runtime_error& refused) {
    refusal_ = refused.what();
    // What it had open is closed; its process is gone.
    disk.crash();
    return nullptr;
  }
}

void Damage::repair(world::SimulatedDisk& disk) {
  bus::SeededRandom random{2};
  const auto repaired = bus::Store::repair(disk, random, kDataDirectory);
  if (!repaired) {
    see(kBeyondRepair);
    if (!says(repaired.error().message, "backup"))
      complain("cannot be repaired, and nothing says what to do: " + repaired.error().message);
    return;
  }
  see(kRepaired);
  const std::unique_ptr<world::World> served = start(disk);
  if (served == nullptr) return complain("is refused after its repair: " + refusal_);
  if (repaired->head < known_.size()) see(kLost);
  check_serving(*served, is_in_journal_ ? repaired->head : known_.size());
}

void Damage::check_serving(world::World& world, std::size_t entries_min) {
  const Result<Entries> entries = entries_of(world.house());
  if (!entries) return complain("serves a journal that cannot be read: " + entries.error().message);
  if (entries->size() < entries_min)
    complain("has lost all from entry " + std::to_string(entries->size() + 1) + " on, of " +
             std::to_string(known_.size()));
  // Behind those it may know more: what was on its way when the other one stood still, and what it has decided itself.
  const std::size_t common = std::min({entries->size(), known_.size(), entries_min});
  for (std::size_t i = 0; i < common; ++i)
    if ((*entries)[i] != known_[i]) return complain("serves another entry " + std::to_string(i + 1));
  if (const std::string why = unlike_fold(world.house(), options_.hunt, *entries); !why.empty())
    complain("serves a wrong state: " + why);
  if (announce(world) != actors::Code::kOk) complain("does not go on");
}

void Damage::check_read_only(world::World& world) {
  if (!world.house().journal().read_only()) complain("has found its journal damaged, and goes on writing");
  if (announce(world) == actors::Code::kOk) complain("has found its journal damaged, and acknowledges");
  if (world.house().journal().committed() != known_.size()) return;
  if (const std::string why = unlike_fold(world.house(), options_.hunt, known_); !why.empty())
    complain("is read-only, and shows a wrong state: " + why);
}

}  // namespace cairn::simulate
