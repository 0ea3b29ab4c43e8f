internal import FoundationEssentials
internal import SQLite
public import Venue
internal import Views

extension Spool {
  /// Adds `jobs` in one commit. A job whose key is known is left as it is. Returns the jobs that
  /// found `waitingLimit` others before them: they are kept as discarded.
  func add(_ jobs: [PrintJob], at now: Instant) throws -> [PrintJob] {
    try write { database in
      var refused: [PrintJob] = []
      for job in jobs {
        let isFull = try Self.count(of: .waiting, job.printer, database) >= Self.waitingLimit
        let insert = try database.cached(
          """
          INSERT INTO job (key, printer, slip, created, changed, state) VALUES (?1, ?2, ?3, ?4, ?4, ?5)
          ON CONFLICT (key) DO NOTHING
          """)
        insert.bind(job.key, at: 1)
        insert.bind(job.printer.text, at: 2)
        insert.bind(String(decoding: try JSONEncoder().encode(job.slip), as: UTF8.self), at: 3)
        insert.bind(now.milliseconds, at: 4)
        insert.bind((isFull ? State.discarded : .waiting).rawValue, at: 5)
        try insert.run()
        if isFull, database.changes > 0 { refused.append(job) }
      }
      return refused
    }
  }

  /// The oldest job that waits for `printer`.
  func next(for printer: PrinterID) throws -> Waiting? {
    try read { database in
      let select = try database.cached(
        """
        SELECT id, key, slip, created FROM job WHERE state = 'waiting' AND printer = ?1
        ORDER BY id LIMIT 1
        """)
      select.bind(printer.text, at: 1)
      defer { select.reset() }
      guard try select.step() else { return nil }
      return try Self.job(id: 0, key: 1, slip: 2, created: 3, of: select, printer)
    }
  }

  /// Jobs that wait for `printer`.
  public func waitingCount(for printer: PrinterID) throws -> Int {
    try read { try Self.count(of: .waiting, printer, $0) }
  }

  /// The state of the job with this key; nil when there is none (any more).
  public func state(ofKey key: String) throws -> State? {
    try read { database in
      let select = try database.cached("SELECT state FROM job WHERE key = ?1")
      select.bind(key, at: 1)
      defer { select.reset() }
      return try select.step() ? State(rawValue: select.text(0)) : nil
    }
  }

  /// Takes every waiting job made before `limit` out: its person has long been called or gone.
  func discardWaiting(before limit: Instant, at now: Instant) throws -> [PrintJob] {
    try write { database in
      let update = try database.cached(
        """
        UPDATE job SET state = 'discarded', changed = ?2
        WHERE state = 'waiting' AND created < ?1 RETURNING id, key, slip, created, printer
        """)
      update.bind(limit.milliseconds, at: 1)
      update.bind(now.milliseconds, at: 2)
      return try Self.jobs(of: update).map(\.job)
    }
  }

  /// Forgets jobs that were done `keptMilliseconds` ago.
  func prune(at now: Instant) throws {
    try write { database in
      let delete = try database.cached(
        "DELETE FROM job WHERE state NOT IN ('waiting', 'printing') AND changed < ?1")
      delete.bind(now.milliseconds - Self.keptMilliseconds, at: 1)
      try delete.run()
    }
  }

  private static func count(
    of state: State, _ printer: PrinterID, _ database: Database
  ) throws -> Int {
    let select = try database.cached(
      "SELECT count(*) FROM job WHERE state = ?1 AND printer = ?2")
    select.bind(state.rawValue, at: 1)
    select.bind(printer.text, at: 2)
    defer { select.reset() }
    return try select.step() ? Int(select.integer(0)) : 0
  }

  /// All rows of `id, key, slip, created, printer`.
  static func jobs(of statement: Statement) throws -> [Waiting] {
    defer { statement.reset() }
    var found: [Waiting] = []
    while try statement.step() {
      found.append(
        try job(
          id: 0, key: 1, slip: 2, created: 3, of: statement, PrinterID(statement.text(4))))
    }
    return found
  }

  private static func job(
    id: Int, key: Int, slip: Int, created: Int, of row: Statement, _ printer: PrinterID
  ) throws -> Waiting {
    let view = try JSONDecoder().decode(SlipView.self, from: Data(row.text(slip).utf8))
    return Waiting(
      id: row.integer(id), job: PrintJob(key: row.text(key), printer: printer, slip: view),
      created: Instant(milliseconds: row.integer(created)))
  }
}
