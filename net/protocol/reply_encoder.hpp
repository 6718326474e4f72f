// Replies, pongs and notices as JSON: from numbers and indices to what a client reads, with the hunt's texts.
//
// Threads: any. Each function writes one message into the reusable buffer and returns it; valid until the
// next.
#pragma once

#include <cstdint>
#include <string_view>

#include "actors/messages/reply.hpp"
#include "config/model/hunt.hpp"
#include "net/protocol/text_buffer.hpp"
#include "net/view/view.hpp"

namespace cairn::net {

std::string_view encode_reply(const config::Hunt& hunt, std::string_view request_id,
                              const actors::Reply& reply, TextBuffer& out);
// A reply that no actor made. An empty id is told as null; an empty message means the code's own.
std::string_view encode_error(std::string_view request_id, actors::Code code, std::string_view message,
                              std::uint32_t retry_after_ms, TextBuffer& out);
std::string_view encode_pong(std::string_view request_id, TextBuffer& out);
std::string_view encode_resync_required(std::uint64_t from, std::uint64_t to, TextBuffer& out);
std::string_view encode_reconnect(std::uint64_t after_ms, TextBuffer& out);
std::string_view encode_leaderboard(const View& view, std::uint64_t version, TextBuffer& out);
std::string_view encode_score(const View& view, actors::TeamIndex team, std::uint64_t version,
                              TextBuffer& out);

}  // namespace cairn::net
