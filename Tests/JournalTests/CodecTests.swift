import Testing
import Venue

@testable import Journal

/// One event of each kind that schema 1 had, with fixed values: what the schemas are frozen by.
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

/// What schema 2 writes after the bytes of schema 1: nothing asked, nothing planned.
private func addedBySchema2(to event: Event) -> String {
  switch event {
  case .issued: "0000020000"
  case .called: "0001"
  case .finished: "0000"
  case .forwarded: "00"
  default: ""
  }
}

/// One event of each kind that came with schema 2, and of each that it made longer.
private let two: [Event] = {
  let visit = VisitID(high: 0x0102_0304_0506_0708, low: 0x1112_1314_1516_1718)
  let time = Instant(milliseconds: 1_000)
  return [
    .called(visit, at: "12", help: .mediator("M1"), because: .language),
    .finished(visit, at: "12", outcome: "settled", next: "work"),
    .forwarded(visit, at: "12", to: "family", comesBack: true),
    .hoursSet(
      DayHours(
        dayStart: time,
        services: [
          ServiceHours(
            service: "work", spans: [OpenSpan(opens: time, closes: Instant(milliseconds: 2_000))])
        ])),
    .stopPlanned(
      visit, PlannedStop(service: "work", after: ["family"], appointment: time, counter: "12")),
    .stopCancelled(visit, "work", next: "family"),
    .consented(visit, Consent(from: "desk", to: "jobs", fields: [.outcomes, .note])),
    .mediatorChanged("M1", .onBreak), .mediatorJoined(visit, at: "12", "M1"),
    .counterAssigned("12", ["work", "family"]), .returned(visit),
    .slipReported(SlipReport(visit: visit, printer: "P1", outcome: .discarded, isCopy: true)),
  ]
}()

/// The bytes of `two` as schema 2 wrote them. They are never edited: journals hold them.
private let frozenTwo: [String] = {
  let visit = "08070605040302011817161514131211"
  return [
    "05\(visit)02313202024d3105",
    "08\(visit)0231320107736574746c65640104776f726b",
    "0b\(visit)0231320666616d696c7901",
    "14d00f0104776f726b01d00fa01f",
    "15\(visit)04776f726b010666616d696c7901d00f01023132",
    "16\(visit)04776f726b010666616d696c79",
    "17\(visit)046465736b046a6f6273020102",
    "18024d3103", "19\(visit)023132024d31",
    "1a0231320204776f726b0666616d696c79", "1b\(visit)",
    "13\(visit)0250310401",
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
  @Test("Every kind of event has the bytes that its schema was frozen with, and is read from them")
  func frozenBytes() throws {
    #expect(one.count == frozen.count)
    #expect(two.count == frozenTwo.count)
    for (event, first) in zip(one, frozen) {
      #expect(try EventCodec.decode(bytes(hex: first), schema: 1) == event)
    }
    let second = zip(one, frozen).map { ($0, $1 + addedBySchema2(to: $0)) } + zip(two, frozenTwo)
    for (event, expected) in second {
      #expect(hex(EventCodec.encode(event)) == expected, "\(event)")
      #expect(try EventCodec.decode(bytes(hex: expected), schema: 2) == event)
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
    #expect(configuration.bounds == Bounds())
    #expect(configuration.mediators.isEmpty)
    // What is written again names what was added since, and reads as the same.
    let again = EventCodec.encode(event)
    #expect(try EventCodec.decode(again, schema: 2) == event)
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
    for event in one + two + [.configured(.sample)] {
      let payload = EventCodec.encode(event)
      for count in payload.indices {
        let error = #expect(throws: CodecError.self) {
          try EventCodec.decode(Array(payload[..<count]), schema: 2)
        }
        #expect(error.map { $0.offset <= count } == true)
      }
      #expect(throws: CodecError.self) { try EventCodec.decode(payload + [0], schema: 2) }
    }
  }

  @Test("Changed and random bytes are either an error or exactly what their event encodes to")
  func damaged() {
    var random = SeededRandom(seed: 7)
    for round in 0..<30_000 {
      var payload =
        round % 3 == 0
        ? random.bytes(Int.random(in: 0..<60, using: &random))
        : EventCodec.encode((one + two).randomElement(using: &random) ?? one[0])
      if !payload.isEmpty {
        let place = Int.random(in: payload.indices, using: &random)
        payload[place] = UInt8.random(in: 0...255, using: &random)
      }
      guard let event = try? EventCodec.decode(payload, schema: 2) else { continue }
      if case .configured = event { continue }
      #expect(EventCodec.encode(event) == payload)
    }
  }

  @Test("An event of a newer schema is refused in words")
  func newerSchema() {
    let error = #expect(throws: CodecError.self) { try EventCodec.decode([2], schema: 3) }
    #expect(error.map { "\($0)".contains("schema 3") } == true)
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
      #expect(try SnapshotCodec.decode(payload, schema: 3) == snapshot)
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
        try SnapshotCodec.decode(Array(payload[..<count]), schema: 3)
      }
    }
    var random = SeededRandom(seed: 13)
    for _ in 0..<1_000 {
      var changed = payload
      changed[Int.random(in: payload.indices, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
      _ = try? SnapshotCodec.decode(changed, schema: 3)
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
    // The empty state: BLAKE2b-256 of sixteen zero bytes, 4,136 in two bytes, 65,535 in three, and 4,135 zeros:
    // no weekday and no count of arrivals; by Python's hashlib.
    #expect(hex(stateHash(of: VenueState().snapshot)) == emptyStateHash)
  }
}

private let emptyStateHash = "bf7ac81440e78e72d2c018cbbcf9e2e8d4f3dfedda03d187b816b094886780dd"

private func randomEvent(_ random: inout SeededRandom) -> Event {
  let visit = VisitID(high: random.next(), low: random.next())
  let counter = CounterID(randomText(&random))
  let day = ServiceDay(
    year: Int.random(in: 1...9_999, using: &random), month: Int.random(in: 1...12, using: &random),
    day: Int.random(in: 1...31, using: &random))
  switch Int.random(in: 0..<20, using: &random) {
  case 19: return two.randomElement(using: &random) ?? .left(visit)
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
