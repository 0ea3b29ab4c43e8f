import SQLite
import Synchronization
public import Venue

/// Why somebody cannot be added as staff.
public struct StaffError: Error, CustomStringConvertible {
  public let description: String
}

extension AccessStore {
  /// Shorter PINs are refused; with ten attempts a minute six digits hold for months.
  public static let secretMinimum = 6
  /// Longer secrets are refused, so that nobody makes the daemon hash a book.
  public static let secretMaximum = 256

  /// Adds a person or gives one a new secret. `login` may be a pseudonym. Takes 0.13 s.
  public func setStaff(
    login: String, secret: String, role: Role, agency: AgencyID?, mediator: MediatorID? = nil
  ) throws {
    guard (1...64).contains(login.utf8.count), login.utf8.allSatisfy({ (33...126).contains($0) })
    else {
      throw StaffError(description: "A login name has 1 to 64 ASCII characters without spaces.")
    }
    guard (Self.secretMinimum...Self.secretMaximum).contains(secret.utf8.count) else {
      throw StaffError(
        description: "A PIN or password has \(Self.secretMinimum) to \(Self.secretMaximum) bytes.")
    }
    guard (role == .staff) == (agency != nil) else {
      throw StaffError(description: "The role staff needs an agency, and no other role has one.")
    }
    guard (role == .mediator) == (mediator != nil) else {
      throw StaffError(
        description: "The role mediator needs a mediator of the venue, and no other role has one.")
    }
    guard let stored = Secrets.passwordHash(of: secret) else {
      throw StaffError(description: "There is not enough memory to hash the secret. Try again.")
    }
    try tables.withLock { tables in
      let insert = try tables.database.cached(
        "INSERT OR REPLACE INTO staff (login, secret, role, agency, mediator) "
          + "VALUES (?1, ?2, ?3, ?4, ?5)")
      insert.bind(login, at: 1)
      insert.bind(stored, at: 2)
      insert.bind(role.rawValue, at: 3)
      insert.bind(agency?.text, at: 4)
      insert.bind(mediator?.text, at: 5)
      try insert.run()
      try tables.endSessions(of: login)
    }
  }

  /// False when nobody has that login.
  public func removeStaff(login: String) throws -> Bool {
    try tables.withLock { tables in
      try tables.endSessions(of: login)
      let delete = try tables.database.cached("DELETE FROM staff WHERE login = ?1")
      delete.bind(login, at: 1)
      try delete.run()
      return tables.database.changes > 0
    }
  }

  public func staff() throws -> [Principal] {
    try tables.withLock { tables in
      let select = try tables.database.cached(
        "SELECT login, role, agency, mediator FROM staff ORDER BY login")
      var found: [Principal] = []
      while try select.step() {
        guard let role = Role(rawValue: select.text(1)) else { continue }
        found.append(
          Principal(
            role: role, id: select.text(0),
            agency: select.isNull(2) ? nil : AgencyID(select.text(2)),
            mediator: select.isNull(3) ? nil : MediatorID(select.text(3))))
      }
      select.reset()
      return found
    }
  }

  /// Checks a secret, which takes 0.13 s whether the login exists or not, and opens a session; nil
  /// when they do not match. One call at a time: the caller sees to that.
  func logIn(login: String, secret: String) throws -> (principal: Principal, cookie: String)? {
    guard secret.utf8.count <= Self.secretMaximum else { return nil }
    let known: (secret: String, principal: Principal)? = try tables.withLock { tables in
      let select = try tables.database.cached(
        "SELECT secret, role, agency, mediator FROM staff WHERE login = ?1")
      select.bind(login, at: 1)
      defer { select.reset() }
      guard try select.step(), let role = Role(rawValue: select.text(1)) else { return nil }
      let principal = Principal(
        role: role, id: login, agency: select.isNull(2) ? nil : AgencyID(select.text(2)),
        mediator: select.isNull(3) ? nil : MediatorID(select.text(3)))
      return (select.text(0), principal)
    }
    guard Secrets.matches(secret, passwordHash: known?.secret ?? Self.nobodysHash), let known
    else { return nil }
    return (known.principal, try openSession(of: known.principal))
  }

  /// A hash that no secret matches in practice: unknown logins take as long as known ones.
  private static let nobodysHash = Secrets.passwordHash(of: Secrets.token()) ?? ""

  private func openSession(of principal: Principal) throws -> String {
    let cookie = Secrets.token()
    let hash = Secrets.hash(cookie)
    try tables.withLock { tables in
      try tables.makeRoomForSession()
      let session = Session(
        principal: principal, lastSeen: now(), storedSeen: now(),
        ends: now() + Self.sessionSeconds)
      let insert = try tables.database.cached(
        "INSERT INTO session (hash, login, seen, ends) VALUES (?1, ?2, ?3, ?4)")
      insert.bind(hash, at: 1)
      insert.bind(principal.id, at: 2)
      insert.bind(session.storedSeen, at: 3)
      insert.bind(session.ends, at: 4)
      try insert.run()
      tables.sessions[hash] = session
    }
    return cookie
  }

  /// Who has the session of this cookie; nil when it has ended.
  func session(cookie: String) -> Principal? {
    let hash = Secrets.hash(cookie)
    return tables.withLock { tables in
      guard var session = tables.sessions[hash] else { return nil }
      guard session.ends > now(), session.lastSeen + Self.idleSeconds > now() else {
        tables.sessions[hash] = nil
        return nil
      }
      session.lastSeen = now()
      if session.lastSeen >= session.storedSeen + Self.seenSeconds {
        session.storedSeen = session.lastSeen
        // A full disk logs nobody out: then a restart may end the session early.
        try? tables.noteSeen(hash, at: session.lastSeen)
      }
      tables.sessions[hash] = session
      return session.principal
    }
  }

  func logOut(cookie: String) throws {
    let hash = Secrets.hash(cookie)
    try tables.withLock { try $0.endSession(hash) }
  }
}

extension AccessStore.Tables {
  /// Frames of the log at which it is copied into the file: 4 MiB.
  private static let checkpointFrames = 1_000

  fileprivate func noteSeen(_ hash: [UInt8], at time: Int64) throws {
    let update = try database.cached("UPDATE session SET seen = ?2 WHERE hash = ?1")
    update.bind(hash, at: 1)
    update.bind(time, at: 2)
    try update.run()
    if database.walFrames >= Self.checkpointFrames { try database.checkpoint(.passive) }
  }

  fileprivate mutating func endSession(_ hash: [UInt8]) throws {
    sessions[hash] = nil
    let delete = try database.cached("DELETE FROM session WHERE hash = ?1")
    delete.bind(hash, at: 1)
    try delete.run()
  }

  fileprivate mutating func endSessions(of login: String) throws {
    for (hash, session) in sessions where session.principal.id == login {
      try endSession(hash)
    }
  }

  fileprivate mutating func makeRoomForSession() throws {
    guard sessions.count >= AccessStore.sessionLimit,
      let oldest = sessions.min(by: { $0.value.lastSeen < $1.value.lastSeen })
    else { return }
    try endSession(oldest.key)
  }
}
