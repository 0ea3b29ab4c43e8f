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
          INSERT INTO job (key, printer, slip, copy_mark, created, changed, state, reason)
          VALUES (?1, ?2, ?3, ?6, ?4, ?4, ?5, ?7) ON CONFLICT (key) DO NOTHING
          """)
        insert.bind(job.key, at: 1)
        insert.bind(job.printer.text, at: 2)
        insert.bind(try Self.text(of: job.slip), at: 3)
        insert.bind(now.milliseconds, at: 4)
        insert.bind((isFull ? State.discarded : .waiting).rawValue, at: 5)
        insert.bind(try Self.text(of: job.copyMark), at: 6)
        insert.bind(isFull ? SlipReason.tooMany.rawValue : nil, at: 7)
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
        SELECT id, key, slip, copy_mark, created, printer FROM job
        WHERE state = 'waiting' AND printer = ?1 ORDER BY id LIMIT 1
        """)
      select.bind(printer.text, at: 1)
      return try Self.jobs(of: select).first
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
        UPDATE job SET state = 'discarded', changed = ?2, reason = ?3
        WHERE state = 'waiting' AND created < ?1
        RETURNING id, key, slip, copy_mark, created, printer
        """)
      update.bind(limit.milliseconds, at: 1)
      update.bind(now.milliseconds, at: 2)
      update.bind(SlipReason.tooLate.rawValue, at: 3)
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

  /// Moves what waits for `printer` and of which nothing was ever sent to `backup`. Returns how many.
  ///
  /// The slips lose their arrows: those hold for whoever stands at the kiosk of `printer`.
  func takeOver(from printer: PrinterID, to backup: PrinterID, at now: Instant) throws -> Int {
    try write { database in
      let update = try database.cached(
        """
        UPDATE job SET printer = ?2, changed = ?3, slip = json_remove(slip, '$.arrow')
        WHERE state = 'waiting' AND printer = ?1 AND was_sent = 0
        """)
      update.bind(printer.text, at: 1)
      update.bind(backup.text, at: 2)
      update.bind(now.milliseconds, at: 3)
      try update.run()
      return Int(database.changes)
    }
  }

  /// All rows of `id, key, slip, copy_mark, created, printer`.
  static func jobs(of statement: Statement) throws -> [Waiting] {
    defer { statement.reset() }
    var found: [Waiting] = []
    while try statement.step() {
      let job = PrintJob(
        key: statement.text(1), printer: PrinterID(statement.text(5)),
        slip: try value(SlipView.self, of: statement.text(2)),
        copyMark: try value(Phrase.self, of: statement.text(3)))
      found.append(
        Waiting(
          id: statement.integer(0), job: job,
          created: Instant(milliseconds: statement.integer(4))))
    }
    return found
  }

  static func text(of value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }

  static func value<Value: Decodable>(_ type: Value.Type, of text: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
