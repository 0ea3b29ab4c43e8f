internal import SQLite
public import Venue
internal import Views

/// A job as people who look after the printers see it.
public struct SpoolEntry: Equatable, Sendable {
  public var key: String
  public var visit: VisitID
  public var number: TicketNumber
  public var printer: PrinterID
  public var state: Spool.State
  /// True when the paper that was printed last, or of a slip that waits the next one, is marked as a
  /// copy.
  public var isCopy: Bool
  /// True for a page that tries a printer; its number is nobody's.
  public var isTest: Bool
  public var created: Instant
  public var changed: Instant
  public var attempts: Int
  /// Why it is in doubt or failed, or was when it was last tried; nil when that went well, was never
  /// said, or a person has settled it.
  public var reason: SlipReason?
  /// What was last seen of it; nil before the first attempt.
  public var evidence: String?
}

/// Why an operator's wish cannot be granted.
public enum SpoolRefusal: Error, Equatable, Sendable, CustomStringConvertible {
  case unknownJob(key: String)
  case unknownPrinter(PrinterID)
  /// Printed or discarded slips have nothing to be discarded; a slip that is being printed can be
  /// neither stopped nor printed once more.
  case notNow(key: String, state: Spool.State)

  public var description: String {
    switch self {
    case .unknownJob(let key):
      "No slip has the key \(key). It may have been forgotten after a week."
    case .unknownPrinter(let printer): "There is no printer \(printer)."
    case .notNow(let key, .printing):
      "The slip \(key) is being printed. Wait until that is decided."
    case .notNow(let key, let state): "The slip \(key) is \(state.rawValue) already."
    }
  }
}

extension Spool {
  /// The newest jobs in any of `states`, newest first, of one visit or of all.
  public func entries(
    in states: Set<State> = Set(State.allCases), of visit: VisitID? = nil, limit: Int = 200
  ) throws -> [SpoolEntry] {
    let wanted = states.map(\.rawValue).sorted().joined(separator: ",")
    return try read { database in
      let select = try database.cached(
        """
        SELECT key, slip, printer, state, created, changed,
          (SELECT count(*) FROM attempt WHERE attempt.job = job.id),
          (SELECT what FROM evidence JOIN attempt ON attempt.id = evidence.attempt
           WHERE attempt.job = job.id ORDER BY evidence.id DESC LIMIT 1),
          reason,
          (SELECT is_copy FROM attempt WHERE attempt.job = job.id ORDER BY attempt.id DESC LIMIT 1)
        FROM job WHERE instr(?1, state) > 0
          AND (?2 = '' OR slip ->> '$.visit' = ?2) ORDER BY id DESC LIMIT ?3
        """)
      select.bind(wanted, at: 1)
      select.bind(visit?.description ?? "", at: 2)
      select.bind(Int64(limit), at: 3)
      defer { select.reset() }
      var found: [SpoolEntry] = []
      while try select.step() { found.append(try Self.entry(of: select)) }
      return found
    }
  }

  private static func entry(of row: Statement) throws -> SpoolEntry {
    let slip = try value(SlipView.self, of: row.text(1))
    guard let state = State(rawValue: row.text(3)) else {
      preconditionFailure("the schema checks the state")
    }
    let lastIsCopy = state == .waiting || row.isNull(9) ? slip.copy != nil : row.integer(9) == 1
    return SpoolEntry(
      key: row.text(0), visit: slip.visit, number: slip.number, printer: PrinterID(row.text(2)),
      state: state, isCopy: lastIsCopy, isTest: slip.testPage != nil,
      created: Instant(milliseconds: row.integer(4)),
      changed: Instant(milliseconds: row.integer(5)), attempts: Int(row.integer(6)),
      reason: row.isNull(8) ? nil : SlipReason(rawValue: row.text(8)),
      evidence: row.isNull(7) ? nil : row.text(7))
  }

  /// Prints the slip with `key` again, on `printer` or where it was: as itself when nothing of it was
  /// ever sent, else marked as a copy. Throws `SpoolRefusal`.
  func retry(key: String, on printer: PrinterID?, at now: Instant) throws {
    try change(key, of: [.waiting, .unknown, .discarded, .printed]) { job, state, database in
      if state == .printed { try Self.markAsCopy(job, database) }
      let update = try database.cached(
        """
        UPDATE job SET state = 'waiting', created = ?2, changed = ?2, printer = coalesce(?3, printer),
          slip = iif(coalesce(?3, printer) = printer, slip, json_remove(slip, '$.arrow'))
        WHERE id = ?1
        """)
      update.bind(job, at: 1)
      update.bind(now.milliseconds, at: 2)
      update.bind(printer?.text, at: 3)
      try update.run()
    }
  }

  /// Takes a slip out that waits, that is stuck in a printer, or of which nobody knows whether it came
  /// out. What is in a printer may still come out; it is not printed again. Throws `SpoolRefusal`.
  func discard(key: String, at now: Instant) throws -> PrintJob {
    try change(key, of: [.waiting, .unknown, .printing]) { job, state, database in
      if state == .printing {
        try database.execute("UPDATE job SET abandoned = 1 WHERE id = \(job)")
      } else {
        try Self.set(.discarded, nil, job, now, database)
      }
    }
  }

  @discardableResult
  private func change(
    _ key: String, of allowed: Set<State>,
    _ body: @escaping @Sendable (Int64, State, Database) throws -> Void
  ) throws -> PrintJob {
    try write { database in
      let select = try database.cached(
        "SELECT id, key, slip, copy_mark, created, printer, state FROM job WHERE key = ?1")
      select.bind(key, at: 1)
      guard try select.step() else {
        select.reset()
        throw SpoolRefusal.unknownJob(key: key)
      }
      let state = State(rawValue: select.text(6)) ?? .discarded
      select.reset()
      guard let found = try Self.jobs(of: select).first, allowed.contains(state) else {
        throw SpoolRefusal.notNow(key: key, state: state)
      }
      try body(found.id, state, database)
      return found.job
    }
  }
}

/// What is known of the paper in each printer.
extension Spool {
  func paper(in printer: PrinterID) throws -> PaperRoll {
    try read { database in
      let select = try database.cached("SELECT paper FROM roll WHERE printer = ?1")
      select.bind(printer.text, at: 1)
      defer { select.reset() }
      return try select.step() ? try Self.value(PaperRoll.self, of: select.text(0)) : PaperRoll()
    }
  }

  func keep(_ paper: PaperRoll, in printer: PrinterID) throws {
    try write { database in
      let insert = try database.cached(
        """
        INSERT INTO roll (printer, paper) VALUES (?1, ?2)
        ON CONFLICT (printer) DO UPDATE SET paper = excluded.paper
        """)
      insert.bind(printer.text, at: 1)
      insert.bind(try Self.text(of: paper), at: 2)
      try insert.run()
    }
  }
}
