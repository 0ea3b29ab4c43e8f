import Venue
import Views
import Wire

/// Whether a note may be written or read, and what a client can agree to; all from the state.
extension VenueState {
  /// The visit at `counter`, and the counter itself.
  private func present(at counter: CounterID) throws(Problem) -> (Visit, Counter) {
    guard let configured = self.counter(counter) else { throw Problem(.counterUnknown(counter)) }
    guard let visit = counterState(counter)?.visit.flatMap({ self.visit($0) }) else {
      throw Problem(.counterIsFree(counter))
    }
    return (visit, configured)
  }

  /// Consent of the client at `counter` as a command, its fields in order and each once.
  func consent(
    at counter: CounterID, to reader: AgencyID, _ fields: [SharedField]
  ) throws(Problem) -> Command {
    let (visit, configured) = try present(at: counter)
    let owner = configured.agency
    for field in fields where !isAgreed(field, of: owner, by: reader) {
      throw Problem(
        status: 409, name: "nothing-to-agree-to",
        detail: "There is nothing to agree to: no agreement lets '\(reader)' read the field "
          + "'\(field.rawValue)' of '\(owner)'. 'rossio agreements' lists what may be read.")
    }
    let ordered = SharedField.allCases.filter(fields.contains)
    return .consent(visit.id, Consent(from: owner, to: reader, fields: ordered))
  }

  /// The part to which `codes` may be written at `counter` now, and they in the venue's order.
  func notePart(
    at counter: CounterID, _ codes: [NoteCode], _ now: Instant
  ) throws(Problem) -> (part: Note.Part, codes: [NoteCode]) {
    let (visit, configured) = try present(at: counter)
    let owner = configured.agency
    let vocabulary = configuration?.noteCodes ?? []
    if let unknown = codes.first(where: { !vocabulary.contains($0) }) {
      let known = vocabulary.map(\.text).joined(separator: ", ")
      throw Problem(
        status: 409, name: "note-code-unknown",
        detail: "The venue has no note code '\(unknown)'. It has: \(known).")
    }
    let part = Note.Part(visit: visit.id, agency: owner)
    let ordered = vocabulary.filter(codes.contains)
    guard ordered.count <= Note.codeLimit else {
      throw Problem(
        status: 409, name: "note-too-long",
        detail: "A note has at most \(Note.codeLimit) codes. Leave out what matters least.")
    }
    // Whoever takes a note back needs nobody's consent.
    if !ordered.isEmpty { try checkReaders(of: part, visit, now) }
    return (part, ordered)
  }

  private func checkReaders(of part: Note.Part, _ visit: Visit, _ now: Instant) throws(Problem) {
    let owner = part.agency
    let others = (configuration?.agencies ?? []).map(\.id).filter { $0 != owner }
    guard others.contains(where: { isAgreed(.note, of: owner, by: $0) }) else {
      throw Problem(
        status: 409, name: "note-read-by-nobody",
        detail: "No agreement lets another agency read notes of '\(owner)', so none is written. "
          + "'rossio agreements' lists what may be read.")
    }
    guard others.contains(where: { mayReadNote(of: part, by: $0, visit, now) }) else {
      throw Problem(
        status: 409, name: "consent-missing",
        detail: "\(visit.number) has agreed to no agency's reading a note of '\(owner)'. Ask the "
          + "client, record the consent, then write the note.")
    }
  }

  /// True when an agreement names the field, whether or not it takes consent besides.
  private func isAgreed(_ field: SharedField, of owner: AgencyID, by reader: AgencyID) -> Bool {
    (configuration?.agreements ?? []).contains {
      $0.from == owner && $0.to == reader && $0.fields.contains(field)
    }
  }
}

// MARK: - Reading

extension VenueState {
  /// What the page of `counter` shows of notes, but for their text; nil for an unknown counter.
  func noteDesk(at counter: CounterID, _ now: Instant) -> NoteDesk? {
    guard let configured = self.counter(counter), let configuration else { return nil }
    let here = counterState(counter)?.visit.flatMap { visit($0) }
    var readable: [Note.Part] = []
    if let here {
      readable = configuration.agencies.map { Note.Part(visit: here.id, agency: $0.id) }
        .filter { mayReadNote(of: $0, by: configured.agency, here, now) }
    }
    let readers = configuration.agreements.filter { $0.from == configured.agency }
      .compactMap { reader($0, here) }
    return NoteDesk(
      visit: here?.id, number: here?.number, readable: readable, readers: readers,
      codes: configuration.noteCodes, printers: kiosks(near: configured).map(\.printer))
  }

  private func mayReadNote(
    of part: Note.Part, by reader: AgencyID, _ visit: Visit, _ now: Instant
  ) -> Bool {
    mayRead(
      .note, of: part.agency, by: reader, visit: visit, endedAt: end(of: part.agency, in: visit),
      at: now)
  }

  private func reader(_ agreement: Agreement, _ visit: Visit?) -> NoteDesk.Reader? {
    guard let owner = agency(agreement.from)?.kind, let kind = agency(agreement.to)?.kind else {
      return nil
    }
    let fields = SharedField.allCases.filter {
      agreement.fields.contains($0) && $0.takesConsent(of: owner, by: kind)
    }
    let consents = (visit?.consents ?? []).filter {
      $0.from == agreement.from && $0.to == agreement.to
    }
    let agreed = fields.filter { field in consents.contains { $0.fields.contains(field) } }
    return fields.isEmpty
      ? nil : NoteDesk.Reader(agency: agreement.to, fields: fields, agreed: agreed)
  }
}

// MARK: - The end of a part

extension VenueState {
  /// Those of `parts` whose notes nobody may read any more, whatever the client agreed to: the hours
  /// of the longest agreement on their notes are over, or the visit's day is.
  func partsOver(_ parts: [Note.Part], at now: Instant) -> [Note.Part] {
    parts.filter { part in
      guard let visit = visit(part.visit) else { return true }
      guard let end = end(of: part.agency, in: visit) else { return false }
      return !(configuration?.agreements ?? []).contains {
        $0.from == part.agency && $0.fields.contains(.note) && $0.isRunning(since: end, at: now)
      }
    }
  }

  /// When the part of `visit` at `agency` ended; nil while it lasts.
  ///
  /// A part is the stops for the agency's services and those at its counters, which may be lent.
  private func end(of agency: AgencyID, in visit: Visit) -> Instant? {
    let ends = (visit.earlier + [visit.stop]).filter { stop in
      service(stop.service)?.agency == agency
        || stop.counter.flatMap { counter($0) }?.agency == agency
    }.map(\.endedAt)
    return ends.contains(nil) ? nil : ends.compactMap(\.self).max()
  }
}

/// What the page of one counter needs of notes: who is there, what may be read and by whom.
struct NoteDesk: Equatable, Sendable {
  struct Reader: Equatable, Sendable {
    var agency: AgencyID
    /// What of the agreement takes consent.
    var fields: [SharedField]
    var agreed: [SharedField]
  }

  var visit: VisitID?
  var number: TicketNumber?
  /// The parts whose note this counter's agency may read now.
  var readable: [Note.Part]
  var readers: [Reader]
  var codes: [NoteCode]
  var printers: [PrinterID]
}
