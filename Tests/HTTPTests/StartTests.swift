import Glibc
import HTTP
import Testing

@Suite(.timeLimit(.minutes(5)))
struct StartTests {
  private func start(_ address: ServerConfiguration.Address) throws -> Server {
    try Server(ServerConfiguration(address: address), router: sampleRouter())
  }

  private func temporaryPath() -> String {
    "/tmp/rossio-http-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).sock"
  }

  @Test func `a port in use is named in the error`() throws {
    let (server, port) = try makeServer()
    #expect(throws: ServerError.addressInUse("127.0.0.1:\(port)")) {
      try start(.tcp(host: "127.0.0.1", port: port))
    }
    server.stop()
    try start(.tcp(host: "127.0.0.1", port: port)).stop()
  }

  @Test func `a host that is not an address here is named in the error`() {
    #expect(throws: ServerError.unknownHost("no such host")) {
      try start(.tcp(host: "no such host", port: 0))
    }
    #expect(throws: ServerError.addressNotHere("192.0.2.1:0")) {
      try start(.tcp(host: "192.0.2.1", port: 0))
    }
  }

  @Test func `a Unix socket serves, has mode 0600 and goes with its server`() throws {
    let path = temporaryPath()
    let server = try start(.unix(path: path))
    #expect(server.port == nil)
    var status = stat()
    #expect(unsafe lstat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(try RawClient(path: path).get("/who").text == "- - unix")
    #expect(throws: ServerError.addressInUse(path)) { try start(.unix(path: path)) }
    #expect(try RawClient(path: path).get("/hello").status == 200)
    server.stop()
    #expect(unsafe lstat(path, &status) != 0)
  }

  @Test func `a socket left behind is replaced, a file is not`() throws {
    let path = temporaryPath()
    defer { _ = unsafe unlink(path) }
    let left = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    _ = unsafe withUnsafePointer(to: address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(left, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    close(left)
    let server = try start(.unix(path: path))
    #expect(try RawClient(path: path).get("/hello").status == 200)
    server.stop()

    close(unsafe open(path, O_CREAT | O_WRONLY, 0o600))
    #expect(throws: ServerError.pathTaken(path)) { try start(.unix(path: path)) }
  }

  @Test func `a path too long for a socket is named in the error`() {
    let path = "/tmp/" + String(repeating: "x", count: 120)
    #expect(throws: ServerError.pathTooLong(path)) { try start(.unix(path: path)) }
  }

  @Test func `an IPv6 address serves`() throws {
    let server: Server
    do {
      server = try start(.tcp(host: "::1", port: 0))
    } catch ServerError.addressNotHere {
      return  // a machine without IPv6
    }
    #expect(server.port ?? 0 > 0)
    server.stop()
  }
}
