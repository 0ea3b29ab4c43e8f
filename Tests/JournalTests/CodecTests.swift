import Testing
import Venue

@testable import Journal

/// One event of each kind, with fixed values: what schema 1 is frozen by.
private let one: [Event] = {
  guard let a = Prefix("A") else { fatalError() }
  let visit = VisitID(high: 0x0102_0304_0506_0708, low: 0x1112_1314_1516_1718)
  let day = ServiceDay(year: 2026, month: 11, day: 23)
  return [
    .dayOpened(day),
    .dayClosed(day),
    .issued(
      Venue.Issue(
        visit: visit, number: TicketNumber(prefix: a, value: 42), service: "work",
        language: "pt", isPriority: true, kiosk: "K1")),
    .issued(
      Venue.Issue(
        visit: visit, number: TicketNumber(prefix: a, value: 1_000), service: "work",
        language: "zh-Hans", isPriority: false, kiosk: nil)),
    .called(visit, at: "12"), .recalled(visit, at: "12"), .started(visit, at: "12"),
    .finished(visit, at: "12"), .missed(visit, at: "12"), .parked(visit, at: "12"),
    .forwarded(visit, at: "12", to: "family"), .undone(visit, at: "12"),
    .resumed(visit), .left(visit), .expired(visit),
    .counterOpened("12"), .counterPaused("12"), .counterClosed("12"),
    .slipReported(SlipReport(visit: visit, printer: "P1", outcome: .unknown, isCopy: true)),
  ]
}()

/// The bytes of `one` as schema 1 wrote them. They are never edited: journals hold them.
private let frozen: [String] = {
  let visit = "08070605040302011817161514131211"
  return [
    "02d41f162e", "03d41f162e",
    "04\(visit)415404776f726b02707401" + "01024b31",
    "04\(visit)41d00f04776f726b077a682d48616e73" + "0000",
    "05\(visit)023132", "06\(visit)023132", "07\(visit)023132", "08\(visit)023132",
    "09\(visit)023132", "0a\(visit)023132", "0b\(visit)0231320666616d696c79",
    "0c\(visit)023132", "0d\(visit)", "0e\(visit)", "0f\(visit)",
    "10023132", "11023132", "12023132",
    "13\(visit)0250310201",
  ]
}()

private func hex(_ bytes: [UInt8]) -> String {
  bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
}

private func bytes(hex: String) -> [UInt8] {
  let digits = Array(hex)
  return stride(from: 0, to: digits.count, by: 2).compactMap {
    UInt8(String(digits[$0...$0 + 1]), radix: 16)
  }
}

@Suite("The form of events") struct EventCodecTests {
  @Test("Every kind of event has the bytes that schema 1 was frozen with, and is read from them")
  func frozenBytes() throws {
    #expect(one.count == frozen.count)
    for (event, expected) in zip(one, frozen) {
      #expect(hex(EventCodec.encode(event)) == expected, "\(event)")
      #expect(try EventCodec.decode(bytes(hex: expected), schema: 1) == event)
    }
  }

  @Test("A configuration is read from the JSON that schema 1 wrote")
  func frozenConfiguration() throws {
    let json = """
      {"agencies":[],"counters":[],"hostLanguage":"pt","id":"v","kiosks":[],"languages":["pt"],\
      "name":"Praça / 1","needs":[],"numbering":{"neutralPrefix":"N","skips":[13,39]},\
      "policy":"statutory","printers":[],"publicURL":"http://v","screens":[],"services":[],\
      "timeZone":"Europe/Lisbon","zones":[{"floor":-1,"id":"hall"}]}
      """
    // 317 bytes: LEB128 of the count is bd 02.
    #expect(json.utf8.count == 317)
    let payload: [UInt8] = [1, 0xbd, 0x02] + Array(json.utf8)
    let event = try EventCodec.decode(payload, schema: 1)
    guard case .configured(let configuration) = event else {
      Testing.Issue.record("not a configuration: \(event)")
      return
    }
    #expect(configuration.name == "Praça / 1")
    #expect(configuration.numbering.skips == [13, 39])
    #expect(configuration.zones == [Zone(id: "hall", floor: -1)])
    #expect(EventCodec.encode(event) == payload)
  }

  @Test("Random events of every kind come back as they were", arguments: [1, 2, 3] as [UInt64])
  func randomRoundTrip(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<1_500 {
      let event = randomEvent(&random)
      let payload = EventCodec.encode(event)
      #expect(try EventCodec.decode(payload, schema: EventCodec.schema) == event)
    }
  }

