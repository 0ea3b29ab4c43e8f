import Venue
import Wire

/// A referral note: what one agency tells those to whom a client goes on.
///
/// Codes of the venue's closed vocabulary and nothing else: there is no field into which a name, a
/// status or any other text could be typed.
struct Note: Equatable, Codable, Sendable {
  /// More says less: the next desk reads it at a glance.
  static let codeLimit = 5

  /// In the order in which the venue lists them; none when the note was taken back.
  var codes: [NoteCode]
  var writtenAt: Instant
  /// Hash over the request that brought it; nil without an idempotency key. It stands inside of the
  /// seal: so few codes can be guessed from their hash.
  var requestHash: [UInt8]?
}

extension Note {
  /// What belongs to one note: the stay of one visit at one agency.
  struct Part: Hashable, Sendable {
    var visit: VisitID
    var agency: AgencyID
  }

  /// The idempotency key of a request, with who asked and what.
  struct Stamp: Sendable {
    /// Hash over asker and key; says nothing of the note.
    var request: [UInt8]
    var requestHash: [UInt8]
  }

  /// All sealed notes are of this length, so that it tells nothing.
  private static let plainBytes = 1_024

  /// JSON, filled up with blanks.
  var plain: [UInt8] {
    let text = JSON.encode(self)
    precondition(text.count <= Self.plainBytes, "five codes of 64 bytes fit")
    return text + [UInt8](repeating: UInt8(ascii: " "), count: Self.plainBytes - text.count)
  }
}
