// What Beast's WebSocket stream believes to be its socket: it reads from the socket, but what it writes (the
// handshake's answer, pongs, closes) goes as whole pieces to the connection's own out-buffer. So no control
// frame can land inside a frame that is half written.
//
// Owner: a connection. Threads: its core's loop.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/role.hpp>
#include <string_view>

#include "net/gateway/socket.hpp"

namespace cairn::net {

// Takes what Beast writes.
class WireSink {
 public:
  virtual ~WireSink() = default;
  virtual void on_wire_bytes(std::string_view bytes) = 0;
};

class WireLayer {
 public:
  using executor_type = Socket::executor_type;

  WireLayer(Socket& socket, WireSink& sink) : socket_(&socket), sink_(&sink) {}
  executor_type get_executor() { return socket_->get_executor(); }
  Socket& socket() { return *socket_; }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return socket_->async_read_some(buffers, std::forward<Token>(token));
  }

  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return boost::asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [this](auto handler, const Buffers& pieces) {
          std::size_t bytes = 0;
          for (auto it = boost::asio::buffer_sequence_begin(pieces);
               it != boost::asio::buffer_sequence_end(pieces); ++it) {
            const boost::asio::const_buffer piece = *it;
            sink_->on_wire_bytes({static_cast<const char*>(piece.data()), piece.size()});
            bytes += piece.size();
          }
          boost::asio::post(get_executor(), boost::beast::bind_front_handler(
                                                std::move(handler), boost::system::error_code{}, bytes));
        },
        token, buffers);
  }

 private:
  Socket* socket_;
  WireSink* sink_;
};

// Beast calls it when one of its own time limits passes; none is set, the gateway has its own.
inline void beast_close_socket(WireLayer& layer) {
  boost::system::error_code error;
  layer.socket().close(error);
}

// The connection ends its socket itself, when all that is pending was written.
template <class Handler>
void async_teardown(boost::beast::role_type, WireLayer& layer, Handler&& handler) {
  boost::asio::post(layer.get_executor(), boost::beast::bind_front_handler(std::forward<Handler>(handler),
                                                                           boost::system::error_code{}));
}

}  // namespace cairn::net
