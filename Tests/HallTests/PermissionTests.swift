import Testing
import Venue

@testable import Hall

/// Who may do what, as a table; what is not in it is forbidden.
struct PermissionTests {
  /// Everything that can be asked for, by a name; `own` is the asker's own device, counter or agency.
  private static let actions: [(name: String, action: Action)] = [
    ("issue", .issue(at: nil)),
    ("issue at own kiosk", .issue(at: "own")),
    ("issue at other kiosk", .issue(at: "other")),
    ("change visit", .changeVisit),
    ("operate own", .operate("own", of: "own-agency")),
    ("operate other of agency", .operate("other", of: "own-agency")),
    ("operate other agency", .operate("other", of: "other-agency")),
    ("operate reception", .operate("other", of: "reception")),
    ("operate unknown", .operate("unknown", of: nil)),
    ("turn day", .turnDay),
    ("assign", .assign),
    ("change own duty", .changeDuty(of: "own")),
    ("change another's duty", .changeDuty(of: "other")),
    ("see own mediator", .see(.mediator("own"), of: nil)),
    ("see other mediator", .see(.mediator("other"), of: nil)),
    ("see own board", .see(.board("own"), of: nil)),
    ("see other board", .see(.board("other"), of: nil)),
    ("see own console", .see(.console("own"), of: "own-agency")),
    ("see other console of agency", .see(.console("other"), of: "own-agency")),
    ("see other agency's console", .see(.console("other"), of: "other-agency")),
    ("see reception's console", .see(.console("other"), of: "reception")),
    ("see unknown console", .see(.console("unknown"), of: nil)),
    ("see own kiosk", .see(.kiosk("own"), of: nil)),
    ("see other kiosk", .see(.kiosk("other"), of: nil)),
    ("see dashboard", .see(.dashboard, of: nil)),
    ("see printers", .see(.printers, of: nil)),
    ("handle slips", .handleSlips),
    ("notes at own", .handleNotes(at: "own", of: "own-agency")),
    ("notes at other of agency", .handleNotes(at: "other", of: "own-agency")),
    ("notes of other agency", .handleNotes(at: "other", of: "other-agency")),
    ("notes of reception", .handleNotes(at: "other", of: "reception")),
    ("notes at unknown", .handleNotes(at: "unknown", of: nil)),
  ]

  private static let all = Set(actions.map(\.name))
  private static let notes = all.filter { $0.hasPrefix("notes ") }

  private static let allowed: [Role: Set<String>] = [
    .kiosk: ["issue", "issue at own kiosk", "see own kiosk"],
    .display: ["see own board"],
    .counter: [
      "change visit", "operate own", "see own console", "notes at own", "see printers",
      "handle slips",
    ],
    .staff: [
      "change visit", "operate own", "operate other of agency", "see own console",
      "see other console of agency", "notes at own", "notes at other of agency", "see printers",
      "handle slips",
    ],
    .reception: [
      "issue", "issue at own kiosk", "issue at other kiosk", "change visit", "operate reception",
      "see own board", "see other board", "see reception's console", "see own kiosk",
      "see other kiosk", "see dashboard", "assign", "change own duty", "change another's duty",
      "see own mediator", "see other mediator", "notes of reception", "see printers",
      "handle slips",
    ],
    .mediator: ["change own duty", "see own mediator"],
    // Clients agree to agencies' reading, not to the venue's.
    .manager: all.subtracting(notes),
    .administrator: all.subtracting(notes),
  ]

  @Test(arguments: Role.allCases)
  func `a role may do what the table says and nothing else`(role: Role) throws {
    let table = try #require(Self.allowed[role], "the table has every role")
    let principal = Principal(
      role: role, id: "own", agency: role == .staff ? "own-agency" : nil,
      mediator: role == .mediator ? "own" : nil)
    for (name, action) in Self.actions {
      let may = principal.may(action, receptionAgencies: ["reception"])
      #expect(may == table.contains(name), "\(role.rawValue): \(name)")
    }
  }

  @Test func `staff without an agency may operate nothing`() {
    let principal = Principal(role: .staff, id: "own", agency: nil)
    let anywhere = ["change visit", "see printers", "handle slips"]
    for (name, action) in Self.actions where !anywhere.contains(name) {
      #expect(!principal.may(action, receptionAgencies: ["reception"]), "\(name)")
    }
  }

  @Test func `a mediator's login that names nobody of the pool may do nothing`() {
    let principal = Principal(role: .mediator, id: "own")
    for (name, action) in Self.actions {
      #expect(!principal.may(action, receptionAgencies: ["reception"]), "\(name)")
    }
  }

  @Test func `the scope of keys tells device from person`() {
    #expect(Principal(role: .kiosk, id: "1").asker != Principal(role: .counter, id: "1").asker)
  }
}
