import HTTP
import Venue
import Views
import Wire

/// Referral notes and the client's consent to them, at the counter where the client is.
extension HallService {
  func consent(_ request: Request) -> Answer {
    answering { () throws(Problem) in
      let (counter, principal) = try admitToNotes(request)
      let body: ConsentBody = try Self.decode(request)
      try Self.check(body.to)
      return try submit(
        .consent(at: counter, to: body.to, body.fields), asker: principal.asker, request)
    }
  }

  func writeNote(_ request: Request) -> Answer {
    answering { () throws(Problem) in
      let (counter, principal) = try admitToNotes(request)
      let body: NoteBody = try Self.decode(request)
      for code in body.codes { try Self.check(code) }
      let stamp = try Self.idempotencyKey(of: request).map { key in
        Note.Stamp(
          request: Secrets.hash(principal.asker + "\n" + key), requestHash: Self.hash(of: request))
      }
      return later { try await write(body.codes, at: counter, stamp) }
    }
  }

  func readNotes(_ request: Request) -> Answer {
    answering { () throws(Problem) in
      let (counter, _) = try admitToNotes(request)
      return later { try await read(at: counter) }
    }
  }

  private func admitToNotes(_ request: Request) throws(Problem) -> (CounterID, Principal) {
    let counter = CounterID(request.parameter("id") ?? "")
    let principal = try gate.admit(request, to: .handleNotes(at: counter, of: agency(of: counter)))
    return (counter, principal)
  }

  private func later(_ body: @escaping @Sendable () async throws -> HallReply) -> Answer {
    .later { responder in
      Task {
        do {
          responder.respond(Response(try await body()))
        } catch let problem as Problem {
          responder.respond(Response(problem))
        } catch {
          hall.log.error("The store of notes failed: \(error)")
          responder.respond(Response(Self.storeFailed))
        }
      }
    }
  }

  private static let storeFailed = Problem(
    status: 503, name: "note-store-failed",
    detail: "The daemon cannot read or write its notes; its log says why. Try again, with the same "
      + "Idempotency-Key.")
}

extension HallService {
  /// The answer to a repeated request is the note itself: neither a code nor the hash of one ever
  /// reaches the journal, where other answers are stored.
  private func write(
    _ codes: [NoteCode], at counter: CounterID, _ stamp: Note.Stamp?
  ) async throws -> HallReply {
    var kept: NoteStore.Kept
    if let stamp, let known = try await notes.known(stamp) {
      kept = known
    } else {
      let (part, ordered, now) = try await hall.notePart(at: counter, codes)
      kept = try await notes.write(Note(codes: ordered, writtenAt: now), to: part, stamp: stamp)
    }
    guard kept.note.requestHash == stamp?.requestHash else { return .keyReused }
    return HallReply(
      200,
      NoteAnswer(
        visit: kept.part.visit, agency: kept.part.agency, codes: kept.note.codes,
        writtenAt: kept.note.writtenAt))
  }

  private func read(at counter: CounterID) async throws -> HallReply {
    guard let desk = await hall.noteDesk(at: counter) else {
      throw Problem(Refusal.counterUnknown(counter))
    }
    var lines: [NotesAnswer.Line] = []
    for part in desk.readable {
      guard let note = try await notes.note(of: part) else { continue }
      lines.append(
        NotesAnswer.Line(
          agency: part.agency, agencyName: name(of: part.agency), codes: note.codes,
          writtenAt: note.writtenAt))
    }
    let readers = desk.readers.map {
      NotesAnswer.Reader(
        agency: $0.agency, agencyName: name(of: $0.agency), fields: $0.fields, agreed: $0.agreed)
    }
    return HallReply(
      200,
      NotesAnswer(
        visit: desk.visit, number: desk.number, notes: lines, readers: readers, codes: desk.codes,
        codeLimit: Note.codeLimit, printers: desk.printers))
  }

  /// In the staff's language.
  private func name(of agency: AgencyID) -> String {
    venue.lexicon.name(of: agency, in: venue.lexicon.hostLanguage).text
  }
}
