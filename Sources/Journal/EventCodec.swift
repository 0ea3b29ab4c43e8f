import Venue

/// The form of events in the journal, `schema` 1.
///
/// A payload is one tag byte and the event's fields in the order of their declaration. Every row
/// names its schema, and code reads all schemas ever written: a new form gets a new number, and the
/// old reading stays.
enum EventCodec {
  /// What `encode` writes.
  static let schema: Int64 = 1

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
    case .called(let visit, let counter): writer.write(.called, visit, counter)
    case .recalled(let visit, let counter): writer.write(.recalled, visit, counter)
    case .started(let visit, let counter): writer.write(.started, visit, counter)
    case .finished(let visit, let counter): writer.write(.finished, visit, counter)
    case .missed(let visit, let counter): writer.write(.missed, visit, counter)
    case .parked(let visit, let counter): writer.write(.parked, visit, counter)
    case .forwarded(let visit, let counter, let service):
      writer.write(.forwarded, visit, counter)
      writer.write(service)
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
    }
    return writer.bytes
  }

  static func decode(_ payload: [UInt8], schema: Int64) throws(CodecError) -> Event {
    guard schema == Self.schema else {
      throw CodecError(
        offset: 0,
        reason: "schema \(schema) is unknown to this version of Rossio, which reads schema 1;")
    }
    var reader = ByteReader(payload)
    let event = try reader.readEvent()
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
  }
}

extension ByteReader {
  fileprivate mutating func readEvent() throws(CodecError) -> Event {
    let code = try readByte()
    guard let tag = EventCodec.Tag(rawValue: code) else {
      throw error("no event has the tag \(code)")
    }
    switch tag {
    case .configured: return .configured(try readConfiguration())
    case .dayOpened: return .dayOpened(try readDay())
    case .dayClosed: return .dayClosed(try readDay())
    case .issued: return .issued(try readIssue())
    case .called: return .called(try readVisitID(), at: try readIdentifier())
    case .recalled: return .recalled(try readVisitID(), at: try readIdentifier())
    case .started: return .started(try readVisitID(), at: try readIdentifier())
    case .finished: return .finished(try readVisitID(), at: try readIdentifier())
    case .missed: return .missed(try readVisitID(), at: try readIdentifier())
    case .parked: return .parked(try readVisitID(), at: try readIdentifier())
    case .forwarded:
      return .forwarded(try readVisitID(), at: try readIdentifier(), to: try readIdentifier())
    case .undone: return .undone(try readVisitID(), at: try readIdentifier())
    case .resumed: return .resumed(try readVisitID())
    case .left: return .left(try readVisitID())
    case .expired: return .expired(try readVisitID())
    case .counterOpened: return .counterOpened(try readIdentifier())
    case .counterPaused: return .counterPaused(try readIdentifier())
    case .counterClosed: return .counterClosed(try readIdentifier())
    case .slipReported: return .slipReported(try readReport())
    }
  }

  private mutating func readIssue() throws(CodecError) -> Issue {
    Issue(
      visit: try readVisitID(), number: try readNumber(), service: try readIdentifier(),
      language: try readIdentifier(), isPriority: try readFlag(),
      kiosk: try readOptional { reader throws(CodecError) in
        try reader.readIdentifier(as: KioskID.self)
      })
  }
}
