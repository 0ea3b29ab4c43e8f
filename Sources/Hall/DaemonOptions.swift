import FoundationEssentials
import Printing
import Venue

/// What `rossiod` was asked to do.
public struct DaemonOptions: Sendable {
  public var venue: String
  public var data: String
  public var host = "127.0.0.1"
  public var port: UInt16 = 8080
  /// Local time at which a simulated clock starts, for example `2026-11-23T09:00`.
  public var clock: String?
  public var speed: Double?
  /// `ID=HOST:PORT` of printers that stand elsewhere than the configuration says.
  public var printers: [String] = []
  /// The directory of the pages; found beside the programme when nil.
  public var displays: String?

  public init(venue: String, data: String) {
    self.venue = venue
    self.data = data
  }

  public static let usage = """
    usage: rossiod --venue DIR --data DIR [--listen HOST:PORT] [--displays DIR]
                   [--clock 2026-11-23T09:00] [--speed N] [--printer ID=HOST:PORT]
      --venue DIR     the venue's configuration, for example Config/lisbon
      --data DIR      where the journal is kept; made when it is missing
      --listen H:P    address and port; port 0 lets the kernel pick; default 127.0.0.1:8080
      --displays DIR  the pages; default: Displays beside the sources or the programme
      --printer ...   a printer stands elsewhere than the configuration says; may come repeatedly
      --clock, --speed  a simulated clock, for demos and tests
    """

  /// Reads the command line without the programme's name.
  public init(arguments: [String]) throws(UsageError) {
    var words = arguments[...]
    var venue: String?
    var data: String?
    var options = DaemonOptions(venue: "", data: "")
    while let word = words.popFirst() {
      guard let value = words.popFirst(), !value.isEmpty else {
        throw UsageError("\(word) needs a value.")
      }
      switch word {
      case "--venue": venue = value
      case "--data": data = value
      case "--listen": try options.listen(on: value)
      case "--displays": options.displays = value
      case "--printer": options.printers.append(value)
      case "--clock": options.clock = value
      case "--speed": options.speed = try Self.speed(value)
      default: throw UsageError("There is no option \(word).")
      }
    }
    guard let venue else { throw UsageError("--venue is missing.") }
    guard let data else { throw UsageError("--data is missing.") }
    options.venue = venue
    options.data = data
    self = options
  }

  private mutating func listen(on text: String) throws(UsageError) {
    guard let address = Self.address(text) else {
      throw UsageError("--listen takes HOST:PORT, for example 127.0.0.1:8080, not '\(text)'.")
    }
    (host, port) = address
  }

  /// `HOST:PORT`; an IPv6 address stands in brackets.
  private static func address(_ text: some StringProtocol) -> (host: String, port: UInt16)? {
    guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
      let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    let name = text[..<colon]
    return (name.hasPrefix("[") ? String(name.dropFirst().dropLast()) : String(name), port)
  }

  /// The venue's printers, each where it stands.
  func printers(of venue: LoadedVenue) throws -> [PrinterConfiguration] {
    var all = venue.configuration.printers
    for text in printers {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let address = Self.address(parts[1]),
        let index = all.firstIndex(where: { $0.id.text == parts[0] })
      else {
        throw UsageError(
          "--printer takes ID=HOST:PORT with the id of a printer of the venue, not '\(text)'.")
      }
      all[index].host = address.host
      all[index].port = Int(address.port)
    }
    return all.compactMap { printer in
      venue.profiles[printer.profile].map { PrinterConfiguration(printer, profile: $0) }
    }
  }

  private static func speed(_ text: String) throws(UsageError) -> Double {
    guard let speed = Double(text), speed >= 1, speed <= 10_000 else {
      throw UsageError("--speed takes a number from 1 to 10000, not '\(text)'.")
    }
    return speed
  }

  /// Where the pages are: as told, or `Displays` in the working directory, in the package that the
  /// programme was built in, or where a package for Debian puts them.
  func displaysDirectory() -> String {
    if let displays { return displays }
    var candidates = ["Displays"]
    var folder = URL(fileURLWithPath: ProcessInfo.processInfo.arguments.first ?? "")
      .resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<5 {
      candidates.append(folder.appendingPathComponent("Displays").path)
      folder.deleteLastPathComponent()
    }
    candidates.append("/usr/share/rossio/Displays")
    return candidates.first { FileManager.default.fileExists(atPath: $0 + "/index.html") }
      ?? "Displays"
  }
}

/// A command line that cannot be followed.
public struct UsageError: Error, CustomStringConvertible, Sendable {
  public let description: String
  public init(_ description: String) { self.description = description }
}
