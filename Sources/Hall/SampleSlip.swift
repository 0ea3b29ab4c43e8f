public import Venue
public import Views

/// A slip of a venue as it would come out on a quiet morning: for previews and for tests of the look.
///
/// It takes the way of every slip, through commands and events. The number, the time and the short
/// code are the same each time.
public struct SampleSlip: Equatable, Sendable {
  /// The first stop, then those that follow.
  public var services: [ServiceID]
  public var language: LanguageTag
  /// The kiosk whose printer prints it: its arrows.
  public var kiosk: KioskID?
  public var consent: Consent?
  public var isCopy = false
  /// The service closed before the visit's turn.
  public var isVoucher = false

  public init(_ services: [ServiceID], language: LanguageTag, kiosk: KioskID? = nil) {
    self.services = services
    self.language = language
    self.kiosk = kiosk
  }

  /// The fifth slip for the first of `services`, with the others to follow, on a morning when nobody
  /// has been called yet.
  public func view(in venue: LoadedVenue) throws(Refusal) -> SlipView {
    var morning = Morning()
    try morning.begin(venue.configuration, counters: services.first)
    var last: VisitID?
    for low in UInt64(1)...5 {
      let id = VisitID(high: 0x1234_5678_9ABC_DEF0, low: low &* 0x9E37_79B9_7F4A_7C15)
      try morning.perform(.issue(IssueRequest(visit: id, stops: stops, language: language)))
      last = id
    }
    if let consent, let last { try morning.perform(.consent(last, consent)) }
    if isVoucher, let first = services.first { try morning.close(first) }
    guard let visit = last.flatMap({ morning.state.visit($0) }) else {
      preconditionFailure("a visit that was issued today is there")
    }
    let printer = venue.configuration.kiosks.first { $0.id == kiosk }?.printer
    return Fold(state: morning.state, lexicon: venue.lexicon)
      .slip(of: visit, localTime: "2026-11-23 10:02", isCopy: isCopy, on: printer)
  }

  /// Each stop after the one before, so that the first of them is first.
  private var stops: [PlannedStop] {
    services.enumerated().map { index, service in
      PlannedStop(service: service, after: Array(services.prefix(index)))
    }
  }
}

/// A venue and its clock.
private struct Morning {
  var state = VenueState()
  private var now = Instant(milliseconds: 1_764_000_000_000)

  mutating func perform(_ command: Command) throws(Refusal) {
    for event in try state.decide(command, at: now) {
      state.apply(Record(sequence: state.sequence + 1, time: now, event: event))
    }
  }

  /// Opens the counters of `service`.
  mutating func begin(
    _ configuration: VenueConfiguration, counters service: ServiceID?
  ) throws(Refusal) {
    try perform(.configure(configuration))
    try perform(.openDay(ServiceDay(year: 2026, month: 11, day: 23)))
    for counter in configuration.counters {
      guard let service, counter.services.contains(service) else { continue }
      try perform(.counter(counter.id, .open))
    }
  }

  /// Lets `service` close, and the time pass that is given to those who wait still.
  mutating func close(_ service: ServiceID) throws(Refusal) {
    let span = OpenSpan(opens: now.adding(milliseconds: -1), closes: now.adding(milliseconds: 1))
    try perform(
      .setHours(
        DayHours(dayStart: now, services: [ServiceHours(service: service, spans: [span])])))
    now = now.adding(
      milliseconds: Int64(state.configuration?.bounds.overtimeMinutes ?? 0) * 60_000 + 1)
    try perform(.settleClosed)
  }
}
