/// Something that goes wrong with a virtual printer, as a script.
public struct VirtualFault: Hashable, Sendable, CustomStringConvertible {
  /// When it is over.
  public enum Healing: Hashable, Sendable {
    /// As the kind says: what happens once happens once; what lasts is mended after 2 to 20 seconds,
    /// and in one of four seeds never. Habits (`Kind.isHabit`) stay.
    case usual
    /// Until so many milliseconds after it began.
    case after(Int64)
    /// What happens once happens again and again; what lasts stays.
    case never
  }

  public var kind: Kind
  /// Where it begins, in the unit of `kind.trigger`, or its size; nil: the seed chooses.
  public var value: Int?
  public var healing: Healing

  public init(_ kind: Kind, _ value: Int? = nil, healing: Healing = .usual) {
    self.kind = kind
    self.value = value
    self.healing = healing
  }

  /// One of each kind, with what the seed chooses.
  public static let all: [VirtualFault] = Kind.allCases.map { VirtualFault($0) }
}

extension VirtualFault {
  /// The scripts, in the twelve groups of the specification and one of hosts that are no printers.
  public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
    // 1: accepts
    case neverReads
    // 2: resets
    case resetAtStart
    case resetMidHeader
    case resetMidBand
    case resetAfterBody
    case resetBeforeFence
    case resetAtByte
    // 3: paper
    case paperOut
    case paperOutLosesRow
    case paperOutDropsRest
    case paperOutTears
    case paperRunsLow
    // 4 to 6: answers
    case dropsAnswer
    case wrongToken
    case oldToken
    case doubledToken
    case foreignToken
    case ignoresFences
    // 7: cutter
    case cutterFails
    // 8: connections
    case refuses
    case refusesSecond
    case hangsSecond
    case interleavesSecond
    case holdsConnection
    // 9: links
    case resetsIdle
    case halfOpen
    case halfOpenLater
    // 10: answers in pieces
    case splitsAnswers
    case splitsStatus
    case statusInsideAnswers
    // 11: buffers
    case overflows
    case obeysInPicture
    // 12: lies
    case liesAboutIdentity
    case claimsHealth
    case claimsHealthLosesRows
    case forgetsAutomaticStatus
    case powerCycles
    // 13: the rest of the field
    case coverOpens
    case headTooHot
    case tricklingReader
    case silent
    case endlessAnswers
    case httpServer
    case sshBanner
  }

  /// What begins it.
  public enum Trigger: Equatable, Sendable {
    /// From the start; the range is that of `value` as a size, with its unit.
    case start(ClosedRange<Int>, String)
    /// Once so many bytes came.
    case byte(ClosedRange<Int>)
    /// Before that row since the printer was switched on.
    case row(ClosedRange<Int>)
    /// At the n-th fence that is reached.
    case fence(ClosedRange<Int>)
    /// At the n-th such place in what comes.
    case place(ClosedRange<Int>)
    case cut(ClosedRange<Int>)
    /// So many seconds after the first event.
    case seconds(ClosedRange<Int>)
  }
}

extension VirtualFault.Kind {
  /// Its group in the specification; 13 for what stands in none.
  public var group: Int {
    switch self {
    case .neverReads: 1
    case .resetAtStart, .resetMidHeader, .resetMidBand, .resetAfterBody, .resetBeforeFence,
      .resetAtByte:
      2
    case .paperOut, .paperOutLosesRow, .paperOutDropsRest, .paperOutTears, .paperRunsLow: 3
    case .dropsAnswer: 4
    case .wrongToken, .oldToken, .doubledToken, .foreignToken: 5
    case .ignoresFences: 6
    case .cutterFails: 7
    case .refuses, .refusesSecond, .hangsSecond, .interleavesSecond, .holdsConnection: 8
    case .resetsIdle, .halfOpen, .halfOpenLater: 9
    case .splitsAnswers, .splitsStatus, .statusInsideAnswers: 10
    case .overflows, .obeysInPicture: 11
    case .liesAboutIdentity, .claimsHealth, .claimsHealthLosesRows, .forgetsAutomaticStatus,
      .powerCycles:
      12
    default: 13
    }
  }

  /// With the range from which the seed chooses where `value` is nil.
  public var trigger: VirtualFault.Trigger {
    switch self {
    case .neverReads: .byte(0...0)
    case .resetAtStart: .place(1...2)
    case .resetMidHeader, .resetMidBand: .place(1...4)
    case .resetAfterBody: .place(1...2)
    case .resetBeforeFence: .fence(1...2)
    case .resetAtByte: .byte(1...30_000)
    case .paperOut, .paperOutLosesRow, .paperOutDropsRest, .paperOutTears, .paperRunsLow,
      .foreignToken, .claimsHealth, .claimsHealthLosesRows, .powerCycles, .coverOpens, .headTooHot:
      .row(1...700)
    case .dropsAnswer, .wrongToken, .oldToken, .doubledToken: .fence(1...4)
    case .cutterFails: .cut(1...2)
    case .holdsConnection: .start(60...60, "seconds")
    case .resetsIdle: .start(90...300, "seconds")
    case .halfOpen: .byte(1...30_000)
    case .halfOpenLater, .forgetsAutomaticStatus: .seconds(1...60)
    case .overflows: .start(4_096...4_096, "bytes of buffer")
    case .endlessAnswers: .start(1_000...1_000, "bytes a second")
    case .tricklingReader: .start(100...100, "milliseconds a byte")
    case .httpServer: .start(1...4, "which of four")
    default: .start(0...0, "")
    }
  }

  /// What it is from the start and stays, unless told otherwise.
  public var isHabit: Bool {
    switch self {
    case .refusesSecond, .hangsSecond, .interleavesSecond, .holdsConnection, .resetsIdle,
      .splitsAnswers, .splitsStatus, .statusInsideAnswers, .overflows, .obeysInPicture,
      .liesAboutIdentity, .httpServer, .sshBanner:
      true
    default: false
    }
  }

  /// It happens at a point in time, and lasts for none.
  public var isMoment: Bool {
    switch self {
    case .resetAtStart, .resetMidHeader, .resetMidBand, .resetAfterBody, .resetBeforeFence,
      .resetAtByte, .dropsAnswer, .wrongToken, .oldToken, .doubledToken, .foreignToken, .halfOpen,
      .halfOpenLater, .forgetsAutomaticStatus, .powerCycles:
      true
    default: false
    }
  }
}
