#ifndef ROSSIO_MICROHTTPD_SHIM_H
#define ROSSIO_MICROHTTPD_SHIM_H

#include <microhttpd.h>
#include <stdarg.h>
#include <stdio.h>

/* libmicrohttpd's variadic calls do not import into Swift; each stands here once, as a plain call. */

typedef void (*RossioLogCallback)(void *object, const char *message);

struct RossioServerOptions {
  void *object; /* handed to every callback; not retained here */
  unsigned int connectionLimit;
  size_t connectionMemory;
  MHD_AccessHandlerCallback request;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connection;
  RossioLogCallback log;
};

/* The logger is given an object of its own, so that one function serves every server. */
struct RossioLogger {
  void *object;
  RossioLogCallback log;
};

static void rossio_log(void *logger, const char *format, va_list arguments) {
  const struct RossioLogger *to = (const struct RossioLogger *)logger;
  char message[512];
  vsnprintf(message, sizeof message, format, arguments);
  to->log(to->object, message);
}

/* "Return: number of characters in the unescaped string": here none is touched, because MHD decodes
   a path before it can be cut into segments, and ends it at a decoded NUL. Router and Request decode. */
static size_t rossio_keep_escapes(void *object, struct MHD_Connection *connection, char *text) {
  size_t length = 0;
  (void)object;
  (void)connection;
  while (text[length] != 0) length++;
  return length;
}

/* `logger` must live as long as the daemon. */
static inline struct MHD_Daemon *rossio_start(
    const struct RossioServerOptions *options, struct RossioLogger *logger) {
  logger->object = options->object;
  logger->log = options->log;
  return MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET
          | MHD_USE_ERROR_LOG,
      0,
      NULL, NULL, options->request, options->object,
      MHD_OPTION_EXTERNAL_LOGGER, &rossio_log, logger,
      MHD_OPTION_CONNECTION_LIMIT, options->connectionLimit,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->connectionMemory,
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_UNESCAPE_CALLBACK, &rossio_keep_escapes, NULL,
      MHD_OPTION_NOTIFY_COMPLETED, options->completed, options->object,
      MHD_OPTION_NOTIFY_CONNECTION, options->connection, options->object,
      MHD_OPTION_END);
}

static inline int rossio_socket(struct MHD_Connection *connection) {
  return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

static inline const struct sockaddr *rossio_peer(struct MHD_Connection *connection) {
  return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
}

static inline void *rossio_connection_object(struct MHD_Connection *connection) {
  return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* Bytes of the request line and the header fields together. */
static inline size_t rossio_header_size(struct MHD_Connection *connection) {
  return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)->header_size;
}

/* Macros with casts do not import. */
static const uint64_t rossio_unknown_size = MHD_SIZE_UNKNOWN;
static const ssize_t rossio_end_of_stream = MHD_CONTENT_READER_END_OF_STREAM;

#endif
