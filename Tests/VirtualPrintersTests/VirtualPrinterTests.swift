import Canvas
import Sockets
import Synchronization
import Testing
import VirtualPrinters

/// The printer on real sockets.
@Suite("Virtual printer", .serialized)
struct VirtualPrinterTests {
  /// A host that waits for what it expects, for ten seconds at most.
  private final class Host {
    private let socket: Socket
    private let wakeUp: WakeUp
    private(set) var received: [UInt8] = []
    private(set) var end: String?

    init(port: UInt16) throws {
      socket = try Socket.connecting(to: "127.0.0.1", port: port)
      wakeUp = try WakeUp()
      _ = wakeUp.wait(
        descriptor: socket.descriptor, forReading: false, forWriting: true, milliseconds: 10_000)
    }

    func send(_ bytes: [UInt8]) {
      var sent = 0
      while sent < bytes.count {
        switch socket.send(bytes[sent...]) {
        case .bytes(let count): sent += count
        case .wouldBlock:
          _ = wakeUp.wait(
            descriptor: socket.descriptor, forReading: false, forWriting: true, milliseconds: 10_000
          )
        case .closed(let reason):
          end = reason
          return
        }
      }
    }

    /// True once so many bytes came, or (nil) once the connection ended.
    func waits(for count: Int?) -> Bool {
      let deadline = monotonicMilliseconds() + 10_000
      while monotonicMilliseconds() < deadline {
        if let count, received.count >= count { return true }
        if end != nil { return count == nil }
        _ = wakeUp.wait(descriptor: socket.descriptor, milliseconds: 1_000)
        if case .closed(let reason) = socket.receive(into: &received) { end = reason }
      }
      return false
    }
  }

  private final class Tray: Sendable {
    private let slips = Mutex<[VirtualPrinter.Slip]>([])
    var all: [VirtualPrinter.Slip] { slips.withLock { $0 } }
    func put(_ slip: VirtualPrinter.Slip) { slips.withLock { $0.append(slip) } }
  }

  @Test("a printer on a port that the kernel picks tells which")
  func port() throws {
    let printer = try VirtualPrinter(port: 0) { _ in }
    #expect(printer.port != 0)
    printer.stop()
  }

  @Test("a slip over a socket is printed, answered and counted", .timeLimit(.minutes(5)))
  func prints() throws {
    let tray = Tray()
    let printer = try VirtualPrinter(port: 0, model: .fast(widthDots: 64)) { tray.put($0) }
    defer { printer.stop() }
    let host = try Host(port: printer.port)
    host.send(Hand.slip())
    #expect(host.waits(for: 14))
    #expect(host.received == Hand.answer("prt1") + Hand.answer("cut1"))
    #expect(tray.all.map(\.picture) == [Hand.wholeSlip].compactMap(\.self))
  }

  @Test("paper takes its time by the real clock", .timeLimit(.minutes(5)))
  func takesTime() throws {
    let printer = try VirtualPrinter(port: 0, model: VirtualModel(widthDots: 64)) { _ in }
    defer { printer.stop() }
    let host = try Host(port: printer.port)
    let start = monotonicMilliseconds()
    host.send(Hand.raster(rows: 240) + Hand.fence("abcd"))
    #expect(host.waits(for: 7))
    #expect(monotonicMilliseconds() - start >= 199)
  }

  @Test("a reset is a reset, not an end", .timeLimit(.minutes(5)))
  func reset() throws {
    let printer = try VirtualPrinter(
      port: 0, model: .fast(widthDots: 64), faults: [VirtualFault(.resetMidBand, 2)]
    ) { _ in }
    defer { printer.stop() }
    let host = try Host(port: printer.port)
    host.send(Hand.slip())
    #expect(host.waits(for: nil))
    #expect(host.end == "Connection reset by peer")
    let next = try Host(port: printer.port)
    next.send(Hand.fence("abcd"))
    #expect(next.waits(for: 7))
  }

  @Test("a second host hangs until the first has gone", .timeLimit(.minutes(5)))
  func secondHost() throws {
    let printer = try VirtualPrinter(port: 0, model: .fast(widthDots: 64)) { _ in }
    defer { printer.stop() }
    var first: Host? = try Host(port: printer.port)
    first?.send(Hand.fence("abcd"))
    #expect(first?.waits(for: 7) == true)
    let second = try Host(port: printer.port)
    second.send(Hand.fence("efgh"))
    first?.send(Hand.fence("ijkl"))
    #expect(first?.waits(for: 14) == true)
    #expect(second.received == [])
    first = nil
    #expect(second.waits(for: 7))
    #expect(second.received == Hand.answer("efgh"))
  }

  @Test("what people do is seen by the host", .timeLimit(.minutes(5)))
  func people() throws {
    let printer = try VirtualPrinter(port: 0, model: .fast(widthDots: 64)) { _ in }
    defer { printer.stop() }
    let host = try Host(port: printer.port)
    host.send(Hand.statusOn)
    #expect(host.waits(for: 4))
    printer.perform(.openCover)
    #expect(host.waits(for: 8))
    #expect(host.received == [0x10, 0, 0, 0, 0x38, 0, 0, 0])
    #expect(printer.condition.isCoverOpen)
  }

  @Test("a refused host is reset", .timeLimit(.minutes(5)))
  func refused() throws {
    let printer = try VirtualPrinter(
      port: 0, model: .fast(widthDots: 64), faults: [VirtualFault(.refuses, healing: .never)]
    ) { _ in }
    defer { printer.stop() }
    let host = try Host(port: printer.port)
    #expect(host.waits(for: nil))
  }
}
