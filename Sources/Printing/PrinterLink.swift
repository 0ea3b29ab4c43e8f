/// The life of the connection to one printer, as a pure value: what happens goes in, what must be
/// done comes out. `PrinterDriver` does it.
///
/// Times are milliseconds of a clock that never goes back.
///
///     disconnected -> connecting -> probing -> idle
///     idle -> preflight -> beginning -> sending -> awaitingPrint -> awaitingCut -> idle
///     a fault in sending or awaitingPrint: suspended, until it is mended or the link is lost
struct PrinterLink {
  /// Every time and bound of the link; times in milliseconds.
  enum Limit {
    static let connecting: Int64 = 3_000
    static let answer: Int64 = 3_000
    static let shortestBackOff: Int64 = 200
    static let longestBackOff: Int64 = 10_000
    /// A link that lived for so long was a good one: the next loss is the first again.
    static let goodLink: Int64 = 30_000
    /// A print fence may take so long, and three times the predicted time of the slip.
    static let fence: Int64 = 10_000
    static let cut: Int64 = 10_000
    /// Cards drop idle links at 90 s; a status now and then keeps them.
    static let keepAlive: Int64 = 25_000
    /// How often an idle printer is asked that does not tell changes by itself.
    static let idlePoll: Int64 = 5_000
    /// How often a printer with a fault is asked whether it is mended.
    static let faultPoll: Int64 = 2_000
    /// How often it is asked how it is while a slip is being printed: not every fault is told.
    static let printPoll: Int64 = 1_000
    /// A printer that takes no byte for so long, without a fault, is lost.
    static let stalled: Int64 = 30_000
    /// A fault in the middle of a slip may last so long before its rest is taken back.
    static let suspended: Int64 = 120_000
    /// How long after a lost link it may take to prove that the rest of the slip is gone.
    static let takingBack: Int64 = 20_000
    /// A printer that is well may take so long to prove that it got through a clean start; then it
    /// is started clean again, so often. Where fences have no token, patience is longer: what it
    /// proves after that cannot be believed.
    static let barrier: Int64 = 15_000
    static let barrierTries = 3
    static let barrierTriesWithoutToken = 40
    /// Bytes in a row that no printer says.
    static let noise = 64
    /// Who said such bytes before its first answer is asked again after so long.
    static let quiet: Int64 = 300
    /// Bytes that a printer may say in `chatter` milliseconds; a status every second has 300.
    static let chatterBytes = 65_536
    static let chatter: Int64 = 10_000
  }

  enum Input {
    /// Nothing but time: `deadline` has passed.
    case time
    case connected
    case connectFailed(String)
    case linkLost(String)
    case received([UInt8])
    /// So many bytes of what was to be written went into the network.
    case wrote(Int)
    /// All that was to be written has been.
    case drained
    /// There is a job; `predictedMilliseconds` is how long its paper takes.
    case jobOffered(predictedMilliseconds: Int64)
    /// The attempt with this number is durable.
    case attemptBegun(Int64)
    /// The attempt could not be recorded, or the slip could not be drawn.
    case jobFailed(PrintProblem)
    /// The next band of the slip.
    case body([UInt8])
    case bodyEnded
  }

  enum Action: Equatable {
    case connect
    case disconnect
    case write([UInt8])
    /// Record the attempt, then say `attemptBegun`.
    case beginAttempt
    /// Draw the next band, then say `body` or `bodyEnded`.
    case drawBand
    /// The job's outcome is known.
    case finish(Outcome)
    /// Something about the last job that does not change its outcome.
    case note(String)
    case log(String)
  }

  enum Outcome: Equatable {
    case printed(evidence: String)
    /// No byte of the slip was sent: it may be tried again, here or elsewhere.
    case notSent(PrintProblem)
    /// It is not whole on paper, and it is proven that nothing more of it will come: it may be
    /// printed again, marked as a copy.
    case interrupted(PrintProblem)
    case unknown(PrintProblem)
  }

  enum State: Equatable {
    case disconnected
    case connecting
    case probing
    case idle
    case preflight
    case beginning
    case sending
    case awaitingPrint
    case awaitingCut
    /// The state that goes on once the fault is mended.
    indirect case suspended(during: State)
  }

