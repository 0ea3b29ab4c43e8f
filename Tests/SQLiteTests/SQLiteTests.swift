import Foundation
import SQLite
import Testing

/// A file in a directory of its own that goes away with this object.
final class ScratchFile {
  let path: String
  private let directory: URL

  init(_ name: String = "test.sqlite") throws {
    directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("rossio-sqlite-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    path = directory.appendingPathComponent(name).path
  }

  func beside(_ name: String) -> String { directory.appendingPathComponent(name).path }

  deinit { try? FileManager.default.removeItem(at: directory) }
}

@Suite("A SQLite connection") struct DatabaseTests {
  private func table(_ file: ScratchFile) throws -> Database {
    let database = try Database(
      path: file.path, mode: .create, pragmas: ["journal_mode = WAL", "synchronous = FULL"])
    try database.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c BLOB) STRICT")
    return database
  }

  @Test("Values come back as they were bound, with empty ones, nulls and zero bytes")
  func roundTrip() throws {
    let file = try ScratchFile()
    let database = try table(file)
    let insert = try database.cached("INSERT INTO t VALUES (?1, ?2, ?3)")
    let rows: [(Int64, String?, [UInt8]?)] = [
      (.min, "", []), (.max, "A\0B", [0, 1, 255]), (0, "Olá, مرحبا", nil), (7, nil, [0]),
    ]
    for (a, b, c) in rows {
      insert.bind(a, at: 1)
      insert.bind(b, at: 2)
      insert.bind(c, at: 3)
      try insert.run()
      #expect(database.changes == 1)
    }
    let select = try database.cached("SELECT b, c FROM t WHERE a = ?1")
    for (a, b, c) in rows {
      select.bind(a, at: 1)
      #expect(try select.step())
      #expect(select.isNull(0) == (b == nil))
      #expect(select.text(0) == b ?? "")
      #expect(select.isNull(1) == (c == nil))
      #expect(select.bytes(1) == c ?? [])
      #expect(try !select.step())
      select.reset()
    }
    #expect(try database.integer("SELECT count(*) FROM t") == 4)
    #expect(try database.text("SELECT b FROM t WHERE a = 7") == nil)
  }

