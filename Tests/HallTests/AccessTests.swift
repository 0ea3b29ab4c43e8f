import Foundation
import SQLite
import Synchronization
import Testing
import Venue

@testable import Hall

/// Devices, codes, people and sessions, with a clock in the test's hands.
@Suite(.timeLimit(.minutes(5)))
struct AccessTests {
  private final class Wall: Sendable {
    private let time = Atomic<Int64>(1_000_000)
    var now: Int64 { time.load(ordering: .relaxed) }
    func wait(_ seconds: Int64) { time.wrappingAdd(seconds, ordering: .relaxed) }
  }

  private let directory: ScratchDirectory
  private let wall = Wall()

  init() throws { directory = try ScratchDirectory() }

  private func open() throws -> AccessStore {
    let wall = wall
    return try AccessStore(directory: directory.path) { wall.now }
  }

  // MARK: Devices

  @Test func `a token names its device, also after a restart, until it is revoked`() throws {
    let store = try open()
    let token = try store.addToken(role: .counter, id: "12")
    let second = try store.addToken(role: .counter, id: "12")
    let other = try store.addToken(role: .kiosk, id: "12")
    #expect(token.utf8.count == 64 && token != second)
    #expect(try open().device(token: token) == Principal(role: .counter, id: "12"))
    #expect(try store.revoke(role: .counter, id: "12") == 2)
    for store in [store, try open()] {
      #expect(store.device(token: token) == nil && store.device(token: second) == nil)
      #expect(store.device(token: other)?.role == .kiosk)
      #expect(store.device(token: "") == nil && store.device(token: token.uppercased()) == nil)
    }
  }

