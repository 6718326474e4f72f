#include "tools/world/disk/operation.hpp"

#include <string_view>

namespace cairn::world {
namespace {

std::string_view name_of(Operation::Kind kind) {
  switch (kind) {
    case Operation::Kind::kRead: return "read";
    case Operation::Kind::kWrite: return "write";
    case Operation::Kind::kTruncate: return "truncate";
    case Operation::Kind::kSync: return "sync";
    case Operation::Kind::kCreate: return "create";
    case Operation::Kind::kMakeDirectory: return "make directory";
    case Operation::Kind::kRename: return "rename";
    case Operation::Kind::kRemove: return "remove";
    case Operation::Kind::kSyncDirectory: return "sync directory";
  }
  return "";
}

}  // namespace

std::string describe(const Operation& operation) {
  std::string text = std::string(name_of(operation.kind)) + " " + operation.path;
  if (operation.kind == Operation::Kind::kWrite || operation.kind == Operation::Kind::kRead) {
    text += " " + std::to_string(operation.offset) + "+" + std::to_string(operation.bytes.size());
  }
  if (operation.kind == Operation::Kind::kTruncate) text += " to " + std::to_string(operation.offset);
  if (operation.kind == Operation::Kind::kRename) text += " to " + operation.to;
  return operation.failed ? text + " (failed)" : text;
}

}  // namespace cairn::world
