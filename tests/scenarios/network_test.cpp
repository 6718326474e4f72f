// Goal: whatever a network does to one player costs nobody else anything, and him nothing that he cannot get back.
// Breaks when: a lost byte loses or doubles a guess, a slow reader is skipped in silence, or a dead connection lives on.
#include "tests/world/hunt.hpp"

using namespace cairn::story;

namespace {

constexpr std::size_t kAnnouncementBytes = 280;
constexpr int kNews = 1'200;

// Longer news than anybody's allowance.
void talk_for_long(Hunt& hunt) {
  for (int i = 0; i < kNews; ++i) {
    const std::string text = std::to_string(i) + std::string(kAnnouncementBytes - 4, '.');
    CHECK(hunt.world().start_operating(cairn::actors::CommandKind::kAnnounce, {}, text));
    if (i % 10 == 9) hunt.world().after(200ms);
  }
  hunt.settles();
}

// So many clues that a team's stream outgrows its window.
void many_clues(cairn::config::Hunt& h) {
  const auto lantern = h.find_puzzle("lantern");
  h.puzzles[cairn::config::index(*lantern)].clues.assign(
      120, {.text = std::string(2000, 'x'), .discovery = {}, .code = {}});
}

}  // namespace

STORY("a connection that is lost at any byte of a guess or its reply loses no guess and doubles none") {
  Hunt hunt{"quay", {.rewritten = [](cairn::config::Hunt& h) { h.guesses.tries = 1'000; }}};
  Team& red = hunt.team("Red", 2);
  int left = 1'000;
  for (std::size_t bytes = 1; bytes < 420; bytes += 13) {
    const std::string guess = "guess " + std::to_string(bytes);
    red[0].loses_connection_after(bytes);
    red[0].begins_to_submit("lantern", guess, guess);
    hunt.after(1s);
    red[0].resumes();
    CHECK(red[0].submits("lantern", guess, guess)["guesses_left"] == std::to_string(--left));
  }
  CHECK(red[1].submits("lantern", "guess 417") == "already_tried");
}

STORY("a connection that is lost in the middle of an event's frame is resumed behind the last whole one") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  Team& blue = hunt.team("Blue");
  for (std::size_t bytes = 1; bytes < 600; bytes += 23) {
    blue[0].loses_connection_after(bytes);
    hunt.announces("News of " + std::to_string(bytes));
    hunt.announces("More of " + std::to_string(bytes));
    blue[0].resumes();
    CHECK(everyone, sees_once(announcement("News of " + std::to_string(bytes))));
    CHECK(everyone, sees_once(announcement("More of " + std::to_string(bytes))));
  }
  CHECK(red, is_connected());
}

STORY("a connection that has fallen silent is given up when it answers no ping, and the player comes back") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red", 2);
  hunt.after(1min);
  CHECK(red, is_connected());
  red[1].falls_silent();
  hunt.announces("Into the void.");
  CHECK(hunt.world().connected_players() == 2);
  hunt.after(38s);
  CHECK(hunt.world().connected_players() == 1);
  CHECK(red[0], is_connected());
  red[1].resumes();
  CHECK(red, sees_once(announcement("Into the void.")));
}

STORY("who finds his connection silent opens another and does not wait for the old one's end") {
  Hunt hunt{"quay"};
  Team& red = hunt.team("Red");
  red[0].begins_to_submit("lantern", "moon", "c-1");
  red[0].falls_silent();
  hunt.after(3s);
  red[0].resumes();
  CHECK(red[0].submits("lantern", "moon", "c-1")["guesses_left"] == "2");
  hunt.after(1min);
  CHECK(red[0], is_connected());
  CHECK(hunt.world().connected_players() == 1);
}

STORY(
    "who reads the public news too slowly is told so, gets a snapshot, and goes on behind it; nobody waits "
    "for him") {
  Hunt hunt{"quay", {.socket_send_bytes = 4'096}};
  Team& red = hunt.team("Red", 2);
  red[1].reads(2'000);
  talk_for_long(hunt);
  CHECK(red[0], sees_times(kNews, event("announcement")));
  red[1].reads(0);
  hunt.after(5s);
  CHECK(red[1].times_told_a("resync_required") == 1);
  CHECK(red[1].times_told_a("snapshot") == 1);
  CHECK(red[1], is_connected());
  hunt.announces("And so to bed.");
  CHECK(everyone, sees_once(announcement("And so to bed.")));
  CHECK(red[1].submits("lantern", "lighthouse") == "correct");
  CHECK(red, sees_once(puzzle_solved("lantern")));
}

STORY("who falls behind on his team's own stream is closed, and resumes") {
  Hunt hunt{"quay", {.rewritten = many_clues, .socket_send_bytes = 4'096}};
  Team& red = hunt.team("Red", 2);
  red[1].reads(1'000);
  unsigned clues = 0;
  while (hunt.world().connected_players() == 2 && clues < 120)
    CHECK(red.discovers_clue("lantern", clues++) == "ok");
  CHECK(red[0], sees_times(clues, event("clue_discovered")));
  red[1].reads(0);
  hunt.after(1s);
  CHECK(red[1], is_closed(4008));
  red[1].resumes();
  CHECK(red[1], is_connected());
  red[1].solves("lantern");
  CHECK(red, sees_once(puzzle_solved("lantern")));
}

STORY("when the storm is over everybody is at the head within five seconds") {
  Hunt hunt{"quay"};
  std::vector<Team*> teams;
  teams.reserve(6);
  for (int i = 0; i < 6; ++i) teams.push_back(&hunt.team("Team" + std::to_string(i), 2));
  auto& random = hunt.world().random();
  for (int blow = 0; blow < 40; ++blow) {
    Player& player = (*teams[random.next() % teams.size()])[random.next() % 2];
    if (!player.self().is_connected()) {
      player.resumes();
      continue;
    }
    if (random.next() % 2 == 0)
      player.loses_connection_after(random.next() % 700);
    else
      player.falls_silent();
    hunt.announces("Blow " + std::to_string(blow));
  }
  for (Team* team : teams)
    for (const auto& player : team->members()) player->self().start_resuming();
  hunt.after(4s);
  for (Team* team : teams)
    for (const auto& player : team->members())
      CHECK(player->self().heard("hunt") == (*teams[0])[0].self().heard("hunt"));
  CHECK(everyone, is_connected());
  hunt.announces("Calm.");
  CHECK(everyone, sees_once(announcement("Calm.")));
}

STORY("under delays every player sees the public events in the one order that they have") {
  Hunt hunt{"quay",
            {.weather = cairn::world::Weather{.delay_ns_min = 1'000'000, .delay_ns_max = 400'000'000}}};
  std::vector<Team*> teams;
  teams.reserve(6);
  for (int i = 0; i < 5; ++i) teams.push_back(&hunt.team("Team" + std::to_string(i), 2));
  for (Team* team : teams) (*team)[1].begins_to_submit("lantern", "lighthouse", "race");
  hunt.after(3s);
  const auto order = [](Player& player) {
    std::vector<std::string> events;
    for (const auto& told : player.self().events())
      if (told.stream == "hunt") events.push_back(told.json);
    return events;
  };
  CHECK(everyone, sees_times(5, event("team_solved")));
  CHECK(everyone, sees_once(event("first_solve")));
  // Who joined later has seen the end of it.
  const auto all = order((*teams[0])[0]);
  for (Team* team : teams)
    for (const auto& player : team->members()) {
      const auto seen = order(*player);
      CHECK(std::equal(seen.rbegin(), seen.rend(), all.rbegin()));
    }
}
