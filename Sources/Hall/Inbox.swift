import Synchronization
import Venue
import Wire

/// A command on its way to the hall, with what is needed to answer it.
struct Submission: Sendable {
  var order: Order
  /// Who asks, for example `kiosk:K1`: idempotency keys of different askers never meet.
  var asker: String
  var key: String?
  /// Hash over method, path and body: the same key with another one is refused.
  var requestHash: [UInt8]
  /// Called once, on the hall's thread.
  var answer: @Sendable (HallReply) -> Void

  /// What to do. Some commands are about whoever is at a counter when their turn comes.
  enum Order: Sendable {
    case command(Command)
    case consent(at: CounterID, to: AgencyID, [SharedField])
  }

  init(
    command: Command, asker: String, key: String? = nil, requestHash: [UInt8] = [],
    answer: @escaping @Sendable (HallReply) -> Void
  ) {
    self.init(
      order: .command(command), asker: asker, key: key, requestHash: requestHash, answer: answer)
  }

  init(
    order: Order, asker: String, key: String?, requestHash: [UInt8],
    answer: @escaping @Sendable (HallReply) -> Void
  ) {
    self.order = order
    self.asker = asker
    self.key = key
    self.requestHash = requestHash
    self.answer = answer
  }
}

extension Submission.Order {
  /// The command, now that the state is known.
  func command(in state: VenueState) throws(Problem) -> Command {
    switch self {
    case .command(let command): command
    case .consent(let counter, let reader, let fields):
      try state.consent(at: counter, to: reader, fields)
    }
  }
}

/// Commands that wait for the hall.
final class Inbox: Sendable {
  private struct Contents {
    var waiting: [Submission] = []
    var isClosed = false
  }

  private let contents = Mutex(Contents())

  /// More than this many waiting commands are refused: at 1,000 a second that is four seconds.
  static let limit = 4_096
  /// At most so many share one commit.
  static let batchLimit = 256

  enum Outcome { case first, queued, full, closed }

  /// `.first` tells the caller to wake the hall.
  func put(_ submission: Submission) -> Outcome {
    contents.withLock { contents in
      guard !contents.isClosed else { return .closed }
      guard contents.waiting.count < Self.limit else { return .full }
      contents.waiting.append(submission)
      return contents.waiting.count == 1 ? .first : .queued
    }
  }

  func take() -> [Submission] {
    contents.withLock { contents in
      guard contents.waiting.count > Self.batchLimit else {
        defer { contents.waiting.removeAll(keepingCapacity: true) }
        return contents.waiting
      }
      let batch = Array(contents.waiting.prefix(Self.batchLimit))
      contents.waiting.removeFirst(Self.batchLimit)
      return batch
    }
  }

  /// Nothing more is accepted; what waits is still answered.
  func close() { contents.withLock { $0.isClosed = true } }
}
