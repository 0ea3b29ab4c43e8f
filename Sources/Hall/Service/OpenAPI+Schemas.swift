extension OpenAPI {
  /// Schemas of bodies and answers. Views are described by their types' own documentation.
  static let schemas: Node = [
    "IssueBody": object(
      [
        "service": name, "stops": list(of: stop), "language": language, "priority": flag,
        "people": count, "needs": list(of: name), "kiosk": name, "voucher": visit,
      ],
      required: ["language"]),
    "StopBody": stop,
    "CancelStopBody": object(["service": name], required: ["service"]),
    "FinishBody": object(["outcome": name], required: []),
    "TakeMediatorBody": object(["mediator": name], required: ["mediator"]),
    "ServeBody": object(["services": list(of: name)], required: ["services"]),
    "CallBody": object(["visit": visit], required: ["visit"]),
    "ForwardBody": object(["service": name, "comesBack": flag], required: ["service"]),
    "ConsentBody": object(
      ["to": name, "fields": list(of: sharedField)], required: ["to", "fields"]),
    "NoteBody": object(["codes": list(of: name)], required: ["codes"]),
    "Note": object(
      ["visit": visit, "agency": name, "codes": list(of: name), "writtenAt": instant],
      required: ["visit", "agency", "codes", "writtenAt"]),
    "Notes": notes,
    "LoginBody": object(["login": text, "secret": text], required: ["login", "secret"]),
    "EnrolmentBody": object(["code": text], required: ["code"]),
    "Issued": object(
      [
        "visit": visit, "number": number, "position": count, "peopleBefore": count,
        "service": name, "language": language, "priority": flag, "issuedAt": instant,
        "printing": flag, "waitFromMinutes": count, "waitToMinutes": count,
        "promise": oneOf("turn", "mayCloseFirst", "voucher"), "voucherDays": count,
      ],
      required: ["visit", "number", "position", "peopleBefore", "service", "language"]),
    "Counter": object(
      [
        "counter": name, "status": oneOf("closed", "open", "paused"), "visit": visit,
        "number": number, "service": name, "language": language, "priority": flag,
        "visitStatus": visitStatus, "calls": count,
        "help": oneOf("direct", "mediator", "telephone"), "mediator": name,
      ],
      required: ["counter", "status"]),
    "Visit": object(
      [
        "visit": visit, "number": number, "service": name, "language": language,
        "priority": flag, "status": visitStatus,
      ],
      required: ["visit", "number", "service", "language", "priority", "status"]),
    "Slip": object(
      ["number": number, "printer": name, "state": oneOf("waiting", "discarded")],
      required: ["number", "printer", "state"]),
    "Mediator": object(
      [
        "mediator": name, "status": oneOf("offDuty", "onDuty", "onBreak"), "visit": visit,
        "calls": count,
      ],
      required: ["mediator", "status", "calls"]),
    "Day": object(["day": text], required: []),
    "Session": object(
      [
        "role": text, "id": text, "login": text, "agency": name, "mediator": name,
        "counter": name,
      ],
      required: ["role", "id"]),
    "View": ["type": "object"],
    "Problem": object(
      ["type": text, "title": text, "status": count, "name": text, "detail": text],
      required: ["type", "title", "status", "name", "detail"]),
  ]

  private static let stop = object(
    ["service": name, "after": list(of: name), "appointment": instant], required: ["service"])

  private static let notes = object(
    [
      "visit": visit, "number": number,
      "notes": list(
        of: object(
          ["agency": name, "agencyName": text, "codes": list(of: name), "writtenAt": instant],
          required: ["agency", "agencyName", "codes", "writtenAt"])),
      "readers": list(
        of: object(
          [
            "agency": name, "agencyName": text, "fields": list(of: sharedField),
            "agreed": list(of: sharedField),
          ], required: ["agency", "agencyName", "fields", "agreed"])),
      "codes": list(of: name), "codeLimit": count, "printers": list(of: name),
    ], required: ["notes", "readers", "codes", "codeLimit", "printers"])
  private static let sharedField = oneOf("outcomes", "note", "language", "needs")

  private static let text: Node = ["type": "string"]
  private static let flag: Node = ["type": "boolean"]
  private static let count: Node = ["type": "integer", "minimum": 0]
  private static let instant: Node = ["type": "integer"]
  private static let name: Node = ["type": "string", "maxLength": 64]
  private static let language: Node = [
    "type": "string", "maxLength": 64, "description": "BCP 47 tag",
  ]
  private static let visit: Node = [
    "type": "string", "pattern": "^[0-7][0-9A-HJKMNP-TV-Z]{25}$",
  ]
  private static let number: Node = ["type": "string", "pattern": "^[A-HJ-NP-Z][0-9]{3,}$"]
  private static let visitStatus = oneOf(
    "waiting", "called", "serving", "parked", "done", "left", "expired")

  private static func list(of item: Node) -> Node { ["type": "array", "items": item] }

  private static func oneOf(_ values: String...) -> Node {
    ["type": "string", "enum": .list(values.map(Node.text))]
  }

  private static func object(_ properties: [String: Node], required: [String]) -> Node {
    [
      "type": "object", "properties": .object(properties),
      "required": .list(required.map(Node.text)),
    ]
  }
}
