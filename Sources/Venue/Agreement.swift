/// What agencies may read of each other's part of a visit. Whatever no agreement names is denied.
public struct Agreement: Equatable, Codable, Sendable {
  /// Whose part of the visit it is.
  public var from: AgencyID
  /// Who may read it.
  public var to: AgencyID
  public var fields: [SharedField]
  /// Why, in the words that the client and the auditor read.
  public var purpose: String
  /// For how long after the end of the stop, in hours.
  public var hours: Int

  public init(
    from: AgencyID, to: AgencyID, fields: [SharedField], purpose: String, hours: Int
  ) {
    self.from = from
    self.to = to
    self.fields = fields
    self.purpose = purpose
    self.hours = hours
  }
}

/// A field of a visit that an agreement can name.
public enum SharedField: String, Codable, Sendable, CaseIterable {
  /// That there was a stop, for which service, and how it ended.
  case outcomes
  /// The referral note; besides the agreement it takes the client's consent.
  case note
  case language
  /// What the person asked for at the kiosk.
  case needs
}

extension SharedField {
  /// True when an agreement alone does not open this field of a part at `owner` to `reader`.
  ///
  /// What an association keeps is open to an authority or a reception only if the client agreed
  /// besides, and a note is open to nobody without that.
  public func takesConsent(of owner: Agency.Kind, by reader: Agency.Kind) -> Bool {
    self == .note || (owner == .association && reader != .association)
  }
}

/// "The client agreed that `to` may read these fields of the part at `from`", and no others: it takes
/// the place of what was agreed between the two before, and without a field it takes that back.
public struct Consent: Hashable, Codable, Sendable {
  public var from: AgencyID
  public var to: AgencyID
  public var fields: [SharedField]

  public init(from: AgencyID, to: AgencyID, fields: [SharedField]) {
    self.from = from
    self.to = to
    self.fields = fields
  }
}
