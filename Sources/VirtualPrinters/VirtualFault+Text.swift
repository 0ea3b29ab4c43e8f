/// A fault that was written wrongly; says what is wrong and what to write.
public struct VirtualFaultError: Error, Equatable, CustomStringConvertible {
  public let description: String
}

extension VirtualFault.Kind {
  /// Its stable name: `paper-out-loses-row`.
  public var name: String {
    "\(self)".reduce(into: "") { name, letter in
      name += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
    }
  }

  /// What the number behind `=` means.
  public var valueMeaning: String? {
    switch trigger {
    case .start(_, let unit): unit.isEmpty ? nil : unit
    case .byte: "the byte at which it begins"
    case .row: "the row before which it begins"
    case .fence: "the fence at which it happens, counted from 1"
    case .place: "which of the places, counted from 1"
    case .cut: "the cut that fails, counted from 1"
    case .seconds: "seconds until it happens"
    }
  }

  /// One line for people.
  public var summary: String {
    switch self {
    case .neverReads: "accepts and never reads"
    case .resetAtStart: "resets the connection at its first byte"
    case .resetMidHeader: "resets within the header of a picture"
    case .resetMidBand: "resets within the dots of a picture"
    case .resetAfterBody: "resets when the slip has come, with its fence; what came is printed"
    case .resetBeforeFence: "resets when the slip is on paper, instead of answering its fence"
    case .resetAtByte: "resets at that byte"
    case .paperOut: "paper out; prints the rest once paper is in"
    case .paperOutLosesRow: "paper out; loses one row, prints the rest once paper is in"
    case .paperOutDropsRest: "paper out; what was in its buffer is gone when paper is in"
    case .paperOutTears: "paper out; what was printed is torn off when paper is loaded"
    case .paperRunsLow: "paper near its end, and out some rows later"
    case .dropsAnswer: "prints, but the answer to a fence is lost"
    case .wrongToken: "answers a fence with another token"
    case .oldToken: "answers a fence with the token of the one before"
    case .doubledToken: "answers a fence twice"
    case .foreignToken: "sends a token that nobody asked for, amid printing"
    case .ignoresFences: "prints, and does not answer fences"
    case .cutterFails: "the cutter jams at a cut, after the fence; it cuts once it is cleared"
    case .refuses: "refuses connections"
    case .refusesSecond: "refuses a second connection"
    case .hangsSecond: "lets a second connection hang until the first has gone"
    case .interleavesSecond: "takes a second connection, and mixes what comes from both"
    case .holdsConnection: "holds on to a connection after it has died"
    case .resetsIdle: "resets a connection on which nothing has moved for so long"
    case .halfOpen: "the link dies in silence once so many bytes came"
    case .halfOpenLater: "the link dies in silence after so many seconds"
    case .splitsAnswers: "sends each byte of an answer by itself"
    case .splitsStatus: "sends an automatic status in two parts"
    case .statusInsideAnswers: "sends an automatic status in the midst of other answers"
    case .overflows: "a small buffer, and what it cannot hold is lost instead of waiting"
    case .obeysInPicture: "takes real-time commands out of pictures"
    case .liesAboutIdentity: "names another maker and model"
    case .claimsHealth: "paper out, says that all is well, and waits for paper"
    case .claimsHealthLosesRows: "paper out, says that all is well, and prints on nothing"
    case .forgetsAutomaticStatus: "switched off and on between two slips; the connection stays"
    case .powerCycles: "switched off and on amid a slip"
    case .coverOpens: "somebody opens the cover amid a slip; no answers until it is closed"
    case .headTooHot: "the head gets too hot, and cools down by itself"
    case .tricklingReader: "reads a byte at a time"
    case .silent: "reads and prints, and never answers"
    case .endlessAnswers: "sends bytes for ever"
    case .httpServer: "no printer, but a web server"
    case .sshBanner: "no printer, but a remote shell"
    }
  }
}

extension VirtualFault {
  /// `NAME[=VALUE][,never|,SECONDSs]`: "paper-out", "paper-out=200", "paper-out=200,5s".
  public init(_ text: String) throws(VirtualFaultError) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let words = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(words[0])
    guard let kind = Kind.allCases.first(where: { $0.name == name }) else {
      throw VirtualFaultError(
        description:
          "There is no fault '\(name)'. There are: \(Kind.allCases.map(\.name).joined(separator: ", "))."
      )
    }
    let value = words.count > 1 ? try Self.value(String(words[1]), of: kind) : nil
    guard parts.count <= 2 else {
      throw VirtualFaultError(description: "'\(text)' has more than one comma.")
    }
    self.init(kind, value, healing: parts.count > 1 ? try Self.healing(parts[1]) : .usual)
  }

  private static func value(_ text: String, of kind: Kind) throws(VirtualFaultError) -> Int {
    guard let meaning = kind.valueMeaning else {
      throw VirtualFaultError(description: "The fault '\(kind.name)' takes no value.")
    }
    guard let value = Int(text), (0...1_000_000_000).contains(value) else {
      throw VirtualFaultError(
        description:
          "'\(text)' is no value for '\(kind.name)': it takes a whole number, \(meaning).")
    }
    return value
  }

  private static func healing(_ text: String) throws(VirtualFaultError) -> Healing {
    if text == "never" { return .never }
    guard text.hasSuffix("s"), let seconds = Int64(text.dropLast()), (0...86_400).contains(seconds)
    else {
      throw VirtualFaultError(
        description:
          "'\(text)' does not say when a fault is over: 'never', or seconds such as '5s'.")
    }
    return .after(seconds * 1_000)
  }

  /// As `init(_:)` reads it.
  public var description: String {
    let start = kind.name + (value.map { "=\($0)" } ?? "")
    return switch healing {
    case .usual: start
    case .after(let milliseconds): "\(start),\(milliseconds / 1_000)s"
    case .never: "\(start),never"
    }
  }
}
