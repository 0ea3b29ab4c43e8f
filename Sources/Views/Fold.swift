public import Venue

/// What every view is folded from: the state, the words, and how the devices are.
public struct Fold: Sendable {
  public let state: VenueState
  public let lexicon: Lexicon
  public let devices: DeviceStates

  public init(state: VenueState, lexicon: Lexicon, devices: DeviceStates = DeviceStates()) {
    self.state = state
    self.lexicon = lexicon
    self.devices = devices
  }

  var host: LanguageTag { lexicon.hostLanguage }

  func hostName(of service: ServiceID) -> String { lexicon.name(of: service, in: host).text }
  func hostName(of agency: AgencyID) -> String { lexicon.name(of: agency, in: host).text }

  func agencyName(of service: ServiceID) -> String {
    state.service(service).map { hostName(of: $0.agency) } ?? ""
  }

  /// The sign of the agency of `service`; nil when the service is neutral.
  func sign(of service: ServiceID) -> AgencySign? {
    state.service(service).flatMap { $0.isNeutral ? nil : state.agency($0.agency)?.sign }
  }

  /// The range that somebody would be told who takes a ticket now; nil while no counter is open.
  func ticketRange(for service: ServiceID) -> (from: Int, to: Int)? {
    state.expectedRange(for: service, isPriority: false, at: state.time)
      .map(WaitRange.minutes(of:))
  }

  func floor(of zone: ZoneID) -> Int? {
    state.configuration?.zones.first { $0.id == zone }?.floor
  }

  /// "Floor 1".
  func floorPhrase(of zone: ZoneID, in language: LanguageTag) -> Phrase {
    lexicon.phrase(.floor, in: language, ["n": String(floor(of: zone) ?? 0)])
  }
}

/// How printers and displays are, as the daemon last heard. Not part of the journal.
public struct DeviceStates: Equatable, Sendable {
  public struct PrinterState: Equatable, Sendable {
    /// A state word, for example `idle`, `disconnected`, `paperOut`.
    public var word: String
    public var canPrint: Bool
    public var since: Instant
    /// Jobs that wait for it.
    public var waiting: Int

    public init(word: String, canPrint: Bool, since: Instant, waiting: Int) {
      self.word = word
      self.canPrint = canPrint
      self.since = since
      self.waiting = waiting
    }
  }

  public var printers: [PrinterID: PrinterState]
  /// Screens that nobody shows at present, and since when.
  public var blindScreens: [ScreenID: Instant]

  public init(
    printers: [PrinterID: PrinterState] = [:], blindScreens: [ScreenID: Instant] = [:]
  ) {
    self.printers = printers
    self.blindScreens = blindScreens
  }
}

extension Fold {
  /// The bound of slips in doubt that are listed.
  private static let slipLimit = 20

  /// Everything that needs a person, printers first.
  func care() -> [Care] {
    let printers = devices.printers.sorted { $0.key < $1.key }.filter { !$0.value.canPrint }.map {
      Care(
        kind: .printer, subject: $0.key.text, state: $0.value.word, since: $0.value.since,
        waiting: $0.value.waiting)
    }
    let screens = devices.blindScreens.sorted { $0.key < $1.key }.map {
      Care(kind: .screen, subject: $0.key.text, state: "blind", since: $0.value, waiting: 0)
    }
    let slips = state.slips.values.compactMap { report in
      state.visit(report.visit).map { (visit: $0, report: report) }
    }
    .sorted { $0.visit.arrival > $1.visit.arrival }.prefix(Self.slipLimit).map {
      Care(
        kind: .slip, subject: $0.visit.number.description, state: $0.report.outcome.rawValue,
        since: $0.visit.issuedAt, waiting: 0)
    }
    return printers + screens + slips
  }
}