  @Test("A payload that is cut at any byte, or too long, is an error that says where")
  func truncation() throws {
    for event in one + [.configured(.sample)] {
      let payload = EventCodec.encode(event)
      for count in payload.indices {
        let error = #expect(throws: CodecError.self) {
          try EventCodec.decode(Array(payload[..<count]), schema: 1)
        }
        #expect(error.map { $0.offset <= count } == true)
      }
      #expect(throws: CodecError.self) { try EventCodec.decode(payload + [0], schema: 1) }
    }
  }

  @Test("Changed and random bytes are either an error or exactly what their event encodes to")
  func damaged() {
    var random = SeededRandom(seed: 7)
    for round in 0..<30_000 {
      var payload =
        round % 3 == 0
        ? random.bytes(Int.random(in: 0..<60, using: &random))
        : EventCodec.encode(one[Int.random(in: one.indices, using: &random)])
      if !payload.isEmpty {
        let place = Int.random(in: payload.indices, using: &random)
        payload[place] = UInt8.random(in: 0...255, using: &random)
      }
      guard let event = try? EventCodec.decode(payload, schema: 1) else { continue }
      if case .configured = event { continue }
      #expect(EventCodec.encode(event) == payload)
    }
  }

  @Test("An event of a newer schema is refused in words")
  func newerSchema() {
    let error = #expect(throws: CodecError.self) { try EventCodec.decode([2], schema: 2) }
    #expect(error.map { "\($0)".contains("schema 2") } == true)
  }
}

@Suite("The form of snapshots") struct SnapshotCodecTests {
  @Test("Snapshots of a busy hall come back as they were, with equal bytes for equal ones")
  func roundTrip() throws {
    var scenario = Scenario(seed: 11)
    for _ in 0..<40 {
      _ = scenario.records(120)
      let snapshot = scenario.state.snapshot
      let payload = SnapshotCodec.encode(snapshot)
      #expect(try SnapshotCodec.decode(payload, schema: 1) == snapshot)
      #expect(SnapshotCodec.encode(VenueState(snapshot: snapshot).snapshot) == payload)
    }
  }

  @Test("A snapshot cut anywhere is an error, and damaged bytes never trap")
  func damaged() throws {
    var scenario = Scenario(seed: 12)
    _ = scenario.records(40)
    let payload = SnapshotCodec.encode(scenario.state.snapshot)
    for count in payload.indices {
      #expect(throws: CodecError.self) {
        try SnapshotCodec.decode(Array(payload[..<count]), schema: 1)
      }
    }
    var random = SeededRandom(seed: 13)
    for _ in 0..<1_000 {
      var changed = payload
      changed[Int.random(in: payload.indices, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
      _ = try? SnapshotCodec.decode(changed, schema: 1)
    }
  }

  @Test("The hash of a state is the same on every machine, and differs when anything does")
  func hash() {
    var scenario = Scenario(seed: 14)
    _ = scenario.records(300)
    var snapshot = scenario.state.snapshot
    let before = stateHash(of: snapshot)
    #expect(stateHash(of: snapshot) == before)
    snapshot.visits[0] = snapshot.visits[1]
    #expect(stateHash(of: snapshot) != before)
    // The empty state: BLAKE2b-256 of ten zero bytes, by `b2sum -l 256`.
    #expect(hex(stateHash(of: VenueState().snapshot)) == emptyStateHash)
  }
}

private let emptyStateHash = "8a833f318209f48a635f8fdd18653d1e761ea488ebb83e1617c6ec4d9344b1a9"

private func randomEvent(_ random: inout SeededRandom) -> Event {
  let visit = VisitID(high: random.next(), low: random.next())
  let counter = CounterID(randomText(&random))
  let day = ServiceDay(
    year: Int.random(in: 1...9_999, using: &random), month: Int.random(in: 1...12, using: &random),
    day: Int.random(in: 1...31, using: &random))
  switch Int.random(in: 0..<19, using: &random) {
  case 0:
    var configuration = VenueConfiguration.sample
    configuration.name = randomText(&random)
    return .configured(configuration)
  case 1: return .dayOpened(day)
  case 2: return .dayClosed(day)
  case 3:
    let prefix = "ABCXYZ".compactMap { Prefix(String($0)) }.randomElement(using: &random)
    guard let prefix else { return .dayOpened(day) }
    return .issued(
      Venue.Issue(
        visit: visit,
        number: TicketNumber(prefix: prefix, value: .random(in: .min ... .max, using: &random)),
        service: ServiceID(randomText(&random)), language: LanguageTag(randomText(&random)),
        isPriority: .random(using: &random),
        kiosk: .random(using: &random) ? KioskID(randomText(&random)) : nil))
  case 4: return .called(visit, at: counter)
  case 5: return .recalled(visit, at: counter)
  case 6: return .started(visit, at: counter)
  case 7: return .finished(visit, at: counter)
  case 8: return .missed(visit, at: counter)
  case 9: return .parked(visit, at: counter)
  case 10: return .forwarded(visit, at: counter, to: ServiceID(randomText(&random)))
  case 11: return .undone(visit, at: counter)
  case 12: return .resumed(visit)
  case 13: return .left(visit)
  case 14: return .expired(visit)
  case 15: return .counterOpened(counter)
  case 16: return .counterPaused(counter)
  case 17: return .counterClosed(counter)
  default:
    return .slipReported(
      SlipReport(
        visit: visit, printer: PrinterID(randomText(&random)),
        outcome: SlipReport.Outcome.allCases.randomElement(using: &random) ?? .failed,
        isCopy: .random(using: &random)))
  }
}

private func randomText(_ random: inout SeededRandom) -> String {
  let letters = Array("aZ0-_\0é漢🙂\"/\\ ")
  return String(
    (0..<Int.random(in: 0...200, using: &random)).map { _ in
      letters[Int.random(in: letters.indices, using: &random)]
    })
}
