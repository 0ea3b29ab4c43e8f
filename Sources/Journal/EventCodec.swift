import Venue

/// The form of events in the journal, `schema` 2: schema 1 had single stops and no mediators.
///
/// A payload is one tag byte and the event's fields in the order of their declaration. Every row
/// names its schema, and code reads all schemas ever written: a new form gets a new number, and the
/// old reading stays.
enum EventCodec {
  /// What `encode` writes.
  static let schema: Int64 = 2

  /// The first byte of a payload.
  fileprivate enum Tag: UInt8 {
    case configured = 1
    case dayOpened = 2
    case dayClosed = 3
    case issued = 4
    case called = 5
    case recalled = 6
    case started = 7
    case finished = 8
    case missed = 9
    case parked = 10
    case forwarded = 11
    case undone = 12
    case resumed = 13
    case left = 14
    case expired = 15
    case counterOpened = 16
    case counterPaused = 17
    case counterClosed = 18
    case slipReported = 19
    case hoursSet = 20
    case stopPlanned = 21
    case stopCancelled = 22
    case consented = 23
    case mediatorChanged = 24
    case mediatorJoined = 25
    case counterAssigned = 26
    case returned = 27
  }

  static func encode(_ event: Event) -> [UInt8] {
    var writer = ByteWriter(capacity: 64)
    switch event {
    case .configured(let configuration):
      writer.write(byte: Tag.configured.rawValue)
      writer.write(configuration)
    case .dayOpened(let day): writer.write(.dayOpened, day)
    case .dayClosed(let day): writer.write(.dayClosed, day)
    case .issued(let issue): writer.write(issue)
    case .called(let visit, let counter, let help, let reason):
      writer.write(.called, visit, counter)
      writer.write(help)
      writer.write(reason)
    case .recalled(let visit, let counter): writer.write(.recalled, visit, counter)
    case .started(let visit, let counter): writer.write(.started, visit, counter)
    case .finished(let visit, let counter, let outcome, let next):
      writer.write(.finished, visit, counter)
      writer.write(optional: outcome) { $0.write($1) }
      writer.write(optional: next) { $0.write($1) }
    case .missed(let visit, let counter): writer.write(.missed, visit, counter)
    case .parked(let visit, let counter): writer.write(.parked, visit, counter)
    case .forwarded(let visit, let counter, let service, let comesBack):
      writer.write(.forwarded, visit, counter)
      writer.write(service)
      writer.write(flag: comesBack)
    case .undone(let visit, let counter): writer.write(.undone, visit, counter)
    case .resumed(let visit): writer.write(.resumed, visit)
    case .left(let visit): writer.write(.left, visit)
    case .expired(let visit): writer.write(.expired, visit)
    case .counterOpened(let counter): writer.write(.counterOpened, counter)
    case .counterPaused(let counter): writer.write(.counterPaused, counter)
    case .counterClosed(let counter): writer.write(.counterClosed, counter)
    case .slipReported(let report):
      writer.write(byte: Tag.slipReported.rawValue)
      writer.write(report)
    case .hoursSet, .stopPlanned, .stopCancelled, .consented, .mediatorChanged, .mediatorJoined,
      .counterAssigned, .returned:
      writer.write(journey: event)
    }
    return writer.bytes
  }

  static func decode(_ payload: [UInt8], schema: Int64) throws(CodecError) -> Event {
    guard (1...Self.schema).contains(schema) else {
      throw CodecError(
        offset: 0,
        reason: "schema \(schema) is unknown to this version of Rossio, which reads schemas 1 "
          + "and 2;")
    }
    var reader = ByteReader(payload)
    let event = try reader.readEvent(schema: schema)
    try reader.finish()
    return event
  }
}

extension ByteWriter {
  fileprivate mutating func write(_ tag: EventCodec.Tag, _ day: ServiceDay) {
    write(byte: tag.rawValue)
    write(day)
  }

  fileprivate mutating func write(_ tag: EventCodec.Tag, _ visit: VisitID) {
    write(byte: tag.rawValue)
    write(visit)
  }

  fileprivate mutating func write(_ tag: EventCodec.Tag, _ counter: CounterID) {
    write(byte: tag.rawValue)
    write(counter)
  }

  fileprivate mutating func write(
    _ tag: EventCodec.Tag, _ visit: VisitID, _ counter: CounterID
  ) {
    write(tag, visit)
    write(counter)
  }

  fileprivate mutating func write(_ issue: Issue) {
    write(.issued, issue.visit)
    write(issue.number)
    write(issue.service)
    write(issue.language)
    write(flag: issue.isPriority)
    write(optional: issue.kiosk) { $0.write($1) }
    write(optional: issue.appointment) { $0.write($1) }
    write(list: issue.planned) { $0.write($1) }
    write(signed: Int64(issue.people))
    write(list: issue.needs) { $0.write($1) }
    write(optional: issue.voucher) { $0.write($1) }
  }

