import Printing
import Venue
import Views
import Wire

/// What people do with slips: print again, settle, print a copy.
///
/// Wishes are granted one after the other, on a thread that may wait for the spool's disk.
actor OperatorDesk {
  enum Wish: String, CaseIterable, Sendable {
    /// Print what is in doubt, failed or waits.
    case retry
    /// Nobody has to look after it any more.
    case discard
    /// One more copy of what was printed.
    case reprint
  }

  /// Names a wish, so that it is granted once however often it comes.
  struct Stamp: Sendable {
    var asker: String
    var key: String
    /// The same key with another request is refused.
    var request: String

    fileprivate var scopedKey: String { asker + "\n" + key }
  }

  enum Asker: Sendable {
    case staff(Stamp?)
    /// May name a job by its key, and print what was printed.
    case administrator
  }

  private nonisolated let executor = HallExecutor(label: "operators")
  let hall: Hall
  let slips: SlipDesk
  /// The wish that came last; the next one waits for it.
  private var last: Task<HallReply, Never>?
  /// Answers by asker and key, and the order in which they were given.
  private var answered: [String: (request: String, reply: HallReply)] = [:]
  private var order: [String] = []

  /// Answers are remembered in memory only: far longer than pages repeat a command. After a restart a
  /// repeated wish may print one more slip, which says that it is a copy.
  private static let answeredLimit = 1_000

  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe executor.asUnownedSerialExecutor()
  }

  init(hall: Hall, slips: SlipDesk) {
    self.hall = hall
    self.slips = slips
  }

  /// Grants a wish about the slip with this name: a visit, a number, for administrators also a key.
  func handle(
    _ wish: Wish, _ name: String, on printer: PrinterID? = nil, by asker: Asker
  ) async -> HallReply {
    let previous = last
    let task = Task {
      _ = await previous?.value
      return await grantOnce(wish, name, on: printer, by: asker)
    }
    last = task
    return await task.value
  }

  func printers() async -> PrintersView { await hall.printers() }

  private func grantOnce(
    _ wish: Wish, _ name: String, on printer: PrinterID?, by asker: Asker
  ) async -> HallReply {
    guard case .staff(let stamp?) = asker else { return await grant(wish, name, printer, asker) }
    if let known = answered[stamp.scopedKey] {
      return known.request == stamp.request ? known.reply : .keyReused
    }
    let reply = await grant(wish, name, printer, asker)
    // What failed here may go well the next time.
    guard reply.status < 500 else { return reply }
    if order.count >= Self.answeredLimit { answered[order.removeFirst()] = nil }
    order.append(stamp.scopedKey)
    answered[stamp.scopedKey] = (stamp.request, reply)
    return reply
  }

  private func grant(
    _ wish: Wish, _ name: String, _ printer: PrinterID?, _ asker: Asker
  ) async -> HallReply {
    do {
      let isAdministrator = if case .administrator = asker { true } else { false }
      let found = try await find(name, byKey: isAdministrator)
      switch wish {
      case .retry: return try await retry(found, on: printer)
      case .discard: return try await discard(found)
      case .reprint: return try await reprint(found, on: printer)
      }
    } catch let problem as Problem {
      return HallReply(problem)
    } catch {
      hall.log.error("The spool failed: \(error)")
      return HallReply(Self.spoolFailed)
    }
  }

  static let spoolFailed = Problem(
    status: 503, name: "spool-failed",
    detail: "The daemon cannot read or write its spool of slips; its log says why. Try again.")
}

// MARK: - Finding

extension OperatorDesk {
  /// A slip that was named, with its jobs.
  struct Found: Sendable {
    var visit: VisitID
    var number: TicketNumber
    var report: SlipReport?
    /// The newest first.
    var jobs: [SpoolEntry]
    /// True when one job was named by its key.
    var isExact = false

    /// True when people were told that it is in doubt while it is still in a printer; not while a
    /// printer has it because somebody asked for it again.
    var isStuck = false
  }

  private func find(_ name: String, byKey: Bool) async throws -> Found {
    if byKey, let job = try job(withKey: name) {
      let owner = await hall.slipOwner(named: job.visit.description)
      return Found(
        visit: job.visit, number: job.number, report: owner?.report, jobs: [job], isExact: true,
        isStuck: owner?.isStuck ?? false)
    }
    if let owner = await hall.slipOwner(named: name) {
      return Found(
        visit: owner.visit, number: owner.number, report: owner.report,
        jobs: try slips.entries(of: owner.visit), isStuck: owner.isStuck)
    }
    // Slips of earlier days are in the spool for a week, where numbers come again.
    let number = TicketNumber(name.uppercased())
    let known = try slips.entries().filter {
      $0.visit.description == name || ($0.number == number && !$0.isTest)
    }
    guard let job = known.first(where: { $0.state.isOpen }) ?? known.first else {
      throw Self.unknown(name, byKey: byKey)
    }
    return Found(
      visit: job.visit, number: job.number, jobs: try slips.entries(of: job.visit))
  }

  /// Keys begin with the visit; that of its first slip is the visit alone.
  private func job(withKey key: String) throws -> SpoolEntry? {
    guard let visit = VisitID(key.prefix(while: { $0 != ":" })) else { return nil }
    return try slips.entries(of: visit).first { $0.key == key }
  }

