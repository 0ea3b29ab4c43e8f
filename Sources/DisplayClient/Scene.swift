import Venue
import Views

/// All that one frame shows, as a value: equal scenes are equal pictures.
struct Scene: Equatable, Sendable {
  enum Content: Equatable, Sendable {
    case notice(Notice)
    case board(Board)
  }

  /// How far the picture is moved against burn-in, each way as a share of the screen's width and
  /// height.
  struct Shift: Equatable, Sendable {
    var x: Double
    var y: Double

    static let none = Shift(x: 0, y: 0)
  }

  var content: Content
  var shift: Shift
}

/// A screen that shows no calls, and says why.
struct Notice: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    /// Nothing has come from the daemon yet.
    case connecting
    /// The daemon has been silent for so long that only people can help.
    case askReception
    /// The screen would promise what nobody can read.
    case illegible
  }

  var kind: Kind
  /// The venue's name, once it is known.
  var venue: String?
  /// For the people in the hall, one a language.
  var phrases: [Phrase]
  /// For whoever looks after the screen, in English; small.
  var detail: String?
}

/// A screen with calls.
struct Board: Equatable, Sendable {
  /// A call among the current ones.
  struct Card: Equatable, Sendable {
    var call: BoardView.Call
    var isNew: Bool
    /// True in the bright half of each second while a new call pulses.
    var isBright: Bool
  }

  /// What the top right corner says.
  enum Time: Equatable, Sendable {
    /// The daemon's time of day.
    case clock(String)
    /// "As of 10:32": the daemon was last heard then.
    case asOf(Phrase, time: String)
  }

  var venue: String
  var headings: [Phrase]
  var time: Time
  /// True when the daemon has not been heard for a while: everything is grey.
  var isStale: Bool
  /// "simulated clock ×60".
  var note: String?
  var grid: BoardLayout.Grid
  /// The places of the grid, some of them empty.
  var cards: [Card?]
  var earlierCalls: Phrase
  /// Calls that are no longer in the grid, the newest first.
  var history: [BoardView.Call]
  var sentence: Phrase?
  /// What stands for `{number}` in the sentence: the newest call.
  var sentenceNumber: TicketNumber?
  /// Turns with each heartbeat.
  var beat: Bool
}
