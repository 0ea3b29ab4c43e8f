import Venue
import Wire

/// What notes need of the state; between two of these the hall goes on.
extension Hall {
  private var now: Instant { max(clock.now(), state.time) }

  func notePart(
    at counter: CounterID, _ codes: [NoteCode]
  ) throws(Problem) -> (part: Note.Part, codes: [NoteCode], now: Instant) {
    let now = now
    let (part, codes) = try state.notePart(at: counter, codes, now)
    return (part, codes, now)
  }

  func noteDesk(at counter: CounterID) -> NoteDesk? { state.noteDesk(at: counter, now) }

  func partsOver(_ parts: [Note.Part]) -> [Note.Part] { state.partsOver(parts, at: now) }
}
