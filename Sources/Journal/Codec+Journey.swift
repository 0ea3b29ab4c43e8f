import Venue

// The forms of what journeys, mediators and hours are made of, for events and snapshots alike.

extension ByteWriter {
  mutating func write(_ stop: PlannedStop) {
    write(stop.service)
    write(list: stop.after) { $0.write($1) }
    write(optional: stop.appointment) { $0.write($1) }
    write(optional: stop.counter) { $0.write($1) }
  }

  /// 0 direct, 1 telephone, 2 and the mediator.
  mutating func write(_ help: Help) {
    switch help {
    case .direct: write(byte: 0)
    case .telephone: write(byte: 1)
    case .mediator(let mediator):
      write(byte: 2)
      write(mediator)
    }
  }

  mutating func write(_ consent: Consent) {
    write(consent.from)
    write(consent.to)
    write(list: consent.fields) { $0.write($1) }
  }

  mutating func write(_ hours: DayHours) {
    write(hours.dayStart)
    write(list: hours.services) { writer, entry in
      writer.write(entry.service)
      writer.write(list: entry.spans) { writer, span in
        writer.write(span.opens)
        writer.write(span.closes)
      }
    }
  }

  mutating func write(_ voucher: Voucher) {
    write(voucher.visit)
    write(voucher.service)
    write(voucher.day)
  }
}

extension ByteReader {
  mutating func readIdentifiers<ID: Identifier>(
    as type: ID.Type = ID.self
  ) throws(CodecError) -> [ID] {
    try readList { reader throws(CodecError) in try reader.readIdentifier(as: ID.self) }
  }

  mutating func readOptionalIdentifier<ID: Identifier>(
    as type: ID.Type = ID.self
  ) throws(CodecError) -> ID? {
    try readOptional { reader throws(CodecError) in try reader.readIdentifier(as: ID.self) }
  }

  mutating func readOptionalInstant() throws(CodecError) -> Instant? {
    try readOptional { reader throws(CodecError) in try reader.readInstant() }
  }

  mutating func readPlannedStop() throws(CodecError) -> PlannedStop {
    PlannedStop(
      service: try readIdentifier(), after: try readIdentifiers(),
      appointment: try readOptionalInstant(), counter: try readOptionalIdentifier())
  }

  mutating func readHelp() throws(CodecError) -> Help {
    let code = try readByte()
    switch code {
    case 0: return .direct
    case 1: return .telephone
    case 2: return .mediator(try readIdentifier())
    default: throw error("no help has the code \(code)")
    }
  }

  mutating func readConsent() throws(CodecError) -> Consent {
    Consent(
      from: try readIdentifier(), to: try readIdentifier(),
      fields: try readList { reader throws(CodecError) in
        try reader.readCase(of: SharedField.self)
      })
  }

  mutating func readHours() throws(CodecError) -> DayHours {
    DayHours(
      dayStart: try readInstant(),
      services: try readList { reader throws(CodecError) in
        ServiceHours(
          service: try reader.readIdentifier(),
          spans: try reader.readList { reader throws(CodecError) in
            OpenSpan(opens: try reader.readInstant(), closes: try reader.readInstant())
          })
      })
  }

  mutating func readVoucher() throws(CodecError) -> Voucher {
    Voucher(visit: try readVisitID(), service: try readIdentifier(), day: try readDay())
  }
}
