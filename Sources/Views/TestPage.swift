/// A page that tries a printer: it says what the printer is taken for, and shows every script.
public struct TestPage: Equatable, Codable, Sendable {
  /// The printer's id.
  public var printer: String
  /// What is assumed of it, a line each.
  public var facts: [String]
  /// A sentence in every language of the venue.
  public var samples: [Phrase]
  /// What its QR code says.
  public var address: String

  public init(printer: String, facts: [String], samples: [Phrase], address: String) {
    self.printer = printer
    self.facts = facts
    self.samples = samples
    self.address = address
  }
}
