public import Venue
public import Views

/// One slip for one printer.
public struct PrintJob: Equatable, Sendable {
  /// Names the job for ever: a second job with the same key is the same job and is not printed again.
  public var key: String
  public var printer: PrinterID
  public var slip: SlipView

  public init(key: String, printer: PrinterID, slip: SlipView) {
    self.key = key
    self.printer = printer
    self.slip = slip
  }

  public var isCopy: Bool { slip.copy != nil }
}

/// What became of a job.
public struct JobOutcome: Equatable, Sendable {
  public enum Result: String, Sendable {
    /// The printer proved that all of the slip was printed.
    case printed
    /// Bytes of it were sent and no proof came: a person has to look, and may ask for a copy.
    case unknown
    /// Nothing is on paper and nothing will be: the job was discarded.
    case failed
  }

  public var key: String
  public var visit: VisitID
  public var printer: PrinterID
  public var result: Result
  public var isCopy: Bool
  /// Why, for the log and for staff.
  public var detail: String

  init(_ job: PrintJob, _ result: Result, _ detail: String) {
    key = job.key
    visit = job.slip.visit
    printer = job.printer
    self.result = result
    isCopy = job.isCopy
    self.detail = detail
  }
}

/// How a printer is, for views.
public struct PrinterState: Equatable, Sendable {
  public enum Condition: String, Codable, Sendable {
    /// Not reachable: off, unplugged, or another program holds it.
    case disconnected
    case connecting
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
  /// When `condition` or `faults` last changed.
  public var since: Instant
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

  public init(id: PrinterID, host: String, port: UInt16, profile: PrinterProfile) {
    self.id = id
    self.host = host
    self.port = port
    self.profile = profile
  }

  /// From the venue's configuration. Throws `unknownDialect` and `widthOutOfRange`.
  public init(_ printer: Printer) throws(PrintingError) {
    self.init(
      id: printer.id, host: printer.host, port: UInt16(clamping: printer.port),
      profile: try PrinterProfile(dialect: printer.dialect, widthDots: printer.widthDots))
  }
}
