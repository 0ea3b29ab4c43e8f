/// What keeps a printer from printing.
public struct PrinterFaults: OptionSet, Codable, Sendable, CustomStringConvertible {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let paperOut = PrinterFaults(rawValue: 1)
  public static let coverOpen = PrinterFaults(rawValue: 2)
  public static let cutter = PrinterFaults(rawValue: 4)
  /// Mechanics, temperature and the like.
  public static let error = PrinterFaults(rawValue: 8)
  /// Offline without saying why, for example while somebody holds the feed button.
  public static let offline = PrinterFaults(rawValue: 16)

  /// A slip that is being printed when one of these comes is in two pieces, or has lost a row.
  static let breaking: PrinterFaults = [.paperOut, .coverOpen]

  public var description: String {
    let words: [(PrinterFaults, String)] = [
      (.paperOut, "paper out"), (.coverOpen, "cover open"), (.cutter, "cutter blocked"),
      (.error, "printer error"), (.offline, "offline"),
    ]
    let named = words.filter { contains($0.0) }.map(\.1)
    // Offline is what every other fault leads to.
    return (named.count > 1 ? named.filter { $0 != "offline" } : named).joined(separator: ", ")
  }
}

/// How a printer says it is.
struct PrinterCondition: Equatable, Sendable {
  var faults: PrinterFaults
  var isPaperNearEnd: Bool
  /// The counter that Star's `ETB` moves; nil where the printer has none.
  var etbCounter: Int?

  init(faults: PrinterFaults = [], isPaperNearEnd: Bool = false, etbCounter: Int? = nil) {
    self.faults = faults
    self.isPaperNearEnd = isPaperNearEnd
    self.etbCounter = etbCounter
  }
}
