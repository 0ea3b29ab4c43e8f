public import Venue
public import Views

/// One slip for one printer.
public struct PrintJob: Equatable, Sendable {
  /// Names the job for ever: a second job with the same key is the same job and is not printed again.
  public var key: String
  public var printer: PrinterID
  public var slip: SlipView
  /// What `slip.copy` says once the slip has to be printed again.
  public var copyMark: Phrase

  public init(key: String, printer: PrinterID, slip: SlipView, copyMark: Phrase) {
    self.key = key
    self.printer = printer
    self.slip = slip
    self.copyMark = copyMark
  }

  public var isCopy: Bool { slip.copy != nil }
  /// True for a page that tries a printer; it belongs to no visit.
  public var isTest: Bool { slip.testPage != nil }
}

/// What became of a job.
public struct JobOutcome: Equatable, Sendable {
  public enum Result: String, Sendable {
    /// The printer proved that all of the slip was printed.
    case printed
    /// Bytes of it were sent and no proof came: a person has to look, and may ask for a copy.
    case unknown
    /// Nothing is on paper and nothing will be.
    case failed
    /// A person took the slip out: nobody has to look after it any more.
    case discarded
  }

  public var key: String
  public var visit: VisitID
  public var number: TicketNumber
  public var printer: PrinterID
  public var result: Result
  public var isCopy: Bool
  /// True for a page that tries a printer; it belongs to no visit.
  public var isTest: Bool
  /// Why it is in doubt or failed; nil when it is neither.
  public var reason: SlipReason?
  /// What was seen of it, in English, for the log and whoever wants to know more than `reason`.
  public var detail: String

  init(_ job: PrintJob, _ result: Result, because problem: PrintProblem) {
    self.init(job, result, reason: problem.reason, "\(problem)")
  }

  init(_ job: PrintJob, _ result: Result, reason: SlipReason? = nil, _ detail: String) {
    key = job.key
    visit = job.slip.visit
    number = job.slip.number
    printer = job.printer
    self.result = result
    isCopy = job.isCopy
    isTest = job.isTest
    self.reason = reason
    self.detail = detail
  }
}

/// How a printer is, for views.
public struct PrinterState: Equatable, Sendable {
  public enum Condition: String, CaseIterable, Codable, Sendable {
    /// Not reachable: off or unplugged.
    case disconnected
    /// Reachable, and it says nothing: off behind its network card, held by another program, or a
    /// clone with its cover open.
    case silent
    /// Reachable, and what it says is no printer's.
    case notAPrinter
    case connecting
    /// Connected and well; it has still to prove that nothing of an interrupted slip is left in it.
    case checking
    case ready
    case printing
    /// Connected, but see `faults`.
    case blocked
    /// A fault in the middle of a slip; it may go on by itself once mended.
    case suspended
  }

  public var id: PrinterID
  public var condition: Condition
  public var faults: PrinterFaults
  public var isPaperNearEnd: Bool
  /// Its last slips ended without proof though it says that it is well; until one is proven.
  public var isUnproven = false
  /// When `condition` or `faults` last changed.
  public var since: Instant
  /// About how many slips are left on its roll; nil when nobody can know.
  public var slipsLeft: Int?
  /// Jobs that wait for it, the one being printed not counted.
  public var waitingJobs: Int
  /// In words, for staff: "paper out".
  public var detail: String

  /// False when a slip given to it now would not come out.
  public var canPrint: Bool { condition == .ready || condition == .printing }
}

public struct PrinterConfiguration: Equatable, Sendable {
  public var id: PrinterID
  /// A name or an address.
  public var host: String
  public var port: UInt16
  public var profile: PrinterProfile
  /// Takes over what waits here while this printer cannot print.
  public var backup: PrinterID?
  /// A slip of which nobody knows whether it came out is printed once more by itself, as a copy.
  public var copiesUnknown: Bool

  public init(
    id: PrinterID, host: String, port: UInt16, profile: PrinterProfile, backup: PrinterID? = nil,
    copiesUnknown: Bool = false
  ) {
    self.id = id
    self.host = host
    self.port = port
    self.profile = profile
    self.backup = backup
    self.copiesUnknown = copiesUnknown
  }

  /// From the venue's configuration.
  public init(_ printer: Printer, profile: PrinterProfile) {
    self.init(
      id: printer.id, host: printer.host, port: UInt16(clamping: printer.port), profile: profile,
      backup: printer.backup, copiesUnknown: printer.copiesUnknown)
  }
}
