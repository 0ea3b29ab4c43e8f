import FoundationEssentials
import Venue

/// An enumeration with one fixed byte for each case; the bytes are part of the format.
protocol ByteCoded: CaseIterable {
  var code: UInt8 { get }
}

extension Visit.Status: ByteCoded {
  var code: UInt8 {
    switch self {
    case .waiting: 1
    case .called: 2
    case .serving: 3
    case .parked: 4
    case .done: 5
    case .left: 6
    case .expired: 7
    }
  }
}

extension Stop.Outcome: ByteCoded {
  var code: UInt8 {
    switch self {
    case .finished: 1
    case .forwarded: 2
    case .missed: 3
    case .left: 4
    case .expired: 5
    }
  }
}

extension CounterState.Status: ByteCoded {
  var code: UInt8 {
    switch self {
    case .closed: 1
    case .open: 2
    case .paused: 3
    }
  }
}

extension CallReason: ByteCoded {
  var code: UInt8 {
    switch self {
    case .oldest: 1
    case .priority: 2
    case .appointment: 3
    case .score: 4
    case .language: 5
    case .comesBack: 6
    case .chosen: 7
    }
  }
}

extension MediatorState.Status: ByteCoded {
  var code: UInt8 {
    switch self {
    case .offDuty: 1
    case .onDuty: 2
    case .onBreak: 3
    }
  }
}

extension SharedField: ByteCoded {
  var code: UInt8 {
    switch self {
    case .outcomes: 1
    case .note: 2
    case .language: 3
    case .needs: 4
    }
  }
}

extension SlipReport.Outcome: ByteCoded {
  var code: UInt8 {
    switch self {
    case .printed: 1
    case .unknown: 2
    case .failed: 3
    case .discarded: 4
    }
  }
}

extension ByteWriter {
  mutating func write(_ value: some ByteCoded) { write(byte: value.code) }
  mutating func write(_ id: some Identifier) { write(text: id.text) }
  mutating func write(_ time: Instant) { write(signed: time.milliseconds) }

  mutating func write(_ visit: VisitID) {
    write(word: visit.high)
    write(word: visit.low)
  }

  mutating func write(_ prefix: Prefix) { write(byte: prefix.code) }

  mutating func write(_ number: TicketNumber) {
    write(number.prefix)
    write(signed: Int64(number.value))
  }

  mutating func write(_ day: ServiceDay) {
    write(signed: Int64(day.year))
    write(signed: Int64(day.month))
    write(signed: Int64(day.day))
  }

  mutating func write(_ report: SlipReport) {
    write(report.visit)
    write(report.printer)
    write(report.outcome)
    write(flag: report.isCopy)
  }

  /// JSON with sorted keys: a configuration is rare, and grows with every version of Rossio.
  mutating func write(_ configuration: VenueConfiguration) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      write(counted: Array(try encoder.encode(configuration)))
    } catch {
      preconditionFailure("a configuration is texts and whole numbers: \(error)")
    }
  }
}

extension ByteReader {
  mutating func readCase<Value: ByteCoded>(
    of type: Value.Type = Value.self
  ) throws(CodecError) -> Value {
    let code = try readByte()
    for value in Value.allCases where value.code == code { return value }
    throw error("no \(type) has the code \(code)")
  }

  mutating func readIdentifier<ID: Identifier>(
    as type: ID.Type = ID.self
  ) throws(CodecError) -> ID {
    ID(try readText())
  }

  mutating func readInstant() throws(CodecError) -> Instant {
    Instant(milliseconds: try readSigned())
  }

  mutating func readVisitID() throws(CodecError) -> VisitID {
    let high = try readWord()
    return VisitID(high: high, low: try readWord())
  }

  mutating func readPrefix() throws(CodecError) -> Prefix {
    let code = try readByte()
    guard let prefix = Prefix(code: code) else { throw error("\(code) is no prefix") }
    return prefix
  }

  mutating func readNumber() throws(CodecError) -> TicketNumber {
    let prefix = try readPrefix()
    return TicketNumber(prefix: prefix, value: try readInt32())
  }

  mutating func readDay() throws(CodecError) -> ServiceDay {
    let year = try readInt()
    let month = try readInt()
    return ServiceDay(year: year, month: month, day: try readInt())
  }

  mutating func readReport() throws(CodecError) -> SlipReport {
    let visit = try readVisitID()
    let printer = try readIdentifier(as: PrinterID.self)
    let outcome = try readCase(of: SlipReport.Outcome.self)
    return SlipReport(visit: visit, printer: printer, outcome: outcome, isCopy: try readFlag())
  }

  mutating func readConfiguration() throws(CodecError) -> VenueConfiguration {
    let json = try readCounted()
    do {
      return try JSONDecoder().decode(VenueConfiguration.self, from: Data(json))
    } catch {
      throw self.error("a configuration that does not decode (\(error))")
    }
  }
}
