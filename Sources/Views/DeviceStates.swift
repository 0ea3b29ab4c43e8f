public import Venue

/// How printers and displays are, as the daemon last heard. Not part of the journal.
public struct DeviceStates: Equatable, Sendable {
  public struct PrinterState: Equatable, Sendable {
    /// A state word, for example `ready`, `disconnected`, `silent`, `paperOut`.
    public var word: String
    public var canPrint: Bool
    public var since: Instant
    /// Jobs that wait for it.
    public var waiting: Int
    /// Since when its paper runs low; nil while it does not.
    public var nearEndSince: Instant?
    /// Since when its slips end without proof though it says that it is well; nil while they do not.
    public var unprovenSince: Instant?
    /// About how many slips are left on its roll; nil when nobody can know.
    public var slipsLeft: Int?
    /// Maker and model, from its profile.
    public var model: String
    /// `HOST:PORT`.
    public var address: String

    public init(
      word: String, canPrint: Bool, since: Instant, waiting: Int, nearEndSince: Instant? = nil,
      unprovenSince: Instant? = nil, slipsLeft: Int? = nil, model: String = "", address: String = ""
    ) {
      self.word = word
      self.canPrint = canPrint
      self.since = since
      self.waiting = waiting
      self.nearEndSince = nearEndSince
      self.unprovenSince = unprovenSince
      self.slipsLeft = slipsLeft
      self.model = model
      self.address = address
    }
  }

  /// What was last seen of a slip that somebody has to look after.
  public struct SlipNote: Equatable, Sendable {
    public var printer: PrinterID
    public var since: Instant
    /// Why it is in doubt or failed, as a word like those of states; nil when nobody knows.
    public var reason: String?
    /// In English, as the printer's link tells it; nil when nothing was seen.
    public var evidence: String?
    /// True once a person has asked for it again, until that is decided.
    public var isRetried: Bool

    public init(
      printer: PrinterID, since: Instant, reason: String?, evidence: String?,
      isRetried: Bool = false
    ) {
      self.printer = printer
      self.since = since
      self.reason = reason
      self.evidence = evidence
      self.isRetried = isRetried
    }
  }

  public var printers: [PrinterID: PrinterState]
  /// Screens that nobody shows at present, and since when.
  public var blindScreens: [ScreenID: Instant]
  public private(set) var slips: [VisitID: SlipNote]

  public init(
    printers: [PrinterID: PrinterState] = [:], blindScreens: [ScreenID: Instant] = [:],
    slips: [VisitID: SlipNote] = [:]
  ) {
    self.printers = printers
    self.blindScreens = blindScreens
    self.slips = slips
  }

  /// Takes the newest note on a slip. News of a printer and of a person may overtake each other, so an
  /// older one changes nothing; of two from the same moment the printer's counts.
  public mutating func note(_ note: SlipNote, on visit: VisitID) {
    if let known = slips[visit] {
      guard note.since > known.since || (note.since == known.since && !note.isRetried) else {
        return
      }
    }
    slips[visit] = note
  }

  /// Forgets the notes on all other slips.
  public mutating func keepSlips(where isKept: (VisitID) -> Bool) {
    slips = slips.filter { isKept($0.key) }
  }

  /// The state word of a printer, `connecting` before anything was heard of it.
  public func word(of printer: PrinterID) -> String { printers[printer]?.shownWord ?? "connecting" }

  /// True when a slip for `printer` comes out there, or at the printer that stands in for it.
  public func canPrint(for printer: PrinterID, in configuration: VenueConfiguration?) -> Bool {
    let backup = configuration?.printers.first { $0.id == printer }?.backup
    return [printer, backup].contains { $0.flatMap { printers[$0] }?.canPrint ?? false }
  }
}

extension DeviceStates.PrinterState {
  /// Slips that nobody can be sure of, and then paper that runs low, are worth saying as long as nothing
  /// is worse.
  public var shownWord: String { warning?.word ?? word }

  public var level: Care.Level {
    guard canPrint else { return .beyond }
    return warning == nil ? .good : .near
  }

  /// Since when it is as `shownWord` says.
  public var shownSince: Instant { warning?.since ?? since }

  /// What is wrong with a printer that prints.
  private var warning: (word: String, since: Instant)? {
    guard canPrint else { return nil }
    return unprovenSince.map { ("unproven", $0) } ?? nearEndSince.map { ("paperNearEnd", $0) }
  }
}
