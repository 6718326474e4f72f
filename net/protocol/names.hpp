// The protocol's words for what messages carry as enumerators.
#pragma once

#include <string_view>

#include "actors/messages/entry.hpp"
#include "actors/messages/ids.hpp"
#include "actors/messages/reply.hpp"

namespace cairn::net {

std::string_view name_of(actors::HuntState state);
std::string_view name_of(actors::StreamKind kind);
std::string_view name_of(actors::Verdict verdict);
std::string_view name_of(actors::Code code);

// A sentence for the player: what is wrong and what to do about it.
std::string_view message_of(actors::Code code, actors::Reason reason);

}  // namespace cairn::net
