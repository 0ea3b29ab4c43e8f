internal import CMicroHTTPD
internal import Glibc

// What libmicrohttpd calls, on its own threads. The engine comes as an unretained pointer: the server
// keeps it until the library's threads have ended. Exceptions do not exist here: every function
// returns what the library is to do.

/// Called once when the header is complete (`requestMark` is empty), then for each piece of the body,
/// then once with no bytes; and again after a connection that was put aside is resumed.
func answerRequest(
  _ engine: UnsafeMutableRawPointer?, _ pointer: OpaquePointer?, _ path: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?,
  _ bytes: UnsafePointer<CChar>?, _ byteCount: UnsafeMutablePointer<Int>?,
  _ requestMark: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let engine = unsafe engine, let pointer = unsafe pointer, let method = unsafe method,
    let path = unsafe path, let byteCount = unsafe byteCount, let requestMark = unsafe requestMark,
    let object = unsafe rossio_connection_object(pointer)
  else { return .NO }
  let server = unsafe Unmanaged<Engine>.fromOpaque(engine).takeUnretainedValue()
  let connection = unsafe Unmanaged<Connection>.fromOpaque(object).takeUnretainedValue()
  guard unsafe requestMark.pointee != nil else {
    unsafe requestMark.pointee = object
    return unsafe server.begin(
      connection, method: String(cString: method), path: String(validatingCString: path),
      isVersion10: version.map { unsafe strcmp($0, "HTTP/1.0") == 0 } ?? true)
  }
  let count = unsafe byteCount.pointee
  guard count > 0 else { return server.proceed(connection) }
  unsafe byteCount.pointee = 0
  return unsafe server.receive(connection, UnsafeRawBufferPointer(start: bytes, count: count))
}

/// Called once for each request whose header was answered by `answerRequest`.
func completeRequest(
  _ engine: UnsafeMutableRawPointer?, _ pointer: OpaquePointer?,
  _ requestMark: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ reason: MHD_RequestTerminationCode
) {
  guard let engine = unsafe engine, let mark = unsafe requestMark?.pointee else { return }
  unsafe requestMark?.pointee = nil
  let server = unsafe Unmanaged<Engine>.fromOpaque(engine).takeUnretainedValue()
  server.completed(unsafe Unmanaged<Connection>.fromOpaque(mark).takeUnretainedValue())
}

/// The object of a connection is retained when it starts and released when it has closed, before the
/// library closes the descriptor.
func notifyConnection(
  _ engine: UnsafeMutableRawPointer?, _ pointer: OpaquePointer?,
  _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ event: MHD_ConnectionNotificationCode
) {
  guard let engine = unsafe engine, let pointer = unsafe pointer, let context = unsafe context
  else { return }
  let server = unsafe Unmanaged<Engine>.fromOpaque(engine).takeUnretainedValue()
  if event == .CONNECTION_NOTIFY_STARTED {
    let connection = unsafe server.connected(ConnectionHandle(pointer))
    unsafe context.pointee = Unmanaged.passRetained(connection).toOpaque()
  } else if let object = unsafe context.pointee {
    unsafe context.pointee = nil
    server.table.remove(unsafe Unmanaged<Connection>.fromOpaque(object).takeRetainedValue())
  }
}

func logMessage(_ engine: UnsafeMutableRawPointer?, _ message: UnsafePointer<CChar>?) {
  guard let engine = unsafe engine, let message = unsafe message else { return }
  let server = unsafe Unmanaged<Engine>.fromOpaque(engine).takeUnretainedValue()
  let text = unsafe String(cString: message)
  server.configuration.log(text.last == "\n" ? String(text.dropLast()) : text)
}

extension ResponseHandle {
  /// "Chunked" when the size is unknown and the client speaks HTTP/1.1. The response retains the
  /// stream; the library releases it with the response.
  convenience init?(reading stream: EventStream) {
    let object = unsafe Unmanaged.passRetained(stream).toOpaque()
    let made = unsafe MHD_create_response_from_callback(
      rossio_unknown_size, streamBlockBytes, readStream, object, releaseStream)
    guard let made = unsafe made else {
      unsafe Unmanaged<EventStream>.fromOpaque(object).release()
      return nil
    }
    unsafe self.init(owning: made)
    guard
      add([
        ("Content-Type", "text/event-stream"), ("Cache-Control", "no-store"),
        ("X-Accel-Buffering", "no"),
      ])
    else { return nil }
  }
}

/// Only for clients of HTTP/1.0; a chunked body is read into the connection's own memory.
private let streamBlockBytes = 1_024

/// "If 0 is returned, the connection must have been suspended" for internal threads, or the library
/// asks again without pause (manual, `MHD_ContentReaderCallback`).
private func readStream(
  _ stream: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?,
  _ count: Int
) -> Int {
  guard let stream = unsafe stream, let buffer = unsafe buffer else { return rossio_end_of_stream }
  let room = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: count)
  let object = unsafe Unmanaged<EventStream>.fromOpaque(stream).takeUnretainedValue()
  return switch unsafe object.read(into: room, now: monotonicMilliseconds()) {
  case .bytes(let count): count
  case .suspended: 0
  case .end: rossio_end_of_stream
  }
}

private func releaseStream(_ stream: UnsafeMutableRawPointer?) {
  guard let stream = unsafe stream else { return }
  unsafe Unmanaged<EventStream>.fromOpaque(stream).release()
}
