public import Venue

/// Body of `POST /v1/counters/ID/consent`: the client at the counter agreed that `to` may read these
/// fields of the part at this counter's agency, and no others; no fields take a consent back.
public struct ConsentBody: Codable, Sendable {
  public var to: AgencyID
  public var fields: [SharedField]

  public init(to: AgencyID, fields: [SharedField]) {
    self.to = to
    self.fields = fields
  }
}

/// Body of `POST /v1/counters/ID/note`; no codes take the note back.
public struct NoteBody: Codable, Sendable {
  public var codes: [NoteCode]
  public init(codes: [NoteCode]) { self.codes = codes }
}

/// Answer to `POST /v1/counters/ID/note`: the note as it is kept.
public struct NoteAnswer: Codable, Sendable, Equatable {
  public var visit: VisitID
  /// Who wrote it.
  public var agency: AgencyID
  public var codes: [NoteCode]
  public var writtenAt: Instant

  public init(visit: VisitID, agency: AgencyID, codes: [NoteCode], writtenAt: Instant) {
    self.visit = visit
    self.agency = agency
    self.codes = codes
    self.writtenAt = writtenAt
  }
}

/// Answer to `GET /v1/counters/ID/notes`: what this counter's agency may read of notes, and write.
public struct NotesAnswer: Codable, Sendable, Equatable {
  public struct Line: Codable, Sendable, Equatable {
    public var agency: AgencyID
    public var agencyName: String
    public var codes: [NoteCode]
    public var writtenAt: Instant

    public init(agency: AgencyID, agencyName: String, codes: [NoteCode], writtenAt: Instant) {
      self.agency = agency
      self.agencyName = agencyName
      self.codes = codes
      self.writtenAt = writtenAt
    }
  }

  /// An agency that may read of this one's part once the client agrees.
  public struct Reader: Codable, Sendable, Equatable {
    public var agency: AgencyID
    public var agencyName: String
    /// What takes the client's consent.
    public var fields: [SharedField]
    /// What of it the client at the counter has agreed to.
    public var agreed: [SharedField]

    public init(
      agency: AgencyID, agencyName: String, fields: [SharedField], agreed: [SharedField]
    ) {
      self.agency = agency
      self.agencyName = agencyName
      self.fields = fields
      self.agreed = agreed
    }
  }

  /// The visit at the counter; nil when nobody is there.
  public var visit: VisitID?
  public var number: TicketNumber?
  /// Notes on that visit, this agency's own included.
  public var notes: [Line]
  public var readers: [Reader]
  /// The venue's vocabulary.
  public var codes: [NoteCode]
  /// So many codes at most make a note.
  public var codeLimit: Int
  /// Printers for the client's receipt, the nearest first.
  public var printers: [PrinterID]

  public init(
    visit: VisitID?, number: TicketNumber?, notes: [Line], readers: [Reader], codes: [NoteCode],
    codeLimit: Int, printers: [PrinterID]
  ) {
    self.visit = visit
    self.number = number
    self.notes = notes
    self.readers = readers
    self.codes = codes
    self.codeLimit = codeLimit
    self.printers = printers
  }
}
