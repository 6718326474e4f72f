#include "tools/crowd/puzzle_book.hpp"

#include <simdjson.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tools/crowd/json_read.hpp"

namespace cairn::crowd {
namespace {

namespace dom = simdjson::dom;

std::string text_of(dom::object from, std::string_view name) {
  std::string_view text;
  if (from[name].get(text) != simdjson::SUCCESS) return {};
  return std::string(text);
}

std::vector<std::string> texts_of(dom::object from, std::string_view name) {
  std::vector<std::string> texts;
  dom::array list;
  if (from[name].get(list) != simdjson::SUCCESS) return texts;
  for (const dom::element item : list) {
    std::string_view text;
    if (item.get(text) == simdjson::SUCCESS) texts.emplace_back(text);
  }
  return texts;
}

void read_clues(dom::object from, PuzzleSolution& puzzle) {
  constexpr std::uint64_t kCluesMax = 32;
  dom::array clues;
  if (from["clues"].get(clues) != simdjson::SUCCESS) return;
  for (const dom::element item : clues) {
    dom::object clue;
    if (item.get(clue) != simdjson::SUCCESS) continue;
    std::uint64_t index = puzzle.clue_codes.size();
    read_member(clue, "index", index);
    if (index >= kCluesMax) continue;
    if (index >= puzzle.clue_codes.size()) puzzle.clue_codes.resize(static_cast<std::size_t>(index) + 1);
    puzzle.clue_codes[static_cast<std::size_t>(index)] = text_of(clue, "code");
  }
}

void read_place(dom::object from, PuzzleSolution& puzzle) {
  dom::array at;
  const bool has_place = from["at"].get(at) == simdjson::SUCCESS &&
                         at.at(0).get(puzzle.longitude) == simdjson::SUCCESS &&
                         at.at(1).get(puzzle.latitude) == simdjson::SUCCESS;
  std::uint64_t radius_m = 0;
  read_member(from, "radius_m", radius_m);
  puzzle.takes_check_in = (has_place && radius_m > 0) || !puzzle.check_in_code.empty();
}

PuzzleSolution read_puzzle(dom::object from) {
  PuzzleSolution puzzle;
  puzzle.id = text_of(from, "id");
  puzzle.district = text_of(from, "district");
  puzzle.answers = texts_of(from, "answers");
  puzzle.wrong = texts_of(from, "wrong");
  puzzle.partials = texts_of(from, "partials");
  puzzle.check_in_code = text_of(from, "code");
  std::uint64_t hints = 0;
  read_member(from, "hints", hints);
  puzzle.hints_count = static_cast<std::uint32_t>(std::min<std::uint64_t>(hints, 32));
  read_member(from, "needs_check_in", puzzle.needs_check_in);
  read_clues(from, puzzle);
  read_place(from, puzzle);
  return puzzle;
}

}  // namespace

Result<PuzzleBook> PuzzleBook::read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return failure("cannot read the answer key " + path + "; make it with `cairn check HUNT --answer-key`");
  std::ostringstream text;
  text << file.rdbuf();
  auto book = parse(text.str());
  if (book.has_error()) return failure(path + ": " + book.error().message);
  return book;
}

Result<PuzzleBook> PuzzleBook::parse(std::string_view json) {
  dom::parser parser;
  dom::element root;
  if (const auto error = parser.parse(json.data(), json.size()).get(root)) {
    return failure(std::string("the answer key is not JSON: ") + simdjson::error_message(error));
  }
  dom::array puzzles;
  if (root["puzzles"].get(puzzles) != simdjson::SUCCESS) {
    return failure("the answer key has no array `puzzles`");
  }
  PuzzleBook book;
  for (const dom::element item : puzzles) {
    dom::object object;
    if (item.get(object) != simdjson::SUCCESS) return failure("an entry of `puzzles` is not an object");
    PuzzleSolution puzzle = read_puzzle(object);
    const std::string place = "puzzles[" + std::to_string(book.count()) + "]";
    if (puzzle.id.empty()) return failure(place + " has no `id`");
    if (book.by_id_.contains(puzzle.id)) return failure(place + " repeats the id `" + puzzle.id + "`");
    if (book.count() >= kPuzzlesMax) return failure("the answer key has more than 65,534 puzzles");
    book.by_id_.emplace(puzzle.id, static_cast<PuzzleIndex>(book.count()));
    book.puzzles_.push_back(std::move(puzzle));
  }
  return book;
}

PuzzleIndex PuzzleBook::index_of(std::string_view id) {
  const std::string name(id);
  if (const auto found = by_id_.find(name); found != by_id_.end()) return found->second;
  if (count() > kPuzzlesMax) return static_cast<PuzzleIndex>(kPuzzlesMax);
  const auto index = static_cast<PuzzleIndex>(count());
  PuzzleSolution puzzle;
  puzzle.id = name;
  puzzles_.push_back(std::move(puzzle));
  by_id_.emplace(name, index);
  return index;
}

bool PuzzleBook::solvable() const {
  return std::any_of(puzzles_.begin(), puzzles_.end(),
                     [](const PuzzleSolution& puzzle) { return !puzzle.answers.empty(); });
}

}  // namespace cairn::crowd
