internal import CMicroHTTPD

/// libmicrohttpd's connection, borrowed between the library's notice that it started and that it
/// closed. `MHD_suspend_connection` belongs to the library's own callbacks; `MHD_resume_connection`
/// may be called from any thread while the connection is suspended.
@safe struct ConnectionHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) {
    unsafe self.pointer = pointer
  }

  func suspend() { unsafe MHD_suspend_connection(pointer) }
  func resume() { unsafe MHD_resume_connection(pointer) }
}
