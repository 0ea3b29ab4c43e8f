internal import FoundationEssentials
public import Venue
internal import Views

/// A record of the journal as one JSON line: `seq`, `time`, `type` and the event's own fields.
public struct EventDocument: Encodable {
  private let record: Record

  public init(_ record: Record) { self.record = record }

  private enum Key: String, CodingKey {
    case seq, time, type, day, visit, number, service, language, priority, kiosk, counter
    case configuration, printer, outcome, copy
    case help, reason, next, comesBack, hours, stop, consent, mediator, status, services, planned
    case appointment, people, needs, voucher
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(record.sequence, forKey: .seq)
    try fields.encode(Self.text(of: record.time), forKey: .time)
    try fields.encode(record.event.typeName, forKey: .type)
    switch record.event {
    case .configured(let configuration): try fields.encode(configuration, forKey: .configuration)
    case .dayOpened(let day), .dayClosed(let day): try fields.encode(day, forKey: .day)
    case .issued(let issue): try Self.encode(issue, into: &fields)
    case .called(let visit, let counter, let help, let reason):
      try fields.encode(visit, forKey: .visit)
      try fields.encode(counter, forKey: .counter)
      try fields.encode(help.word, forKey: .help)
      try fields.encodeIfPresent(help.mediator, forKey: .mediator)
      try fields.encode(reason, forKey: .reason)
    case .finished(let visit, let counter, let outcome, let next):
      try fields.encode(visit, forKey: .visit)
      try fields.encode(counter, forKey: .counter)
      try fields.encodeIfPresent(outcome, forKey: .outcome)
      try fields.encodeIfPresent(next, forKey: .next)
    case .recalled(let visit, let counter), .started(let visit, let counter),
      .missed(let visit, let counter), .parked(let visit, let counter),
      .undone(let visit, let counter):
      try fields.encode(visit, forKey: .visit)
      try fields.encode(counter, forKey: .counter)
    case .forwarded(let visit, let counter, let service, let comesBack):
      if comesBack { try fields.encode(true, forKey: .comesBack) }
      try fields.encode(visit, forKey: .visit)
      try fields.encode(counter, forKey: .counter)
      try fields.encode(service, forKey: .service)
    case .resumed(let visit), .left(let visit), .expired(let visit), .returned(let visit):
      try fields.encode(visit, forKey: .visit)
    case .counterOpened(let counter), .counterPaused(let counter), .counterClosed(let counter):
      try fields.encode(counter, forKey: .counter)
    case .slipReported(let report):
      try fields.encode(report.visit, forKey: .visit)
      try fields.encode(report.printer, forKey: .printer)
      try fields.encode(report.outcome, forKey: .outcome)
      try fields.encode(report.isCopy, forKey: .copy)
    case .hoursSet(let hours): try fields.encode(hours, forKey: .hours)
    case .stopPlanned(let visit, let stop):
      try fields.encode(visit, forKey: .visit)
      try fields.encode(stop, forKey: .stop)
    case .stopCancelled(let visit, let service, let next):
      try fields.encode(visit, forKey: .visit)
      try fields.encode(service, forKey: .service)
      try fields.encodeIfPresent(next, forKey: .next)
    case .consented(let visit, let consent):
      try fields.encode(visit, forKey: .visit)
      try fields.encode(consent, forKey: .consent)
    case .mediatorChanged(let mediator, let status):
      try fields.encode(mediator, forKey: .mediator)
      try fields.encode(status, forKey: .status)
    case .mediatorJoined(let visit, let counter, let mediator):
      try fields.encode(visit, forKey: .visit)
      try fields.encode(counter, forKey: .counter)
      try fields.encode(mediator, forKey: .mediator)
    case .counterAssigned(let counter, let services):
      try fields.encode(counter, forKey: .counter)
      try fields.encode(services, forKey: .services)
    }
  }

  private static func encode(
    _ issue: Issue, into fields: inout KeyedEncodingContainer<Key>
  ) throws {
    try fields.encode(issue.visit, forKey: .visit)
    try fields.encode(issue.number, forKey: .number)
    try fields.encode(issue.service, forKey: .service)
    try fields.encode(issue.language, forKey: .language)
    try fields.encode(issue.isPriority, forKey: .priority)
    try fields.encodeIfPresent(issue.kiosk, forKey: .kiosk)
    try fields.encodeIfPresent(issue.appointment, forKey: .appointment)
    if !issue.planned.isEmpty { try fields.encode(issue.planned, forKey: .planned) }
    if issue.people != 1 { try fields.encode(issue.people, forKey: .people) }
    if !issue.needs.isEmpty { try fields.encode(issue.needs, forKey: .needs) }
    try fields.encodeIfPresent(issue.voucher, forKey: .voucher)
  }

  /// RFC 3339 in UTC with milliseconds, written apart: a `Date` holds seconds as a `Double`, whose
  /// text can lack the last millisecond.
  private static func text(of instant: Instant) -> String {
    let (second, rest) = instant.milliseconds.quotientAndRemainder(dividingBy: 1000)
    let millisecond = rest < 0 ? rest + 1000 : rest
    let date = Date(timeIntervalSince1970: Double(rest < 0 ? second - 1 : second))
    let digits = String(String(1000 + millisecond).dropFirst())
    return date.formatted(Date.ISO8601FormatStyle()).dropLast() + ".\(digits)Z"
  }
}

extension Event {
  /// The event's name in documents.
  public var typeName: String {
    switch self {
    case .configured: "configured"
    case .dayOpened: "day-opened"
    case .dayClosed: "day-closed"
    case .issued: "issued"
    case .called: "called"
    case .recalled: "recalled"
    case .started: "started"
    case .finished: "finished"
    case .missed: "missed"
    case .parked: "parked"
    case .forwarded: "forwarded"
    case .undone: "undone"
    case .resumed: "resumed"
    case .left: "left"
    case .expired: "expired"
    case .counterOpened: "counter-opened"
    case .counterPaused: "counter-paused"
    case .counterClosed: "counter-closed"
    case .slipReported: "slip-reported"
    case .hoursSet: "hours-set"
    case .stopPlanned: "stop-planned"
    case .stopCancelled: "stop-cancelled"
    case .consented: "consented"
    case .mediatorChanged: "mediator-changed"
    case .mediatorJoined: "mediator-joined"
    case .counterAssigned: "counter-assigned"
    case .returned: "returned"
    }
  }
}

extension Help {
  /// The name on the wire.
  public var word: String { ConsoleView.HelpKind(self).rawValue }
}
