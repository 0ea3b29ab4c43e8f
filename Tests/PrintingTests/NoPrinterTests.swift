import Testing

@testable import Printing

/// Whoever listens at a printer's address and is none is told as that, whatever its words look like:
/// each letter of “rv26” has the form of a printer's status.
@Suite("No printer")
struct NoPrinterTests {
  private static let well: [UInt8] = [0x12, 0x12, 0x12, 0x12]

  private static let greetings = [
    "HTTP/1.1 400 Bad Request\r\nServer: nginx/1.22.1\r\nDate: Mon, 23 Nov 2026 22:26:22 GMT\r\n",
    "HTTP/1.0 400 Bad request\r\nrv26 rv26 rv26\r\n", "220 ProFTPD Server ready.\r\n",
    "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n", "220 mail ESMTP\r\n500 5.5.1 Error\r\n",
    "Debian GNU/Linux 12\r\nserver login: ", "* OK [CAPABILITY IMAP4rev1] ready\r\n",
    "RFB 003.008\n", "+OK POP3 server ready\r\n", "ERR unknown command\r\n",
  ]

  private static let profiles: [PrinterProfile] = PrinterProfile.Dialect.allCases.flatMap {
    dialect in
    var old = PrinterProfile(dialect: dialect)
    old.fence = dialect.isStar ? .etb : .status
    return [PrinterProfile(dialect: dialect), old]
  }

  private struct Rig {
    var link: PrinterLink
    var now: Int64 = 0
    var logged: [String] = []

    init(_ profile: PrinterProfile) { link = PrinterLink(profile: profile, seed: 1) }

    /// Lets time pass until `isOver`; whoever is asked says nothing.
    mutating func pass(until isOver: (PrinterLink) -> Bool) {
      while !isOver(link), let due = link.deadline {
        now = max(now, due)
        feed(.time)
      }
    }

    mutating func feed(_ input: PrinterLink.Input) {
      for case .log(let words) in link.handle(input, now: now) { logged.append(words) }
    }

    /// It says `bytes`, in pieces of `size`.
    mutating func hear(_ bytes: [UInt8], inPiecesOf size: Int) {
      for start in stride(from: 0, to: bytes.count, by: size) {
        feed(.received(Array(bytes[start..<min(bytes.count, start + size)])))
      }
    }
  }

  private static func connected(_ profile: PrinterProfile) -> Rig {
    var rig = Rig(profile)
    rig.pass { $0.state == .connecting }
    rig.feed(.connected)
    return rig
  }

  @Test("words are no answer, in one piece or letter by letter, from whoever stays or goes")
  func words() {
    for (text, profile) in Self.greetings.flatMap({ text in Self.profiles.map { (text, $0) } }) {
      for (size, goes) in [(1, false), (7, true), (1_000, false), (1_000, true)] {
        var rig = Self.connected(profile)
        rig.hear(Array(text.utf8), inPiecesOf: size)
        if goes { rig.feed(.linkLost("the other side closed the connection")) }
        rig.pass { $0.failures > 0 }
        let place = Comment(
          "\(rig.logged): “\(text)” by \(size), goes \(goes), to \(profile.dialect.rawValue), fence \(profile.fence)"
        )
        #expect(rig.logged.count == 1 && rig.logged[0].contains("like no printer: “"), place)
        #expect(rig.link.shown == .notAPrinter, place)
      }
    }
  }

  @Test("a printer that said something senseless first is asked again, and believed")
  func noiseBefore() {
    for profile in Self.profiles where !profile.dialect.isStar {
      var rig = Self.connected(profile)
      rig.feed(.received([0xFF, 0x91] + Self.well))
      #expect(rig.link.state == .probing)
      rig.pass { $0.askedAt != nil }
      rig.feed(.received(Self.well))
      #expect(rig.link.state == .idle && rig.link.shown == .ready)
      #expect(rig.logged == ["printer connected: ready"])
    }
  }

  @Test("a printer that goes after the answer to a fence is lost, and a printer still")
  func fenceCanBeRead() {
    var rig = Self.connected(PrinterProfile())
    rig.feed(.received([0x37, 0x22] + Array("abcd".utf8) + [0x00]))
    rig.feed(.linkLost("reset"))
    #expect(rig.link.shown == .disconnected && rig.logged.last == "printer lost: reset")
  }
}