  /// What came with schema 2.
  fileprivate mutating func write(journey event: Event) {
    switch event {
    case .hoursSet(let hours):
      write(byte: EventCodec.Tag.hoursSet.rawValue)
      write(hours)
    case .stopPlanned(let visit, let stop):
      write(.stopPlanned, visit)
      write(stop)
    case .stopCancelled(let visit, let service, let next):
      write(.stopCancelled, visit)
      write(service)
      write(optional: next) { $0.write($1) }
    case .consented(let visit, let consent):
      write(.consented, visit)
      write(consent)
    case .mediatorChanged(let mediator, let status):
      write(byte: EventCodec.Tag.mediatorChanged.rawValue)
      write(mediator)
      write(status)
    case .mediatorJoined(let visit, let counter, let mediator):
      write(.mediatorJoined, visit, counter)
      write(mediator)
    case .counterAssigned(let counter, let services):
      write(.counterAssigned, counter)
      write(list: services) { $0.write($1) }
    case .returned(let visit): write(.returned, visit)
    default: preconditionFailure("schema 1 had the other kinds")
    }
  }
}

extension ByteReader {
  fileprivate mutating func readEvent(schema: Int64) throws(CodecError) -> Event {
    let code = try readByte()
    guard let tag = EventCodec.Tag(rawValue: code) else {
      throw error("no event has the tag \(code)")
    }
    switch tag {
    case .configured: return .configured(try readConfiguration())
    case .dayOpened: return .dayOpened(try readDay())
    case .dayClosed: return .dayClosed(try readDay())
    case .issued: return .issued(try readIssue(schema: schema))
    case .called:
      return schema == 1
        ? .called(try readVisitID(), at: try readIdentifier())
        : .called(
          try readVisitID(), at: try readIdentifier(), help: try readHelp(),
          because: try readCase())
    case .recalled: return .recalled(try readVisitID(), at: try readIdentifier())
    case .started: return .started(try readVisitID(), at: try readIdentifier())
    case .finished:
      return schema == 1
        ? .finished(try readVisitID(), at: try readIdentifier())
        : .finished(
          try readVisitID(), at: try readIdentifier(), outcome: try readOptionalIdentifier(),
          next: try readOptionalIdentifier())
    case .missed: return .missed(try readVisitID(), at: try readIdentifier())
    case .parked: return .parked(try readVisitID(), at: try readIdentifier())
    case .forwarded:
      return .forwarded(
        try readVisitID(), at: try readIdentifier(), to: try readIdentifier(),
        comesBack: schema == 1 ? false : try readFlag())
    case .undone: return .undone(try readVisitID(), at: try readIdentifier())
    case .resumed: return .resumed(try readVisitID())
    case .left: return .left(try readVisitID())
    case .expired: return .expired(try readVisitID())
    case .counterOpened: return .counterOpened(try readIdentifier())
    case .counterPaused: return .counterPaused(try readIdentifier())
    case .counterClosed: return .counterClosed(try readIdentifier())
    case .slipReported: return .slipReported(try readReport())
    case .hoursSet: return .hoursSet(try readHours())
    case .stopPlanned: return .stopPlanned(try readVisitID(), try readPlannedStop())
    case .stopCancelled:
      return .stopCancelled(
        try readVisitID(), try readIdentifier(), next: try readOptionalIdentifier())
    case .consented: return .consented(try readVisitID(), try readConsent())
    case .mediatorChanged: return .mediatorChanged(try readIdentifier(), try readCase())
    case .mediatorJoined:
      return .mediatorJoined(
        try readVisitID(), at: try readIdentifier(), try readIdentifier())
    case .counterAssigned: return .counterAssigned(try readIdentifier(), try readIdentifiers())
    case .returned: return .returned(try readVisitID())
    }
  }

  private mutating func readIssue(schema: Int64) throws(CodecError) -> Issue {
    var issue = Issue(
      visit: try readVisitID(), number: try readNumber(), service: try readIdentifier(),
      language: try readIdentifier(), isPriority: try readFlag(),
      kiosk: try readOptional { reader throws(CodecError) in
        try reader.readIdentifier(as: KioskID.self)
      })
    guard schema > 1 else { return issue }
    issue.appointment = try readOptionalInstant()
    issue.planned = try readList { reader throws(CodecError) in try reader.readPlannedStop() }
    issue.people = try readInt()
    issue.needs = try readIdentifiers()
    issue.voucher = try readOptional { reader throws(CodecError) in try reader.readVisitID() }
    return issue
  }
}
