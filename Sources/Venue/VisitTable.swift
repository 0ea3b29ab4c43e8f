/// The visits of one service day, in order of arrival, in a third of the memory that `Visit` takes.
///
/// A stressed hall has a hundred thousand of them at once. Names are stored once and referred to by
/// number; they come from accepted events only, so there are no more than the configuration has.
struct VisitTable: Sendable {
  private var chunks: [[PackedVisit]] = []
  private var slots: [VisitID: Int32] = [:]
  private var names = NameTable()
  private(set) var count = 0

  /// Visits in one chunk: growing never copies more than this many.
  private static let chunkSize = 1_024

  func slot(of id: VisitID) -> Int32? { slots[id] }

  subscript(slot: Int32) -> Visit {
    get { chunks[Int(slot) / Self.chunkSize][Int(slot) % Self.chunkSize].visit(names) }
    set {
      let chunk = Int(slot) / Self.chunkSize
      let place = Int(slot) % Self.chunkSize
      chunks[chunk][place] = PackedVisit(newValue, &names, near: chunks[chunk][place])
    }
  }

  /// Start of the wait at the present stop, without unpacking the rest.
  func waitingSince(_ slot: Int32) -> Instant {
    Instant(
      milliseconds: chunks[Int(slot) / Self.chunkSize][Int(slot) % Self.chunkSize].waitingSince)
  }

  /// What the visit was told when it began to wait; nil once it has been called or has left.
  func told(_ slot: Int32) -> ToldWait? {
    chunks[Int(slot) / Self.chunkSize][Int(slot) % Self.chunkSize].toldWait
  }

  mutating func tell(_ slot: Int32, _ told: ToldWait?) {
    chunks[Int(slot) / Self.chunkSize][Int(slot) % Self.chunkSize].told = PackedTold(told)
  }

  /// The slot of the new visit, whose id must be new.
  mutating func append(_ visit: Visit) -> Int32 {
    let slot = Int32(count)
    if count % Self.chunkSize == 0 {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(Self.chunkSize)
    }
    chunks[chunks.count - 1].append(PackedVisit(visit, &names))
    slots[visit.id] = slot
    count += 1
    return slot
  }

  /// All visits in order of arrival, unpacked one by one.
  var all: some Sequence<Visit> & Sendable {
    let names = names
    return chunks.lazy.joined().map { $0.visit(names) }
  }
}

/// Names by number.
private struct NameTable: Sendable {
  private(set) var texts: [String] = []
  private var numbers: [String: UInt16] = [:]

  /// `guess` saves the search if it is right.
  mutating func number(of text: String, guess: UInt16?) -> UInt16 {
    if let guess, Int(guess) < texts.count, texts[Int(guess)] == text { return guess }
    if let number = numbers[text] { return number }
    precondition(texts.count < Int(UInt16.max), "a configuration has fewer names than this")
    let number = UInt16(texts.count)
    texts.append(text)
    numbers[text] = number
    return number
  }
}

/// What few visits have, apart from the rest.
private final class VisitExtras: Sendable {
  let planned: [PlannedStop]
  let people: Int
  let needs: [NeedID]
  let consents: [Consent]
  let code: OutcomeCode?
  let appointment: Instant?
  let comesBackTo: CounterID?

  /// Nil for a person alone with one stop and nothing agreed.
  init?(_ visit: Visit) {
    planned = visit.planned
    people = visit.people
    needs = visit.needs
    consents = visit.consents
    code = visit.stop.code
    appointment = visit.stop.appointment
    comesBackTo = visit.stop.comesBackTo
    if planned.isEmpty, people == 1, needs.isEmpty, consents.isEmpty, code == nil,
      appointment == nil, comesBackTo == nil
    {
      return nil
    }
  }
}

/// `Help?` without the mediator's name.
private enum PackedHelp: UInt8 {
  case none, direct, telephone, mediator

  init(_ help: Help?) {
    self =
      switch help {
      case nil: .none
      case .direct: .direct
      case .telephone: .telephone
      case .mediator: .mediator
      }
  }
}

/// `ToldWait` in 20 bytes: durations in whole seconds, up to 18 hours.
private struct PackedTold: Sendable {
  private let lastServedWait: UInt16
  private let headWait: UInt16
  private let peopleBefore: UInt16
  private let recentExits: UInt16
  private let openCounters: UInt16
  private let pace: UInt16
  private let low: UInt16
  private let expected: UInt16
  private let high: UInt16
  private let isTold: Bool
  private let isPriority: Bool
  private let hasHistory: Bool

  init(_ told: ToldWait?) {
    func seconds(_ milliseconds: Int64?) -> UInt16 {
      UInt16(clamping: ((milliseconds ?? 0) + 500) / 1_000)
    }
    let features = told?.features
    lastServedWait = seconds(features?.lastServedWait)
    headWait = seconds(features?.headWait)
    peopleBefore = UInt16(clamping: features?.peopleBefore ?? 0)
    recentExits = UInt16(clamping: features?.recentExits ?? 0)
    openCounters = UInt16(clamping: Int64((features?.openCounters ?? 0).rounded()))
    pace = seconds(features?.pace)
    low = seconds(told?.range.low)
    expected = seconds(told?.range.expected)
    high = seconds(told?.range.high)
    isTold = told != nil
    isPriority = features?.isPriority ?? false
    hasHistory = told?.range.hasHistory ?? false
  }

