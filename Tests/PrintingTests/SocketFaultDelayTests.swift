import Testing

@testable import Printing

/// A machine that is too busy to draw must not make its printers late.
@Suite("Delays before a question leaves")
struct SocketFaultDelayTests {
  private static let well: [UInt8] = [0x12, 0x12, 0x12, 0x12]
  private static let statusRequestLength = 12

  @Test("the answer before a slip is awaited from when the question has left")
  func preflight() {
    var link = PrinterLink(profile: PrinterProfile(), seed: 1)
    _ = link.handle(.time, now: 0)
    _ = link.handle(.connected, now: 0)
    _ = link.handle(.received(Self.well), now: 0)
    _ = link.handle(.jobOffered(predictedMilliseconds: 500), now: 0)
    // The slip was drawn, or the spool waited for, meanwhile.
    let left: Int64 = 5_000
    _ = link.handle(.wrote(Self.statusRequestLength), now: left)
    #expect(link.handle(.time, now: left).isEmpty)
    #expect(link.state == .preflight)
    #expect(link.bodyBytesSent == 0, "a question is nothing of the slip")
    #expect(link.deadline == left + PrinterLink.Limit.answer)
    _ = link.handle(.time, now: left + PrinterLink.Limit.answer)
    #expect(link.state == .disconnected)
  }
}
