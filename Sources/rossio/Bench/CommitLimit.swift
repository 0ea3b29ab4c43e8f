import Foundation
import SQLite

/// Bare SQLite commits of rows like the journal's, on the same disk: what no daemon can exceed.
enum CommitLimit {
  private static let batch = 64
  /// As the journal stores an issue: 60 bytes of payload, 32 of hash.
  private static let payload = [UInt8](repeating: 7, count: 60)
  private static let hash = [UInt8](repeating: 9, count: 32)

  /// Rows a second: one a commit, and 64 a commit.
  static func measure(seconds: Double) throws -> (single: Double, batched: Double) {
    (try rate(rowsPerCommit: 1, seconds), try rate(rowsPerCommit: batch, seconds))
  }

  private static func rate(rowsPerCommit: Int, _ seconds: Double) throws -> Double {
    let path = NSTemporaryDirectory() + "rossio-bench-" + UUID().uuidString + ".sqlite"
    defer {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
    let database = try Database(
      path: path, mode: .create, pragmas: ["journal_mode = WAL", "synchronous = FULL"])
    try database.execute(
      """
      CREATE TABLE event(sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL,
        schema INTEGER NOT NULL, payload BLOB NOT NULL, chain BLOB NOT NULL) STRICT
      """)
    let insert = try database.prepare("INSERT INTO event VALUES (?1, ?2, 1, ?3, ?4)")
    var rows: Int64 = 0
    let began = ContinuousClock.now
    let deadline = began + .seconds(seconds)
    while ContinuousClock.now < deadline {
      try database.transaction { () throws(SQLiteError) in
        for _ in 0..<rowsPerCommit {
          rows += 1
          insert.bind(rows, at: 1)
          insert.bind(rows * 1000, at: 2)
          insert.bind(payload, at: 3)
          insert.bind(hash, at: 4)
          try insert.run()
        }
      }
      if database.walFrames > 2_000 { try database.checkpoint(.passive) }
    }
    return Double(rows) / (began.duration(to: .now) / .seconds(1))
  }
}
