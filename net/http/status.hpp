// A reply's code as HTTP has it.
#pragma once

#include "actors/messages/reply.hpp"
#include "net/http/message.hpp"

namespace cairn::net {

unsigned http_status_of(actors::Code code, actors::Reason reason);
// The answer to a request that an actor refused.
HttpResponse http_refusal(const actors::Reply& reply);
HttpResponse http_refusal(actors::Code code, actors::Reason reason);

}  // namespace cairn::net