  @Test("A transaction whose body fails leaves nothing behind, and the next one works")
  func rollback() throws {
    let file = try ScratchFile()
    let database = try table(file)
    let error = #expect(throws: SQLiteError.self) {
      try database.transaction { () throws(SQLiteError) in
        try database.execute("INSERT INTO t(a) VALUES (1)")
        try database.execute("INSERT INTO t(a) VALUES (1)")
      }
    }
    #expect(error?.kind == .constraint)
    #expect(!database.isInTransaction)
    #expect(try database.integer("SELECT count(*) FROM t") == 0)
    let answer = try database.transaction { () throws(SQLiteError) in
      try database.execute("INSERT INTO t(a) VALUES (1)")
      return database.lastInsertRowID
    }
    #expect(answer == 1)
    #expect(try database.integer("SELECT count(*) FROM t") == 1)
  }

  @Test("A file that reaches its bound is full, is rolled back, and goes on when there is room")
  func full() throws {
    let file = try ScratchFile()
    let database = try table(file)
    try database.execute("PRAGMA max_page_count = 4")
    let error = #expect(throws: SQLiteError.self) {
      try database.transaction { () throws(SQLiteError) in
        let insert = try database.cached("INSERT INTO t(c) VALUES (?1)")
        insert.bind([UInt8](repeating: 1, count: 40_000), at: 1)
        try insert.run()
      }
    }
    #expect(error?.kind == .full)
    #expect(error.map { "\($0)".contains("the disk is full") } == true)
    #expect(try database.integer("SELECT count(*) FROM t") == 0)
    try database.execute("PRAGMA max_page_count = 1000")
    try database.execute("INSERT INTO t(c) VALUES (zeroblob(40000))")
    #expect(try database.integer("SELECT count(*) FROM t") == 1)
  }

  @Test("What cannot be opened says why, with the file's name")
  func opening() throws {
    let file = try ScratchFile()
    let missing = #expect(throws: SQLiteError.self) {
      _ = try Database(path: file.path, mode: .readWrite)
    }
    #expect(missing?.kind == .cannotOpen)
    #expect(missing?.path == file.path)
    try Data("This is a letter, and a rather long one at that.".utf8)
      .write(to: URL(fileURLWithPath: file.path))
    let foreign = #expect(throws: SQLiteError.self) {
      _ = try Database(path: file.path, mode: .readWrite).integer("PRAGMA user_version")
    }
    #expect(foreign?.kind == .notADatabase)
  }

  @Test("A reader sees what is committed while the writer goes on, and cannot write")
  func reader() throws {
    let file = try ScratchFile()
    let writer = try table(file)
    try writer.execute("INSERT INTO t(a) VALUES (1)")
    let reader = try Database(path: file.path, mode: .readOnly)
    #expect(try reader.integer("SELECT count(*) FROM t") == 1)
    try writer.execute("INSERT INTO t(a) VALUES (2)")
    #expect(try reader.integer("SELECT count(*) FROM t") == 2)
    let error = #expect(throws: SQLiteError.self) { try reader.execute("DELETE FROM t") }
    #expect(error?.kind == .readOnly)
  }

  @Test("A second writer is told that the database is held")
  func busy() throws {
    let file = try ScratchFile()
    let first = try table(file)
    let second = try Database(path: file.path, mode: .readWrite, pragmas: ["busy_timeout = 0"])
    try first.transaction { () throws(SQLiteError) in
      let error = #expect(throws: SQLiteError.self) { try second.execute("BEGIN IMMEDIATE") }
      #expect(error?.kind == .busy)
    }
  }

  @Test("Frames of the log are counted, and a checkpoint empties the log")
  func checkpoint() throws {
    let file = try ScratchFile()
    let database = try table(file)
    for _ in 0..<50 { try database.execute("INSERT INTO t(b) VALUES ('x')") }
    #expect(database.walFrames >= 50)
    #expect(try database.checkpoint(.passive))
    #expect(database.walFrames == 0)
    try database.execute("INSERT INTO t(b) VALUES ('x')")
    #expect((1...3).contains(database.walFrames))
    #expect(try database.checkpoint(.truncate))
    let attributes = try FileManager.default.attributesOfItem(atPath: file.path + "-wal")
    #expect(attributes[.size] as? Int == 0)
  }

  @Test("A reader in the middle of its rows keeps the log from being cut, without an error")
  func checkpointBesideReader() throws {
    let file = try ScratchFile()
    let writer = try table(file)
    try writer.execute("PRAGMA busy_timeout = 0; INSERT INTO t(a) VALUES (1), (2)")
    let reader = try Database(path: file.path, mode: .readOnly)
    let rows = try reader.prepare("SELECT a FROM t")
    #expect(try rows.step())
    try writer.execute("INSERT INTO t(a) VALUES (3)")
    #expect(try !writer.checkpoint(.truncate))
    rows.reset()
    #expect(try writer.checkpoint(.truncate))
  }

  @Test("A backup is a whole database of its own")
  func backup() throws {
    let file = try ScratchFile()
    let database = try table(file)
    try database.execute("INSERT INTO t(b) VALUES ('x'), ('y'); PRAGMA user_version = 3")
    try database.backup(to: file.beside("copy.sqlite"))
    let copy = try Database(path: file.beside("copy.sqlite"), mode: .readOnly)
    #expect(try copy.integer("SELECT count(*) FROM t") == 2)
    #expect(try copy.integer("PRAGMA user_version") == 3)
    #expect(try copy.text("PRAGMA integrity_check") == "ok")
    #expect(throws: SQLiteError.self) { try database.backup(to: file.beside("copy.sqlite")) }
  }
}
