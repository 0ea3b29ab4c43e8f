import Foundation
import Hall
import Venue

/// `rossio token`: prints a bearer token for a script or a display.
enum TokenCommand {
  static let subcommand = Rossio.Subcommand(
    name: "token", usage: "token --role kiosk|display|counter|reception|manager --id ID --data DIR"
  ) { arguments in
    var arguments = arguments
    let role = try AccessDesk.role(try arguments.required("--role"))
    guard role != .staff, role != .mediator, role != .administrator else {
      throw ArgumentError("People of the role \(role.rawValue) log in: see rossio staff.")
    }
    let id = try arguments.required("--id")
    let desk = try AccessDesk(data: try arguments.required("--data"))
    try arguments.finish()
    print(try desk.addToken(role: role, id: id))
  }
}

/// `rossio enrol`: prints a code that makes a browser a kiosk, a board or a counter.
enum EnrolCommand {
  static let subcommand = Rossio.Subcommand(
    name: "enrol", usage: "enrol kiosk|display|counter ID --data DIR"
  ) { arguments in
    var arguments = arguments
    let words = try arguments.positional("the role", "the device's id")
    let role = try AccessDesk.role(words[0])
    guard let page = pages[role] else {
      throw ArgumentError("Only a kiosk, a display or a counter can be enrolled.")
    }
    let desk = try AccessDesk(data: try arguments.required("--data"))
    try arguments.finish()
    let code = try desk.addCode(role: role, id: words[1])
    print(code)
    Terminal.complain(
      "Good once, for ten minutes. Open on the device: http://HOST:PORT\(page)?enrol=\(code)")
  }

  private static let pages: [Role: String] = [
    .kiosk: "/kiosk/", .display: "/board/", .counter: "/counter/",
  ]
}

/// `rossio revoke`: takes a device's tokens away.
enum RevokeCommand {
  static let subcommand = Rossio.Subcommand(
    name: "revoke", usage: "revoke kiosk|display|counter|reception|manager ID --data DIR"
  ) { arguments in
    var arguments = arguments
    let words = try arguments.positional("the role", "the device's id")
    let role = try AccessDesk.role(words[0])
    let desk = try AccessDesk(data: try arguments.required("--data"))
    try arguments.finish()
    let count = try desk.revoke(role: role, id: words[1])
    guard count > 0 else {
      throw CommandError("No token of \(words[0]) '\(words[1])' was known.")
    }
    print("Took \(count) token\(count == 1 ? "" : "s") away.")
  }
}

/// `rossio staff`: people who log in, by a name that may be a pseudonym.
enum StaffCommand {
  static let subcommand = Rossio.Subcommand(
    name: "staff",
    usage:
      "staff add LOGIN --role staff|reception|mediator|manager [--agency ID] [--mediator ID] --data DIR\n"
      + "         (PIN on standard input)\n"
      + "  rossio staff remove LOGIN --data DIR\n  rossio staff list --data DIR"
  ) { arguments in
    var arguments = arguments
    let desk = try AccessDesk(data: try arguments.required("--data"))
    switch arguments.words.first {
    case "add": try add(&arguments, desk)
    case "remove":
      let words = try arguments.positional("remove", "the login name")
      try arguments.finish()
      guard try desk.removeStaff(login: words[1]) else {
        throw CommandError("Nobody has the login name '\(words[1])'.")
      }
      print("Removed \(words[1]).")
    case "list":
      try arguments.finish()
      for person in try desk.staff() {
        let whose = person.agency?.text ?? person.mediator?.text ?? ""
        print([person.id, person.role.rawValue, whose].joined(separator: "\t"))
      }
    default: throw ArgumentError("Say what to do: add, remove or list.")
    }
  }

  private static func add(_ arguments: inout Arguments, _ desk: AccessDesk) throws {
    let words = try arguments.positional("add", "the login name")
    let role = try AccessDesk.role(try arguments.required("--role"))
    let agency = try arguments.option("--agency").map { AgencyID($0) }
    let mediator = try arguments.option("--mediator").map { MediatorID($0) }
    try arguments.finish()
    guard (role == .staff) == (agency != nil) else {
      throw ArgumentError("The role staff needs --agency, and no other role has one.")
    }
    guard (role == .mediator) == (mediator != nil) else {
      throw ArgumentError("The role mediator needs --mediator, and no other role has one.")
    }
    Terminal.complain(
      "PIN or password for \(words[1]), at least \(AccessStore.secretMinimum) characters:")
    guard let secret = Terminal.readSecret(), !secret.isEmpty else {
      throw CommandError("No PIN came on standard input.")
    }
    let isKnown = try desk.staff().contains { $0.id == words[1] }
    try desk.setStaff(
      login: words[1], secret: secret, role: role, agency: agency, mediator: mediator)
    print(isKnown ? "\(words[1]) has a new PIN." : "\(words[1]) can log in.")
  }
}
