import Journal
import Venue
import Views
import Wire

/// The one place where the venue changes.
///
/// It takes every command that is waiting, decides and applies each, appends all their events in one
/// durable transaction, and only then answers and publishes. Between deciding and committing there
/// is no suspension point, so whoever reads on this actor sees durable state only.
actor Hall {
  private nonisolated let executor = HallExecutor(label: "hall")
  private nonisolated let inbox = Inbox()
  nonisolated let clock: any HallClock
  nonisolated let calendar: VenueCalendar
  nonisolated let log: Log

  nonisolated let publisher: Publisher

  private let journal: Journal
  private let lexicon: Lexicon
  private let outputs: Outputs
  private(set) var state: VenueState
  var devices = DeviceStates()
  /// Sequence at which the next snapshot is due.
  private var snapshotAt: UInt64

  /// Events between snapshots within a day: a restart replays at most a second's worth.
  private static let snapshotInterval: UInt64 = 200_000

  /// What the hours that the venue knows were worked out from, by this process.
  var hoursAsked: HoursAsked?

  /// What has changed since views were last published.
  var pending = Changes()
  var isPublishScheduled = false
  var nextPublish = ContinuousClock.now

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  /// What the hall tells the rest of the daemon; called on the hall's thread, must not block.
  struct Outputs: Sendable {
    var slips: SlipDesk
    /// Storage failed in a way that only a restart settles. Does not return.
    var fail: @Sendable (String) -> Never
  }

  /// `state` is what `journal` gives.
  init(
    journal: sending Journal, state: VenueState, lexicon: Lexicon, calendar: VenueCalendar,
    clock: any HallClock, publisher: Publisher, outputs: Outputs, log: Log
  ) {
    self.publisher = publisher
    self.journal = journal
    self.lexicon = lexicon
    self.calendar = calendar
    self.clock = clock
    self.outputs = outputs
    self.log = log
    self.state = state
    snapshotAt = state.sequence + Self.snapshotInterval
  }

  /// The daemon's clock as pages, displays and the command line need it.
  nonisolated func heartbeat() -> Heartbeat {
    let now = clock.now()
    return Heartbeat(
      now: now, utcOffsetMinutes: calendar.utcOffsetMinutes(at: now), speed: clock.speed,
      simulated: clock.isSimulated)
  }

  /// Hands a command in from any thread; it is answered exactly once.
  nonisolated func submit(_ submission: Submission) {
    switch inbox.put(submission) {
    case .first: Task { await drain() }
    case .queued: break
    case .full: submission.answer(.overloaded)
    case .closed: submission.answer(.stopping)
    }
  }

  /// Hands a command in and waits for its answer; for the daemon's own use.
  nonisolated func perform(_ command: Command, asker: String = "rossiod") async -> HallReply {
    await withCheckedContinuation { continuation in
      submit(Submission(command: command, asker: asker) { continuation.resume(returning: $0) })
    }
  }

  func drain() {
    var batch = inbox.take()
    while !batch.isEmpty {
      process(batch)
      batch = inbox.take()
    }
  }

  /// Accepts nothing more, answers what waits, and closes the journal.
  func stop() {
    inbox.close()
    drain()
    do {
      try journal.close()
    } catch {
      log.warning("The journal was not closed tidily; nothing is lost. \(error)")
    }
  }
}

// MARK: - One batch, one commit

extension Hall {
  private func process(_ batch: [Submission]) {
    var work = Batch(now: max(clock.now(), state.time))
    for submission in batch { settle(submission, in: &work, &state) }
    do {
      try journal.append(work.records, answers: Array(work.stored.values))
    } catch {
      return giveUp(work, error)
    }
    for (submission, reply) in work.replies { submission.answer(reply) }
    guard !work.records.isEmpty else { return }
    for order in work.orders { print(order, key: "\(order.visit)") }
    if publisher.isFollowed { noteChanges(Changes(of: work.records, in: state)) }
    if state.sequence >= snapshotAt { writeSnapshot() }
  }

  /// The state comes as a parameter so that deciding does not copy it out of the actor each time.
  private func settle(
    _ submission: Submission, in work: inout Batch, _ state: inout VenueState
  ) {
    if let reply = storedReply(to: submission, in: work) {
      work.replies.append((submission, reply))
      return
    }
    let reply = carryOut(submission.order, in: &work, &state)
    work.replies.append((submission, reply))
    guard let key = submission.key else { return }
    let answer = StoredAnswer(
      scope: submission.asker, key: key, requestHash: submission.requestHash,
      status: reply.status, body: reply.body, sequence: state.sequence)
    work.stored[Batch.Key(scope: answer.scope, key: key)] = answer
  }

  private func carryOut(
    _ order: Submission.Order, in work: inout Batch, _ state: inout VenueState
  ) -> HallReply {
    let command: Command
    let events: [Event]
    do {
      command = try order.command(in: state)
    } catch {
      return HallReply(error)
    }
    do {
      events = try state.decide(command, at: work.now)
    } catch {
      return HallReply(error, in: state)
    }
    for event in events {
      let record = Record(sequence: state.sequence + 1, time: work.now, event: event)
      state.apply(record)
      work.records.append(record)
    }
    let slip = Self.slipOrder(for: command, in: state)
    if let slip { work.orders.append(slip) }
    let prints = slip.map { devices.canPrint(for: $0.printer, in: state.configuration) } ?? false
    return state.reply(to: command, events: events, printing: prints)
  }

