internal import SQLite
internal import Venue

extension Spool {
  /// Records that the job is about to be sent and returns the attempt's number, which never comes
  /// again. Durable before it returns: the first byte may follow.
  func beginAttempt(of job: Int64, at now: Instant) throws -> Int64 {
    try write { database in
      try Self.set(.printing, nil, job, now, database)
      let insert = try database.cached(
        """
        INSERT INTO attempt (job, started, is_copy)
        VALUES (?1, ?2, (SELECT slip ->> '$.copy' IS NOT NULL FROM job WHERE id = ?1))
        """)
      insert.bind(job, at: 1)
      insert.bind(now.milliseconds, at: 2)
      try insert.run()
      return database.lastInsertRowID
    }
  }

  /// Records what an attempt came to and what follows for its job. From the first byte that went out
  /// on, every further print of the job is marked as a copy.
  ///
  /// Returns the state that it came to: a slip that a person has settled meanwhile is not printed again.
  @discardableResult
  func endAttempt(
    _ attempt: Int64, of job: Int64, as state: State, bytesSent: Int, reason: SlipReason?,
    evidence: String, at now: Instant
  ) throws -> State {
    try write { database in
      let isAbandoned =
        try database.integer("SELECT abandoned FROM job WHERE id = \(job)") == 1
      let state = isAbandoned && state != .printed ? State.discarded : state
      try Self.add(evidence, bytesSent, attempt, now, database)
      // What came out is not marked for that: whoever asks for it again marks it.
      if bytesSent > 0, state != .printed { try Self.markAsCopy(job, database) }
      try Self.set(state, isAbandoned ? nil : reason, job, now, database)
      return state
    }
  }

  /// How often bytes of the job were sent.
  func timesSent(_ job: Int64) throws -> Int {
    try read { database in
      let select = try database.cached(
        """
        SELECT count(DISTINCT attempt.id) FROM attempt JOIN evidence ON evidence.attempt = attempt.id
        WHERE attempt.job = ?1 AND coalesce(evidence.bytes_sent, 1) > 0
        """)
      select.bind(job, at: 1)
      defer { select.reset() }
      return try select.step() ? Int(select.integer(0)) : 0
    }
  }

  /// From now on the slip carries the mark of a copy.
  static func markAsCopy(_ job: Int64, _ database: Database) throws {
    let update = try database.cached(
      """
      UPDATE job SET was_sent = 1, slip = json_set(slip, '$.copy', json(copy_mark)) WHERE id = ?1
      """)
    update.bind(job, at: 1)
    try update.run()
  }

  /// Adds something seen after the job's outcome was known, for example a blocked cutter.
  func note(_ evidence: String, on attempt: Int64, bytesSent: Int, at now: Instant) throws {
    try write { try Self.add(evidence, bytesSent, attempt, now, $0) }
  }

  /// The jobs that were being printed when the process ended become `unknown`. They are returned as
  /// they were sent, without the mark that they carry from now on.
  func markUnknown(at now: Instant) throws -> [Waiting] {
    try write { database in
      let note = try database.cached(
        """
        INSERT INTO evidence (attempt, at, bytes_sent, what)
        SELECT max(attempt.id), ?1, NULL, ?2
        FROM job JOIN attempt ON attempt.job = job.id WHERE job.state = 'printing' GROUP BY job.id
        """)
      note.bind(now.milliseconds, at: 1)
      note.bind("\(PrintProblem.daemonEnded)", at: 2)
      try note.run()
      let sent = try Self.jobs(
        of: try database.cached(
          """
          SELECT id, key, slip, copy_mark, created, printer FROM job WHERE state = 'printing'
          """))
      let update = try database.cached(
        """
        UPDATE job SET state = 'unknown', reason = ?2, changed = ?1, was_sent = 1,
          slip = json_set(slip, '$.copy', json(copy_mark))
        WHERE state = 'printing'
        """)
      update.bind(now.milliseconds, at: 1)
      update.bind(PrintProblem.daemonEnded.reason.rawValue, at: 2)
      try update.run()
      return sent
    }
  }

  /// Takes a job out that cannot be printed at all.
  func discard(_ job: Int64, because reason: SlipReason, at now: Instant) throws {
    try write { try Self.set(.discarded, reason, job, now, $0) }
  }

  /// What was seen of the job with `key`, oldest first.
  public func evidence(ofKey key: String) throws -> [String] {
    try read { database in
      let select = try database.cached(
        """
        SELECT evidence.what FROM evidence JOIN attempt ON attempt.id = evidence.attempt
        JOIN job ON job.id = attempt.job WHERE job.key = ?1 ORDER BY evidence.id
        """)
      select.bind(key, at: 1)
      defer { select.reset() }
      var found: [String] = []
      while try select.step() { found.append(select.text(0)) }
      return found
    }
  }

  static func set(
    _ state: State, _ reason: SlipReason?, _ job: Int64, _ now: Instant, _ database: Database
  ) throws {
    let update = try database.cached(
      "UPDATE job SET state = ?2, changed = ?3, reason = ?4 WHERE id = ?1")
    update.bind(job, at: 1)
    update.bind(state.rawValue, at: 2)
    update.bind(now.milliseconds, at: 3)
    update.bind(reason?.rawValue, at: 4)
    try update.run()
  }

  private static func add(
    _ evidence: String, _ bytesSent: Int, _ attempt: Int64, _ now: Instant, _ database: Database
  ) throws {
    let insert = try database.cached(
      "INSERT INTO evidence (attempt, at, bytes_sent, what) VALUES (?1, ?2, ?3, ?4)")
    insert.bind(attempt, at: 1)
    insert.bind(now.milliseconds, at: 2)
    insert.bind(Int64(bytesSent), at: 3)
    insert.bind(evidence, at: 4)
    try insert.run()
  }
}
