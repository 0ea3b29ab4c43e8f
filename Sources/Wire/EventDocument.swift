internal import FoundationEssentials
public import Venue

/// A record of the journal as one JSON line: `seq`, `time`, `type` and the event's own fields.
public struct EventDocument: Encodable {
  private let record: Record

  public init(_ record: Record) { self.record = record }

  private enum Key: String, CodingKey {
    case seq, time, type, day, visit, number, service, language, priority, kiosk, counter
    case configuration, printer, outcome, copy
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
    case .called(let visit, let counter), .recalled(let visit, let counter),
      .started(let visit, let counter), .finished(let visit, let counter),
      .missed(let visit, let counter), .parked(let visit, let counter),
      .undone(let visit, let counter):
      try fields.encode(visit, forKey: .visit)
      try fields.encode(counter, forKey: .counter)
    case .forwarded(let visit, let counter, let service):
      try fields.encode(visit, forKey: .visit)
      try fields.encode(counter, forKey: .counter)
      try fields.encode(service, forKey: .service)
    case .resumed(let visit), .left(let visit), .expired(let visit):
      try fields.encode(visit, forKey: .visit)
    case .counterOpened(let counter), .counterPaused(let counter), .counterClosed(let counter):
      try fields.encode(counter, forKey: .counter)
    case .slipReported(let report):
      try fields.encode(report.visit, forKey: .visit)
      try fields.encode(report.printer, forKey: .printer)
      try fields.encode(report.outcome, forKey: .outcome)
      try fields.encode(report.isCopy, forKey: .copy)
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
    }
  }
}
