#include "config/load/loader.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "config/check/checks.hpp"
#include "config/limits.hpp"
#include "config/load/districts_file.hpp"
#include "config/load/fields.hpp"
#include "config/load/folder.hpp"
#include "config/load/hunt_file.hpp"
#include "config/load/puzzle_file.hpp"

namespace cairn::config {
namespace {

// Reads and parses one file; false where that failed, and why is reported.
bool read_source(Folder& folder, Findings& findings, const std::string& path, std::size_t bytes_max,
                 SourceFile& into) {
  into.path = path;
  const std::string* text = folder.read(path, bytes_max);
  if (text == nullptr) return false;
  into.text = *text;
  ParsedJson parsed = parse_json(into.text, kJsonDepthMax);
  if (parsed.error) {
    findings.at_offset(into, parsed.error->offset, "",
                       {Severity::kError, "json_syntax", parsed.error->message, {}});
    return false;
  }
  into.root = std::move(parsed.root);
  return true;
}

// The puzzles' folders: which there are, and which of them could be parsed. Rules may name any of them.
struct PuzzleFolders {
  std::vector<std::string> names;
  std::unordered_map<std::string_view, std::uint32_t> index;  // of those that could be parsed
  std::unordered_set<std::string_view> all;
};

void read_puzzle_sources(Folder& folder, Findings& findings, Sources& sources, PuzzleFolders& puzzles) {
  puzzles.names = folder.folders("puzzles");
  if (puzzles.names.size() > kPuzzlesMax) {
    findings.error(sources.hunt, "", "too_many",
                   "there are " + std::to_string(puzzles.names.size()) + " puzzles; at most " +
                       std::to_string(kPuzzlesMax) + " are allowed");
    puzzles.names.resize(kPuzzlesMax);
  }
  if (puzzles.names.empty()) {
    findings.error(sources.hunt, "", "no_puzzles", "a hunt needs at least one puzzle",
                   "make puzzles/<id>/puzzle.json");
  }
  for (const std::string& name : puzzles.names) {
    puzzles.all.insert(name);
    SourceFile file;
    if (!read_source(folder, findings, "puzzles/" + name + "/puzzle.json", kPuzzleFileBytesMax, file)) {
      sources.complete = false;
      continue;
    }
    puzzles.index.emplace(name, static_cast<std::uint32_t>(sources.puzzles.size()));
    sources.puzzles.push_back(std::move(file));
  }
}

RuleNames make_names(const PuzzleFolders& puzzles, const std::vector<FeatureId>& districts,
                     bool districts_known) {
  RuleNames names;
  names.puzzle = [&puzzles](std::string_view id) {
    const auto found = puzzles.index.find(id);
    if (found != puzzles.index.end()) return RuleNames::Name{true, found->second};
    return RuleNames::Name{puzzles.all.contains(id), std::nullopt};
  };
  // Where the districts' file could not be parsed, any district may exist.
  names.district = [&districts, districts_known](std::string_view id) {
    for (std::size_t i = 0; i < districts.size(); ++i) {
      if (districts[i].id == id) return RuleNames::Name{true, static_cast<std::uint32_t>(i)};
    }
    return RuleNames::Name{!districts_known, std::nullopt};
  };
  names.puzzle_ids.assign(puzzles.names.begin(), puzzles.names.end());
  for (const FeatureId& district : districts) names.district_ids.push_back(district.id);
  return names;
}

void check_folder_name(const SourceFile& file, const std::string& folder, const Puzzle& puzzle,
                       Findings& findings) {
  if (!is_id(folder) || is_reserved(folder)) {
    findings.error(file, "/id", "id_malformed", "the folder's name \"" + folder + "\" is not an id",
                   is_reserved(folder) ? "it is a word of the unlock rules" : std::string(kIdFix));
  } else if (!puzzle.id.empty() && puzzle.id != folder) {
    findings.error(file, "/id", "id_mismatch",
                   "the id is \"" + puzzle.id + "\" and the folder is \"" + folder + "\"",
                   "give both the same name");
  }
}

// The other files of a puzzle's folder count for the hash, and must be small enough to serve.
std::unordered_set<std::string> read_media(Folder& folder, const std::string& path) {
  std::unordered_set<std::string> names;
  for (const std::string& name : folder.files(path)) {
    if (name == "puzzle.json") continue;
    folder.read(path + '/' + name, kMediaFileBytesMax);
    names.insert(name);
  }
  return names;
}

void read_puzzles(Folder& folder, Findings& findings, const Sources& sources, const PuzzleFolders& puzzles,
                  const RuleNames& names, const PuzzleDefaults& defaults, Hunt& hunt) {
  std::size_t next = 0;
  for (const std::string& name : puzzles.names) {
    if (!puzzles.index.contains(name)) continue;
    const SourceFile& file = sources.puzzles[next];
    const std::unordered_set<std::string> media = read_media(folder, "puzzles/" + name);
    const PuzzleContext context{
        names, defaults, [&media](std::string_view wanted) { return media.contains(std::string(wanted)); }};
    Puzzle puzzle = read_puzzle_file(file, context, findings);
    check_folder_name(file, name, puzzle, findings);
    puzzle.id = name;
    if (puzzle.district != kNoDistrict && index(puzzle.district) < hunt.districts.size()) {
      hunt.districts[index(puzzle.district)].puzzles.push_back(static_cast<PuzzleIndex>(next));
    }
    hunt.puzzles.push_back(std::move(puzzle));
    ++next;
  }
}

LoadedHunt load(Folder folder, Findings& findings) {
  LoadedHunt loaded;
  const auto hunt = std::make_shared<Hunt>();
  const auto sources = std::make_shared<Sources>();
  sources->hunt.path = "hunt.json";
  PuzzleDefaults defaults;
  if (read_source(folder, findings, "hunt.json", kHuntFileBytesMax, sources->hunt)) {
    read_hunt_file(sources->hunt, findings, *hunt, defaults);
  }
  const bool districts_known =
      read_source(folder, findings, "districts.geojson", kDistrictsFileBytesMax, sources->districts);
  std::vector<FeatureId> ids;
  if (districts_known) ids = read_district_ids(sources->districts, findings);
  PuzzleFolders puzzles;
  read_puzzle_sources(folder, findings, *sources, puzzles);

  const RuleNames names = make_names(puzzles, ids, districts_known);
  if (districts_known) {
    read_districts_file(sources->districts, ids, names, findings, *hunt);
    for (const FeatureId& id : ids) sources->features.push_back(id.feature);
  }
  read_puzzles(folder, findings, *sources, puzzles, names, defaults, *hunt);
  loaded.files = folder.take();
  hunt->content_hash = content_hash(loaded.files);
  run_checks(*hunt, *sources, findings);

  if (findings.errors() == 0) {
    loaded.hunt = hunt;
    loaded.sources = sources;
  }
  loaded.diagnostics = findings.take();
  return loaded;
}

}  // namespace

LoadedHunt load_hunt(const std::filesystem::path& root) {
  Findings findings;
  std::error_code error;
  if (std::filesystem::is_directory(root, error)) return load(Folder(root, findings), findings);
  SourceFile nowhere;
  nowhere.path = "hunt.json";
  findings.error(nowhere, "", "folder_missing", "there is no folder " + root.string(),
                 "name the folder that holds hunt.json");
  LoadedHunt loaded;
  loaded.diagnostics = findings.take();
  return loaded;
}

LoadedHunt load_hunt(const HuntFiles& kept) {
  Findings findings;
  return load(Folder(kept, findings), findings);
}

}  // namespace cairn::config