  @Test func `no secret stands in the file as it is, and nobody else can read it`() throws {
    let store = try open()
    let secrets = [
      try store.addToken(role: .kiosk, id: "K1"), try store.addCode(role: .kiosk, id: "K1"),
      "correct-horse",
    ]
    try store.setStaff(login: "swift", secret: "correct-horse", role: .manager, agency: nil)
    let cookie = try #require(try store.logIn(login: "swift", secret: "correct-horse")).cookie
    for file in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
      let path = directory.path + "/" + file
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      for secret in secrets + [cookie] {
        #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file)")
      }
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(file)")
    }
  }

  // MARK: Codes

  @Test func `a code enrols once`() throws {
    let store = try open()
    let code = try store.addCode(role: .display, id: "hall-1")
    let enrolled = try #require(try store.enrol(code: code))
    #expect(enrolled.principal == Principal(role: .display, id: "hall-1"))
    #expect(store.device(token: enrolled.token) == enrolled.principal)
    #expect(try store.enrol(code: code) == nil)
    #expect(try open().enrol(code: code) == nil)
  }

  @Test func `a code is good for ten minutes`() throws {
    let store = try open()
    let early = try store.addCode(role: .kiosk, id: "K1")
    let late = try store.addCode(role: .kiosk, id: "K1")
    wall.wait(599)
    #expect(try store.enrol(code: early) != nil)
    wall.wait(1)
    #expect(try store.enrol(code: late) == nil)
  }

  @Test func `a code is read as people type it`() throws {
    let store = try open()
    for _ in 0..<40 {
      let code = try store.addCode(role: .kiosk, id: "K1")
      #expect(code.utf8.count == 8 && !code.contains { "ILOU".contains($0) })
      let typed = code.replacing("0", with: "o").replacing("1", with: "l").lowercased()
      #expect(try store.enrol(code: typed.prefix(4) + " - " + typed.suffix(4)) != nil, "\(code)")
    }
    #expect(try store.enrol(code: "") == nil)
  }

  // MARK: People

  @Test(arguments: [
    ("", "123456", Role.manager, nil as AgencyID?), ("a b", "123456", .manager, nil),
    ("ação", "123456", .manager, nil), ("a", "12345", .manager, nil),
    (String(repeating: "a", count: 65), "123456", .manager, nil),
    ("a", String(repeating: "1", count: 257), .manager, nil), ("a", "123456", .staff, nil),
    ("a", "123456", .reception, "tax"),
  ])
  func `staff that cannot be right is refused`(
    login: String, secret: String, role: Role, agency: AgencyID?
  ) throws {
    let store = try open()
    #expect(throws: StaffError.self) {
      try store.setStaff(login: login, secret: secret, role: role, agency: agency)
    }
    #expect(try store.staff().isEmpty)
  }

  @Test func `a mediator's login says who it is in the pool, also after a restart`() throws {
    let store = try open()
    try store.setStaff(
      login: "ave", secret: "123456", role: .mediator, agency: nil, mediator: "m5")
    let opened = try #require(try store.logIn(login: "ave", secret: "123456"))
    let expected = Principal(role: .mediator, id: "ave", mediator: "m5")
    #expect(opened.principal == expected)
    #expect(try open().session(cookie: opened.cookie) == expected)
    #expect(try open().staff() == [expected])
    for (role, mediator) in [(Role.mediator, nil), (.manager, "m5")] as [(Role, MediatorID?)] {
      #expect(throws: StaffError.self) {
        try store.setStaff(
          login: "b", secret: "123456", role: role, agency: nil, mediator: mediator)
      }
    }
  }

  @Test func `a store from before mediators could log in still knows its staff`() throws {
    _ = FileManager.default.createFile(
      atPath: directory.path + "/access.sqlite", contents: nil)
    let old = try Database(
      path: directory.path + "/access.sqlite", mode: .readWrite, pragmas: ["journal_mode = WAL"])
    try old.execute(
      """
      CREATE TABLE staff (
        login TEXT PRIMARY KEY, secret TEXT NOT NULL, role TEXT NOT NULL, agency TEXT
      ) STRICT, WITHOUT ROWID;
      INSERT INTO staff VALUES ('old', 'x', 'staff', 'tax');
      """)
    let store = try open()
    #expect(try store.staff() == [Principal(role: .staff, id: "old", agency: "tax")])
    try store.setStaff(
      login: "ave", secret: "123456", role: .mediator, agency: nil, mediator: "m5")
    #expect(try open().staff().count == 2)
  }

  @Test func `only the right secret opens a session, and each has a cookie of its own`() throws {
    let store = try open()
    try store.setStaff(login: "swift", secret: "123456", role: .staff, agency: "tax")
    #expect(try store.logIn(login: "swift", secret: "123457") == nil)
    #expect(try store.logIn(login: "swift", secret: "") == nil)
    #expect(try store.logIn(login: "nobody", secret: "123456") == nil)
    let one = try #require(try store.logIn(login: "swift", secret: "123456"))
    let two = try #require(try store.logIn(login: "swift", secret: "123456"))
    #expect(one.principal == Principal(role: .staff, id: "swift", agency: "tax"))
    #expect(one.cookie != two.cookie, "a login draws a new cookie")
    #expect(store.session(cookie: one.cookie) == one.principal)
    #expect(store.session(cookie: "") == nil && store.device(token: one.cookie) == nil)
  }

  @Test func `a new secret and a removal end every session`() throws {
    let store = try open()
    try store.setStaff(login: "swift", secret: "123456", role: .manager, agency: nil)
    let cookie = try #require(try store.logIn(login: "swift", secret: "123456")).cookie
    try store.setStaff(login: "swift", secret: "654321", role: .manager, agency: nil)
    #expect(store.session(cookie: cookie) == nil)
    #expect(try store.logIn(login: "swift", secret: "123456") == nil)
    let next = try #require(try store.logIn(login: "swift", secret: "654321")).cookie
    #expect(try store.removeStaff(login: "swift") && !store.removeStaff(login: "swift"))
    for store in [store, try open()] { #expect(store.session(cookie: next) == nil) }
    #expect(try store.logIn(login: "swift", secret: "654321") == nil)
  }

  // MARK: Sessions

  private func session(_ store: AccessStore) throws -> String {
    try store.setStaff(login: "swift", secret: "123456", role: .manager, agency: nil)
    return try #require(try store.logIn(login: "swift", secret: "123456")).cookie
  }

  @Test func `a session ends after four hours without a request, for good`() throws {
    let store = try open()
    let cookie = try session(store)
    wall.wait(4 * 3_600 - 1)
    #expect(store.session(cookie: cookie) != nil)
    wall.wait(4 * 3_600)
    #expect(store.session(cookie: cookie) == nil)
    #expect(store.session(cookie: cookie) == nil)
    #expect(try open().session(cookie: cookie) == nil, "a restart does not bring it back")
  }

  @Test func `a session that nobody used for four hours is not renewed by a restart`() throws {
    let cookie = try session(try open())
    wall.wait(4 * 3_600 + 1)
    #expect(try open().session(cookie: cookie) == nil)
  }

  @Test func `a session in use outlives a restart, and ends after fourteen hours anyway`() throws {
    var store = try open()
    let cookie = try session(store)
    for hour in 1..<14 {
      wall.wait(3_600)
      #expect(store.session(cookie: cookie) != nil, "hour \(hour)")
      store = try open()
    }
    wall.wait(3_600)
    #expect(store.session(cookie: cookie) == nil)
    #expect(try open().session(cookie: cookie) == nil)
  }

  @Test func `logging out ends this session and no other`() throws {
    let store = try open()
    let cookie = try session(store)
    let other = try #require(try store.logIn(login: "swift", secret: "123456")).cookie
    try store.logOut(cookie: cookie)
    for store in [store, try open()] {
      #expect(store.session(cookie: cookie) == nil)
      #expect(store.session(cookie: other) != nil)
    }
  }
}
