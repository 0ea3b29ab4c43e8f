import Venue

/// The engine and the model side by side: every command goes to both.
struct Audit {
  /// A command with its time in milliseconds.
  typealias Step = (now: Int64, command: Command)

  private(set) var model: AuditModel
  private(set) var state = VenueState()
  private(set) var records: [Record] = []
  private(set) var counts = AuditCounts()
  /// Numbers with these prefixes are nearly used up from the first service day on.
  private let nearlyUsedUp: [Prefix]
  /// Whole states are compared once in so many commands.
  private let interval: Int
  private var performed = 0

  init(
    nearlyUsedUp: [Prefix] = [], interval: Int = 8
  ) {
    model = AuditModel()
    self.nearlyUsedUp = nearlyUsedUp
    self.interval = interval
  }

  /// What the two disagree about; nil when they agree.
  mutating func perform(_ command: Command, at now: Int64) -> String? {
    let instant = Instant(milliseconds: now)
    if case .issue(let request) = command {
      for service in request.stops.map(\.service) {
        let range = state.expectedRange(
          for: service, isPriority: request.isPriority, at: instant)
        model.told[service] = range?.expected
      }
    }
    let expected = Outcome { () throws(Refusal) in try model.answer(command, at: now) }
    let answered = Outcome { () throws(Refusal) in try state.decide(command, at: instant) }
    counts.add(answered)
    performed += 1
    guard expected == answered else {
      return "\(command) at \(now)\n  model:  \(expected)\n  engine: \(answered)"
    }
    guard case .events(let events) = answered else { return compareNowAndThen(now, command) }
    for event in events {
      let record = Record(sequence: state.sequence + 1, time: instant, event: event)
      state.apply(record)
      records.append(record)
    }
    model.apply(events, at: now)
    if case .dayOpened = events.first, model.lastDay == AuditDraw.firstDay { useUpNumbers() }
    return compareNowAndThen(now, command)
  }

  private func compareNowAndThen(_ now: Int64, _ command: Command) -> String? {
    guard performed.isMultiple(of: interval) else { return nil }
    return difference(at: now, calls: 3).map { "after \(command) at \(now): \($0)" }
  }

  private mutating func useUpNumbers() {
    guard !nearlyUsedUp.isEmpty else { return }
    let last = VenueState.numberLimit - 6
    var snapshot = state.snapshot
    snapshot.numbers = nearlyUsedUp.map { VenueSnapshot.NumberEntry(prefix: $0, last: last) }
    state = VenueState(snapshot: snapshot)
    for prefix in nearlyUsedUp { model.numbersGone[prefix] = last }
  }

  /// Whether the journal gives the same state again, and goes on from a snapshot of its middle.
  func replays() -> String? {
    guard nearlyUsedUp.isEmpty else { return nil }
    var whole = VenueState()
    var resumed = VenueState()
    for (place, record) in records.enumerated() {
      if place == records.count / 2 { resumed = VenueState(snapshot: resumed.snapshot) }
      whole.apply(record)
      resumed.apply(record)
    }
    if whole.snapshot != state.snapshot { return "a replay gives another state" }
    return resumed.snapshot == state.snapshot ? nil : "a snapshot in the middle changes the state"
  }
}

enum Outcome: Equatable {
  case events([Event])
  case refused(Refusal)

  init(_ body: () throws(Refusal) -> [Event]) {
    do throws(Refusal) { self = .events(try body()) } catch { self = .refused(error) }
  }
}

/// How often each event and each refusal came, by name.
struct AuditCounts: Sendable {
  var commands = 0
  var events: [String: Int] = [:]
  var refusals: [String: Int] = [:]
  /// Why and how the called were called.
  var calls: [String: Int] = [:]

  fileprivate mutating func add(_ outcome: Outcome) {
    commands += 1
    switch outcome {
    case .refused(let refusal): refusals[refusal.name, default: 0] += 1
    case .events(let list):
      if list.isEmpty { events["(nothing to do)", default: 0] += 1 }
      for event in list {
        events[Self.name(of: event), default: 0] += 1
        guard case .called(_, _, let help, let reason) = event else { continue }
        let way = help.mediator == nil ? "\(help)" : "mediator"
        calls["\(reason.rawValue)-\(way)", default: 0] += 1
      }
    }
  }

  mutating func add(_ other: AuditCounts) {
    commands += other.commands
    events.merge(other.events, uniquingKeysWith: +)
    refusals.merge(other.refusals, uniquingKeysWith: +)
    calls.merge(other.calls, uniquingKeysWith: +)
  }

  private static func name(of event: Event) -> String {
    Mirror(reflecting: event).children.first?.label ?? "\(event)"
  }

  var table: String {
    let lines = [("events", events), ("calls", calls), ("refusals", refusals)].map {
      title, counts in
      let cells = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let total = counts.values.reduce(0, +)
      return "\(title) \(total): " + cells.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
    return "\(commands) commands\n" + lines.joined(separator: "\n")
  }
}