  /// What is known of the slip in hand.
  struct Attempt: Equatable {
    var number: Int64
    var predictedMilliseconds: Int64
    /// Bytes of the initialisation that are still to go out before the body.
    var initialBytesLeft = 0
    /// All bands have been handed over.
    var isBodyComplete = false
    /// Why it cannot be whole on one piece of paper; nil while nothing speaks against it.
    var brokeBecause: PrintProblem?
  }

  /// The proof that is awaited after a clean start.
  struct Barrier: Equatable {
    var tries = 1
    /// Since when it has been well without answering.
    var since: Int64
  }

  let commands: CommandSet
  var state: State = .disconnected
  var condition = PrinterCondition()
  /// What the printer says it is; clones lie, so nothing follows from it.
  var identity = ""
  /// Why the link was last lost; nil once it answers again.
  var lastProblem: PrintProblem?
  var attempt: Attempt?
  /// Body bytes of this attempt, or of the last one, that went out.
  var bodyBytesSent = 0
  /// Set by the last lost link: why its slip was given up, and until when it may be taken back.
  var doubt: (problem: PrintProblem, until: Int64)?
  /// Half a slip may lie in the printer, said or printed: it has to be ended before the next one.
  var mayHoldHalfASlip: Bool
  /// The printer was told to clear its buffer and has not said that it did.
  var isClearing = false
  /// Set once the link was started clean, until the printer has proven that it got there: what an
  /// earlier link left is then printed and cut, and its late answers have come.
  var barrier: Barrier?
  /// It never said what it is after an interrupted slip: nothing that it proves can be believed.
  var isDistrusted = false
  /// True for a while after a job could not be begun, for example on a full disk: what failed just
  /// now would fail again at once.
  var isHolding = false

  /// When the state has lasted long enough.
  var due: Int64? = 0
  /// When the status is asked for while a slip is being printed.
  var pollDue: Int64?
  /// When the status was asked for; nil once it has been answered.
  var askedAt: Int64?
  var isFenceOverdue = false
  var isWaitingForBand = false
  /// The band that was sent last is not proven to be printed, and the next one waits for that.
  var awaitsBandProof: Bool { pendingFence?.purpose == .band }
  /// All of that band has gone out, and `due` is when its proof is overdue.
  var isBandProofTimed = false
  var pendingFence: PendingFence?
  /// The print fence was answered once, and asked again because its tokens are short.
  var isPrintAskedTwice = false
  /// Numbers the tokens, from anywhere on: those of an earlier process are others.
  var fenceNumber: Int64
  var pattern = FencePattern()

  var failures = 0
  var connectedAt: Int64 = 0
  var random: SplitMix64
  var replies: ReplyReader
  /// What came since the last reply that made sense.
  var noise: [UInt8] = []
  var noiseWhenAsked = 0
  /// What it said before its first answer, to be quoted where it is no printer.
  var heard: [UInt8] = []
  var chatter = (since: Int64(0), bytes: 0)

  /// `seed` spreads the retries of many printers.
  init(profile: PrinterProfile, mayHoldHalfASlip: Bool = false, seed: UInt64) {
    commands = CommandSet(profile: profile)
    self.mayHoldHalfASlip = mayHoldHalfASlip
    replies = ReplyReader(profile.dialect)
    random = SplitMix64(seed: seed)
    fenceNumber = Int64(truncatingIfNeeded: random.next() >> 1)
  }

  /// When `handle(.time)` is due; nil when only the outside can bring news.
  var deadline: Int64? { [due, pollDue, doubt?.until].compactMap(\.self).min() }

  var faults: PrinterFaults { condition.faults }

  /// True when a job may be offered.
  var wantsJob: Bool {
    state == .idle && faults.isEmpty && askedAt == nil && doubt == nil && !isHolding && !isClearing
      && barrier == nil
  }

  mutating func handle(_ input: Input, now: Int64) -> [Action] {
    switch input {
    case .time: timePassed(now)
    case .connected: connected(now)
    case .connectFailed(let words): linkLost(.link(words), now)
    case .linkLost(let words): linkLost(talk ?? .link(words), now)
    case .received(let bytes): received(bytes, now)
    case .wrote(let count): wrote(count, now)
    case .drained: drained(now)
    case .jobOffered(let predicted): jobOffered(predicted, now)
    case .attemptBegun(let number): attemptBegun(number, now)
    case .jobFailed(let problem): jobFailed(problem, now)
    case .body(let bytes): body(bytes, now)
    case .bodyEnded: bodyEnded(now)
    }
  }
}

/// A small generator (Steele, Lea and Flood 2014), enough to spread retries.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
