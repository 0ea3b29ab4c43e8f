import SQLite
import Synchronization

extension AccessStore {
  /// Makes a token for a device or a script; it is returned once and stored hashed.
  public func addToken(role: Role, id: String) throws -> String {
    let token = Secrets.token()
    let hash = Secrets.hash(token)
    let principal = Principal(role: role, id: id)
    try tables.withLock { tables in
      try tables.insertDevice(hash, principal, now: now())
      tables.devices[hash] = principal
    }
    return token
  }

  /// Makes a code that enrols a device once, within ten minutes.
  public func addCode(role: Role, id: String) throws -> String {
    let code = Secrets.code()
    try tables.withLock { tables in
      try tables.purgeCodes(now: now())
      let insert = try tables.database.cached(
        "INSERT INTO code (hash, role, id, ends) VALUES (?1, ?2, ?3, ?4)")
      insert.bind(Secrets.hash(code), at: 1)
      insert.bind(role.rawValue, at: 2)
      insert.bind(id, at: 3)
      insert.bind(now() + Self.codeSeconds, at: 4)
      try insert.run()
    }
    return code
  }

  /// Turns a code into a device's token, both or neither; nil for a code that is wrong, used or too
  /// old.
  func enrol(code: String) throws -> (principal: Principal, token: String)? {
    let codeHash = Secrets.hash(Self.canonical(code))
    let token = Secrets.token()
    let hash = Secrets.hash(token)
    return try tables.withLock { tables in
      try tables.purgeCodes(now: now())
      guard let principal = try tables.holder(ofCode: codeHash) else { return nil }
      try tables.database.transaction { () throws(SQLiteError) in
        try tables.deleteCode(codeHash)
        try tables.insertDevice(hash, principal, now: now())
      }
      tables.devices[hash] = principal
      return (principal, token)
    }
  }

  /// Takes every token of a device away; the number taken.
  public func revoke(role: Role, id: String) throws -> Int {
    try tables.withLock { tables in
      let delete = try tables.database.cached("DELETE FROM device WHERE role = ?1 AND id = ?2")
      delete.bind(role.rawValue, at: 1)
      delete.bind(id, at: 2)
      try delete.run()
      let before = tables.devices.count
      tables.devices = tables.devices.filter { $0.value.role != role || $0.value.id != id }
      return before - tables.devices.count
    }
  }

  public func device(token: String) -> Principal? {
    let hash = Secrets.hash(token)
    return tables.withLock { $0.devices[hash] }
  }

  /// Codes are typed by people: small letters are taken, and letters that look like digits.
  private static func canonical(_ code: String) -> String {
    String(
      code.uppercased().filter { $0 != "-" && $0 != " " }.map {
        ["O": "0", "I": "1", "L": "1"][$0] ?? $0
      })
  }
}

extension AccessStore.Tables {
  fileprivate func insertDevice(
    _ hash: [UInt8], _ principal: Principal, now: Int64
  ) throws(SQLiteError) {
    let insert = try database.cached(
      "INSERT INTO device (hash, role, id, created) VALUES (?1, ?2, ?3, ?4)")
    insert.bind(hash, at: 1)
    insert.bind(principal.role.rawValue, at: 2)
    insert.bind(principal.id, at: 3)
    insert.bind(now, at: 4)
    try insert.run()
  }

  fileprivate func holder(ofCode hash: [UInt8]) throws(SQLiteError) -> Principal? {
    let select = try database.cached("SELECT role, id FROM code WHERE hash = ?1")
    select.bind(hash, at: 1)
    defer { select.reset() }
    guard try select.step(), let role = Role(rawValue: select.text(0)) else { return nil }
    return Principal(role: role, id: select.text(1))
  }

  fileprivate func deleteCode(_ hash: [UInt8]) throws(SQLiteError) {
    let delete = try database.cached("DELETE FROM code WHERE hash = ?1")
    delete.bind(hash, at: 1)
    try delete.run()
  }

  fileprivate mutating func purgeCodes(now: Int64) throws {
    let delete = try database.cached("DELETE FROM code WHERE ends <= ?1")
    delete.bind(now, at: 1)
    try delete.run()
  }
}