  var told: ToldWait? {
    guard isTold else { return nil }
    func milliseconds(_ seconds: UInt16) -> Int64 { Int64(seconds) * 1_000 }
    return ToldWait(
      features: WaitFeatures(
        lastServedWait: milliseconds(lastServedWait), headWait: milliseconds(headWait),
        peopleBefore: Int(peopleBefore), recentExits: Int(recentExits), isPriority: isPriority,
        openCounters: Double(openCounters), pace: milliseconds(pace)),
      range: WaitRange(
        low: milliseconds(low), expected: milliseconds(expected), high: milliseconds(high),
        hasHistory: hasHistory))
  }
}

/// A visit in some 140 bytes.
private struct PackedVisit: Sendable {
  private let id: VisitID
  private let arrival: UInt64
  private let revision: UInt64
  private let issuedAt: Int64
  let waitingSince: Int64
  private let firstCalledAt: Int64
  private let calledAt: Int64
  private let startedAt: Int64
  private let endedAt: Int64
  private let earlier: [Stop]
  private let extras: VisitExtras?
  private let help: PackedHelp
  /// Meaningful with `PackedHelp.mediator` only.
  private let mediator: UInt16
  private let reason: CallReason?
  private let number: Int32
  private let calls: UInt16
  private let language: UInt16
  private let service: UInt16
  private let counter: UInt16
  private let prefix: Prefix
  private let isPriority: Bool
  private let status: Visit.Status
  private let outcome: Stop.Outcome?
  var told: PackedTold
  var toldWait: ToldWait? { told.told }

  private static let noTime = Int64.min
  private static let noName = UInt16.max

  /// `former` is likely to have the same names.
  init(_ visit: Visit, _ names: inout NameTable, near former: PackedVisit? = nil) {
    id = visit.id
    arrival = visit.arrival
    revision = visit.revision
    issuedAt = visit.issuedAt.milliseconds
    waitingSince = visit.stop.waitingSince.milliseconds
    firstCalledAt = Self.packed(visit.stop.firstCalledAt)
    calledAt = Self.packed(visit.stop.calledAt)
    startedAt = Self.packed(visit.stop.startedAt)
    endedAt = Self.packed(visit.stop.endedAt)
    earlier = visit.earlier
    extras = VisitExtras(visit)
    help = PackedHelp(visit.stop.help)
    mediator =
      visit.stop.help?.mediator.map { names.number(of: $0.text, guess: former?.mediator) }
      ?? Self.noName
    reason = visit.stop.reason
    number = visit.number.value
    calls = UInt16(clamping: visit.stop.calls)
    language = names.number(of: visit.language.text, guess: former?.language)
    service = names.number(of: visit.stop.service.text, guess: former?.service)
    counter =
      visit.stop.counter.map { names.number(of: $0.text, guess: former?.counter) } ?? Self.noName
    prefix = visit.number.prefix
    isPriority = visit.isPriority
    status = visit.status
    outcome = visit.stop.outcome
    told = former?.told ?? PackedTold(nil)
  }

  func visit(_ names: NameTable) -> Visit {
    let at = counter == Self.noName ? nil : CounterID(names.texts[Int(counter)])
    let stop = Stop(
      service: ServiceID(names.texts[Int(service)]),
      waitingSince: Instant(milliseconds: waitingSince), counter: at,
      firstCalledAt: Self.unpacked(firstCalledAt), calledAt: Self.unpacked(calledAt),
      calls: Int(calls), startedAt: Self.unpacked(startedAt), endedAt: Self.unpacked(endedAt),
      outcome: outcome, code: extras?.code, appointment: extras?.appointment,
      comesBackTo: extras?.comesBackTo, help: help(names), reason: reason)
    return Visit(
      id: id, number: TicketNumber(prefix: prefix, value: number),
      language: LanguageTag(names.texts[Int(language)]), isPriority: isPriority,
      issuedAt: Instant(milliseconds: issuedAt), arrival: arrival, status: status, stop: stop,
      earlier: earlier, revision: revision, planned: extras?.planned ?? [],
      people: extras?.people ?? 1, needs: extras?.needs ?? [], consents: extras?.consents ?? [])
  }

  private func help(_ names: NameTable) -> Help? {
    switch help {
    case .none: nil
    case .direct: .direct
    case .telephone: .telephone
    case .mediator: .mediator(MediatorID(names.texts[Int(mediator)]))
    }
  }

  private static func packed(_ instant: Instant?) -> Int64 { instant?.milliseconds ?? noTime }

  private static func unpacked(_ milliseconds: Int64) -> Instant? {
    milliseconds == noTime ? nil : Instant(milliseconds: milliseconds)
  }
}