  /// The answer that this key had before, in the journal or earlier in this batch.
  private func storedReply(to submission: Submission, in work: Batch) -> HallReply? {
    guard let key = submission.key else { return nil }
    let known: StoredAnswer?
    do {
      known =
        try work.stored[Batch.Key(scope: submission.asker, key: key)]
        ?? journal.answer(scope: submission.asker, key: key)
    } catch {
      outputs.fail("The stored answers cannot be read. \(error)")
    }
    guard let known else { return nil }
    guard known.requestHash == submission.requestHash else { return .keyReused }
    return HallReply(status: known.status, body: known.body)
  }

  private static func slipOrder(for command: Command, in state: VenueState) -> SlipOrder? {
    guard case .issue(let request) = command else { return nil }
    return slipOrder(of: request.visit, at: request.kiosk, in: state)
  }

  private static func slipOrder(
    of visit: VisitID, at kiosk: KioskID?, in state: VenueState
  ) -> SlipOrder? {
    guard let printer = kiosk.flatMap({ state.kiosk($0) })?.printer else { return nil }
    return SlipOrder(visit: visit, printer: printer, isCopy: false)
  }

  /// Nothing of the batch is durable, or nobody knows: no command of it is acknowledged.
  private func giveUp(_ work: Batch, _ error: JournalError) {
    guard case .full = error else {
      for (submission, _) in work.replies { submission.answer(.outcomeUnknown) }
      outputs.fail("Storage failed: \(error). What was pending is settled by its key on restart.")
    }
    log.error("The disk is full: \(work.replies.count) commands were refused. \(error)")
    do {
      state = try journal.loadState()
    } catch {
      outputs.fail("The journal cannot be replayed. \(error)")
    }
    for (submission, _) in work.replies { submission.answer(.diskFull) }
  }

  private func writeSnapshot() {
    snapshotAt = state.sequence + Self.snapshotInterval
    do {
      try journal.writeSnapshot(state.snapshot)
    } catch {
      log.warning("The snapshot was not written: \(error). A restart will take longer.")
    }
  }
}

/// What one commit is made of.
private struct Batch {
  struct Key: Hashable {
    let scope: String
    let key: String
  }

  let now: Instant
  var records: [Record] = []
  var replies: [(Submission, HallReply)] = []
  /// Answers that are stored with the events.
  var stored: [Key: StoredAnswer] = [:]
  var orders: [SlipOrder] = []
}

// MARK: - What the daemon asks

extension Hall {
  var lastSequence: UInt64 { state.sequence }

  func fold() -> Fold { Fold(state: state, lexicon: lexicon, devices: devices) }

  /// One view as JSON with the sequence that it shows; nil when the venue has no such screen.
  func encoded(_ key: ViewKey) -> (sequence: UInt64, body: [UInt8])? {
    key.encoded(of: fold(), at: max(clock.now(), state.time)).map { (state.sequence, $0) }
  }

  private func print(_ order: SlipOrder, key: String, isRecent: Bool = false) {
    guard isRecent || outputs.slips.accepts(order.printer), let visit = state.visit(order.visit)
    else { return }
    let issued = calendar.text(of: visit.issuedAt)
    let fold = fold()
    let slip = fold.slip(of: visit, localTime: issued, isCopy: order.isCopy, on: order.printer)
    outputs.slips.take(
      order, slip, copyMark: fold.copyMark(in: visit.language), key: key, isRecent: isRecent)
  }

  /// After a restart: slips of numbers issued just before the end may not have reached the spool.
  /// Those that did are not printed again.
  func printRecent(_ issues: [Issue]) {
    for issue in issues {
      guard let order = Self.slipOrder(of: issue.visit, at: issue.kiosk, in: state) else {
        continue
      }
      print(order, key: "\(issue.visit)", isRecent: true)
    }
  }

  /// Prints the slip of `visit` again, marked as a copy; on the first printer that works unless one is
  /// named.
  ///
  /// Asked for again with the same idempotency key, or without one before anything else has happened,
  /// it is printed once.
  func reprint(_ id: VisitID, on named: PrinterID?, key: String?) -> HallReply {
    guard let visit = state.visit(id) else { return HallReply(.visitUnknown(id)) }
    let printers = state.configuration?.printers ?? []
    let working = printers.first { devices.printers[$0.id]?.canPrint ?? false }
    guard let printer = named ?? (working ?? printers.first)?.id,
      printers.contains(where: { $0.id == printer })
    else {
      return HallReply(
        Problem(
          status: 404, name: "printer-unknown",
          detail: "The venue has no printer of that name. The configuration lists them."))
    }
    let once = key ?? String(state.sequence)
    print(SlipOrder(visit: id, printer: printer, isCopy: true), key: "\(id):\(once)")
    return HallReply(202, VisitAnswer(visit))
  }

  /// Printers or displays are in another state.
  func devicesChanged(_ change: @Sendable (inout DeviceStates) -> Void) {
    let before = devices
    change(&devices)
    if devices != before { noteChanges(.devices) }
  }

  /// Closes a service day that is over and opens the one that has begun.
  ///
  /// Goes by the venue's calendar, but never back: a day that was opened once is not opened again.
  func turnDay() async {
    let today = calendar.serviceDay(at: clock.now())
    if let open = state.openDay, open < today {
      _ = await perform(.closeDay)
      log.info("Service day \(open) is over.")
    }
    guard state.openDay == nil, state.lastDay.map({ $0 < today }) ?? true else {
      return await keepHours()
    }
    _ = await perform(.openDay(today))
    await keepHours()
    log.info("Service day \(today) has begun.")
    writeSnapshot()
    do {
      try journal.checkpoint()
    } catch {
      log.warning("The journal's log was not cut; that is tried again tomorrow. \(error)")
    }
  }
}
