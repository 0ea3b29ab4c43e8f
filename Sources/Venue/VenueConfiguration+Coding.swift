// Configurations of older journals lack what was added since: it takes the value that does nothing.
//
// The compiler's own decoding of a structure calls `decode(_:forKey:)` for each field, and takes
// these overloads for the types of the added fields, none of which the first version had, but for
// the arrows of screens: screens always had them, kiosks came to them later.

extension KeyedDecodingContainer {
  func decode(_ type: Bounds.Type, forKey key: Key) throws -> Bounds {
    try decodeIfPresent(type, forKey: key) ?? Bounds()
  }

  func decode(_ type: Agency.Kind.Type, forKey key: Key) throws -> Agency.Kind {
    try decodeIfPresent(type, forKey: key) ?? .authority
  }

  func decode(_ type: Service.LastTicket.Type, forKey key: Key) throws -> Service.LastTicket {
    try decodeIfPresent(type, forKey: key) ?? .warn
  }

  func decode(_ type: [ServiceDay].Type, forKey key: Key) throws -> [ServiceDay] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  func decode(_ type: [Mediator].Type, forKey key: Key) throws -> [Mediator] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  func decode(_ type: [Agreement].Type, forKey key: Key) throws -> [Agreement] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  func decode(_ type: [OutcomeCode].Type, forKey key: Key) throws -> [OutcomeCode] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  func decode(_ type: [NoteCode].Type, forKey key: Key) throws -> [NoteCode] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  func decode(_ type: [Walk].Type, forKey key: Key) throws -> [Walk] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  func decode(_ type: [DocumentID].Type, forKey key: Key) throws -> [DocumentID] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  func decode(_ type: [ZoneArrow].Type, forKey key: Key) throws -> [ZoneArrow] {
    try decodeIfPresent(type, forKey: key) ?? []
  }

  func decode(_ type: [ServiceWeight].Type, forKey key: Key) throws -> [ServiceWeight] {
    try decodeIfPresent(type, forKey: key) ?? []
  }
}

extension Printer {
  /// The profile of printers in journals that are older than profiles.
  private static let firstProfile = "generic-escpos-80mm"

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try fields.decode(PrinterID.self, forKey: .id),
      host: try fields.decode(String.self, forKey: .host),
      port: try fields.decode(Int.self, forKey: .port),
      profile: try fields.decodeIfPresent(String.self, forKey: .profile) ?? Self.firstProfile,
      backup: try fields.decodeIfPresent(PrinterID.self, forKey: .backup),
      copiesUnknown: try fields.decodeIfPresent(Bool.self, forKey: .copiesUnknown) ?? false)
  }
}
