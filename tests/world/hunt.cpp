#include "tests/world/hunt.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <stdexcept>
#include <tuple>

#include "net/protocol/names.hpp"

namespace cairn::story {

namespace {

Hunt* innermost = nullptr;

std::shared_ptr<const config::Hunt> load(const std::string& name,
                                         const std::function<void(config::Hunt&)>& rewritten) {
  if (!rewritten) return test::hunt_named(name);
  auto other = std::make_shared<config::Hunt>(*test::hunt_named(name));
  rewritten(*other);
  return other;
}

// In a story the process dies, never the machine: its journal may lie in memory, where a sync costs nothing.
std::filesystem::path place_for_data() {
  const std::filesystem::path in_memory = "/dev/shm";
  std::error_code none;
  return std::filesystem::is_directory(in_memory, none) ? in_memory : std::filesystem::temp_directory_path();
}

}  // namespace

Hunt::Hunt(std::string_view name, HuntOptions options)
    : folder_(place_for_data()),
      name_(name),
      seed_(options.seed.value_or(seed_of_run())),
      sky_(sky_of(seed_)),
      outer_(innermost),
      unwinding_(std::uncaught_exceptions()),
      told_([this](std::ostream* out) {
        note_failure();
        *out << told(printed_);
        printed_ = story_.lines();
      }) {
  if (options.weather) sky_ = {*options.weather, "a weather of its own"};
  world::WorldOptions of_world;
  of_world.hunt = load(name_, options.rewritten);
  of_world.data = folder_.path() / "data";
  of_world.seed = seed_;
  of_world.cores = options.cores;
  of_world.weather = sky_.weather;
  of_world.socket_send_bytes = options.socket_send_bytes;
  of_world.chronicle = &story_;
  world_ = std::make_unique<world::World>(std::move(of_world));
  innermost = this;
}

Hunt::~Hunt() noexcept(false) {
  innermost = outer_;
  if (std::uncaught_exceptions() > unwinding_) return;
  if (const std::string what = broken(); !what.empty()) DOCTEST_FAIL_CHECK(what);
}

Hunt& Hunt::current() {
  if (innermost == nullptr) throw std::logic_error("`everyone` is of a Hunt, and there is none");
  return *innermost;
}

// --- who is there ---

Team& Hunt::team(std::string_view name, std::size_t members) {
  return *teams_.emplace_back(std::make_unique<Team>(*this, world_->team(name, members)));
}

Player& Hunt::spectator() {
  return *others_.emplace_back(std::make_unique<Player>(*this, world_->spectator()));
}

Player& Hunt::second_device_of(Player& player, std::size_t core) {
  world::Player& device = world_->another_device(player.self(), core);
  return *others_.emplace_back(std::make_unique<Player>(*this, device));
}

world::HttpAnswer Hunt::posts(std::string_view path, std::string_view json) {
  world_->did("somebody", "posts " + std::string{path} + " " + std::string{json});
  world::HttpAnswer answer = world_->post(path, json);
  world_->did("the server", "answers " + std::to_string(answer.status) + " " + answer.body);
  return answer;
}

// --- what an operator does ---

std::string Hunt::operates(const std::string& what, actors::CommandKind kind, std::string_view district,
                           std::string_view text) {
  world_->did("an operator", what);
  std::string outcome{net::name_of(world_->operate(kind, district, text))};
  if (outcome != "ok") world_->did("an operator", "is refused: " + outcome);
  return outcome;
}

std::string Hunt::opens(std::string_view district) {
  return operates("opens " + std::string{district}, actors::CommandKind::kOpenDistrict, district);
}
void Hunt::begins_to_open(std::string_view district) {
  world_->did("an operator", "begins to open " + std::string{district});
  static_cast<void>(world_->start_operating(actors::CommandKind::kOpenDistrict, district));
}
std::string Hunt::closes(std::string_view district) {
  return operates("closes " + std::string{district}, actors::CommandKind::kCloseDistrict, district);
}
std::string Hunt::announces(std::string_view text) {
  return operates("announces: " + std::string{text}, actors::CommandKind::kAnnounce, {}, text);
}
std::string Hunt::pauses() { return operates("pauses the hunt", actors::CommandKind::kPauseHunt); }
std::string Hunt::goes_on() { return operates("lets the hunt go on", actors::CommandKind::kResumeHunt); }
std::string Hunt::ends() { return operates("ends the hunt", actors::CommandKind::kEndHunt); }

// --- time ---

void Hunt::after(std::chrono::nanoseconds time) {
  world_->did("time",
              "passes: " + std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count()) +
                  " seconds");
  world_->after(time);
  world_->settle();
}

void Hunt::until(int hour, int minute) {
  constexpr std::int64_t kDayMs = 86'400'000;
  const std::int64_t now_ms = world_->clock().wall_ms() % kDayMs;
  const std::int64_t then_ms = (hour * 60 + minute) * std::int64_t{60'000};
  after(std::chrono::milliseconds{(then_ms - now_ms + kDayMs) % kDayMs});
}

void Hunt::clock_jumps(std::chrono::milliseconds by) {
  world_->did("the machine's clock", "jumps by " + std::to_string(by.count() / 1000) + " seconds");
  world_->clock().jump_wall_ms(by.count());
}

void Hunt::turns(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) world_->turn();
}

// --- misfortune ---

void Hunt::crashes() { world_->crash_and_restart(); }

void Hunt::everyone_resumes() {
  for (const auto& team : teams_)
    for (const auto& player : team->members()) player->resumes();
}

// --- for checks ---

const config::Puzzle& Hunt::puzzle(std::string_view id) const {
  const auto found = world_->hunt().find_puzzle(id);
  if (!found) throw std::runtime_error("the hunt " + name_ + " has no puzzle \"" + std::string{id} + "\"");
  return world_->hunt()[*found];
}

std::string Hunt::told(std::size_t lines) const {
  return "the story so far (hunt " + name_ + ", seed " + std::to_string(seed_) + ", " + sky_.words + "):\n" +
         story_.text(lines) + "to tell it again:\n  " + replay_command() + "\n";
}

void Hunt::insists(bool holds, const std::string& otherwise, const char* file, int line) {
  if (!holds) DOCTEST_ADD_FAIL_AT(file, line, otherwise);
}

// A stream is named by its owner: everybody's, a team's or a player's.
std::string Hunt::broken() const {
  std::string what;
  std::map<std::tuple<std::string, std::string, std::uint64_t>, std::string> bytes;
  const auto look_at = [&](const std::string& team, const world::Player& player) {
    if (!player.complaint().empty()) what += player.complaint() + "\n";
    for (const auto& [id, asked] : player.asked())
      if (asked.is_ambiguous) what += player.name() + " was given two replies to " + id + "\n";
    for (const world::ToldEvent& told : player.events()) {
      const std::string& owner = told.stream == "hunt"   ? told.stream
                                 : told.stream == "team" ? team
                                                         : player.name();
      const auto [first, is_new] = bytes.try_emplace({told.stream, owner, told.offset}, told.json);
      if (!is_new && first->second != told.json)
        what += "two events have the offset " + std::to_string(told.offset) + " of " + told.stream + ": " +
                first->second + " and " + told.json + "\n";
    }
  };
  for (const auto& team : world_->teams())
    for (const auto& player : team->members) look_at(team->name, *player);
  for (const auto& other : others_) look_at(other->name(), other->self());
  return what;
}

}  // namespace cairn::story