  private static func unknown(_ name: String, byKey: Bool) -> Problem {
    Problem(
      status: 404, name: "slip-unknown",
      detail: "No slip is known of '\(name.prefix(64))'. Give a ticket's number of today, such as "
        + "R017, or \(byKey ? "a key that 'rossio printers slips --all' lists" : "its visit").")
  }
}

// MARK: - Granting

extension OperatorDesk {
  private func retry(_ found: Found, on printer: PrinterID?) async throws -> HallReply {
    let job = found.jobs.first { $0.state == .unknown } ?? found.jobs.first { $0.state == .waiting }
    guard let job = job ?? found.jobs.first else {
      throw Problem(
        status: 404, name: "slip-unknown",
        detail: "No printer was given a slip of \(found.number), or it was forgotten after a week. "
          + "Print a copy instead.")
    }
    if job.state == .printed, !found.isExact { throw Self.notNow(found.number, .printed) }
    let target: PrinterID =
      if let printer { printer } else { await hall.workingPrinter(for: job.printer) }
    if job.state == .printing, found.isStuck {
      return try await printElsewhere(found, job, on: target)
    }
    let now = hall.clock.now()
    do {
      try slips.retry(key: job.key, on: target)
    } catch let refusal as SpoolRefusal {
      throw Self.problem(refusal, found.number)
    }
    await hall.noteSlip(
      DeviceStates.SlipNote(
        printer: target, since: now, reason: job.reason?.rawValue, evidence: job.evidence,
        isRetried: true),
      on: found.visit)
    return HallReply(
      202, SlipAnswer(number: found.number, printer: target, state: "waiting"))
  }

  /// A slip that is stuck in a printer stays there; a copy comes out where it can.
  private func printElsewhere(
    _ found: Found, _ job: SpoolEntry, on printer: PrinterID
  ) async throws -> HallReply {
    try slips.discard(key: job.key)
    let key = Secrets.random(bytes: 8).map { String($0, radix: 16) }.joined()
    let reply = await hall.reprint(found.visit, on: printer, key: "operator:" + key)
    guard reply.status < 300 else { return reply }
    return HallReply(202, SlipAnswer(number: found.number, printer: printer, state: "waiting"))
  }

  private func discard(_ found: Found) async throws -> HallReply {
    let open = found.jobs.filter {
      $0.state == .unknown || $0.state == .waiting || ($0.state == .printing && found.isStuck)
    }
    do {
      for job in open { try slips.discard(key: job.key) }
    } catch let refusal as SpoolRefusal {
      throw Self.problem(refusal, found.number)
    }
    let printer = open.first?.printer ?? found.report?.printer ?? found.jobs.first?.printer ?? ""
    if open.isEmpty { try await settle(found) }
    return HallReply(
      200, SlipAnswer(number: found.number, printer: printer, state: "discarded"))
  }

  /// A slip that the spool has given up, or never had, is settled in the hall alone.
  private func settle(_ found: Found) async throws {
    let state = found.jobs.first?.state
    let isThisOne = !found.isExact || state != .printed
    guard var report = found.report, isThisOne, state != .printing else {
      guard let state else { throw Self.unknown(found.number.description, byKey: false) }
      throw Self.notNow(found.number, state)
    }
    report.outcome = .discarded
    let reply = await hall.perform(.reportSlip(report), asker: "operators")
    guard reply.status < 300 else {
      throw (try? JSON.decode(from: reply.body) as Problem) ?? Self.spoolFailed
    }
  }

  private func reprint(_ found: Found, on printer: PrinterID?) async throws -> HallReply {
    var target = printer
    if target == nil, let last = found.jobs.first?.printer {
      target = await hall.workingPrinter(for: last)
    }
    if target == nil { target = await hall.anyPrinter }
    let key = Secrets.random(bytes: 8).map { String($0, radix: 16) }.joined()
    let reply = await hall.reprint(found.visit, on: target, key: "operator:" + key)
    guard reply.status < 300 else { return reply }
    return HallReply(
      202, SlipAnswer(number: found.number, printer: target ?? "", state: "waiting"))
  }

  private static func problem(_ refusal: SpoolRefusal, _ number: TicketNumber) -> Problem {
    switch refusal {
    case .unknownJob:
      Problem(
        status: 404, name: "slip-unknown",
        detail: "The slip of \(number) was forgotten meanwhile. Print a copy instead.")
    case .unknownPrinter(let printer):
      Problem(
        status: 404, name: "printer-unknown",
        detail: "The venue has no printer '\(printer.text.prefix(64))'. /v1/printers and "
          + "'rossio printers list' name those it has.")
    case .notNow(_, let state): notNow(number, state)
    }
  }

  private static func notNow(_ number: TicketNumber, _ state: Spool.State) -> Problem {
    let detail =
      switch state {
      case .printing: "The slip of \(number) is being printed. Wait until that is decided."
      case .printed:
        "The slip of \(number) is on paper. For one more, 'rossio printers reprint \(number)' prints a "
          + "copy."
      case .discarded: "The slip of \(number) was settled before."
      case .waiting, .unknown: "The slip of \(number) is \(state.rawValue)."
      }
    return Problem(status: 409, name: "slip-is-\(state.rawValue)", detail: detail)
  }
}

extension Spool.State {
  fileprivate var isOpen: Bool { self == .unknown || self == .waiting || self == .printing }
}
