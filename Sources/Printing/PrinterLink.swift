/// The life of the connection to one printer, as a pure value: what happens goes in, what must be
/// done comes out. `PrinterWorker` does it.
///
/// Times are milliseconds of a clock that never goes back.
///
///     disconnected -> connecting -> probing -> idle
///     idle -> preflight -> sending -> awaitingPrint -> awaitingCut -> idle
///     a fault in sending or awaitingPrint: suspended, until it is mended or the link is lost
struct PrinterLink {
  /// Every time and bound of the link, in milliseconds.
  enum Limit {
    static let connecting: Int64 = 3_000
    static let answer: Int64 = 3_000
    static let shortestBackOff: Int64 = 200
    static let longestBackOff: Int64 = 10_000
    /// A print fence may take so long, and three times the predicted time of the slip.
    static let fence: Int64 = 10_000
    static let cut: Int64 = 10_000
    /// Cards drop idle links at 90 s; a status now and then keeps them.
    static let keepAlive: Int64 = 25_000
    /// How often a printer with a fault is asked whether it is mended.
    static let faultPoll: Int64 = 2_000
    /// A printer that takes no byte for so long, without a fault, is lost.
    static let stalled: Int64 = 30_000
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
    /// The attempt is durable; its number makes the fences' tokens.
    case attemptBegun(Int64)
    /// The attempt could not be recorded, or the slip could not be drawn.
    case jobFailed(String)
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
    case notSent(reason: String)
    case unknown(reason: String)
  }

  enum State: Equatable {
    case disconnected(retryAt: Int64)
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

  let profile: PrinterProfile
  var state: State = .disconnected(retryAt: 0)
  var faults: PrinterFaults = []
  var isPaperNearEnd = false
  /// What the printer says it is; clones lie, so nothing follows from it.
  var identity = ""
  /// Why the link was last lost.
  var lastProblem = ""
  /// When `handle(.time)` is due; nil when only the outside can bring news.
  var deadline: Int64?
  /// Body bytes of the present attempt that went out.
  var bodyBytesSent = 0

  var failures = 0
  var random: SplitMix64
  var replies = EscPosReplyReader()
  /// Answers to `DLE EOT` 1 to 4, as far as they have come; nil when none was asked for.
  var statuses: [UInt8]?
  var attempt: Int64?
  var predictedMilliseconds: Int64 = 0
  /// Bytes of the attempt's initialisation that are still to go out before its body.
  var initialBytesLeft = 0
  var isWaitingForBand = false

  /// `seed` spreads the retries of many printers.
  init(profile: PrinterProfile, seed: UInt64) {
    self.profile = profile
    random = SplitMix64(seed: seed)
    deadline = 0
  }

  /// True for a while after a job could not be begun, for example on a full disk: what failed just
  /// now would fail again at once.
  var isHolding = false

  /// True when a job may be offered.
  var wantsJob: Bool { state == .idle && faults.isEmpty && statuses == nil && !isHolding }

  mutating func handle(_ input: Input, now: Int64) -> [Action] {
    switch input {
    case .time: timePassed(now)
    case .connected: connected(now)
    case .connectFailed(let reason), .linkLost(let reason): linkLost(reason, now)
    case .received(let bytes): replies.read(bytes).flatMap { handle($0, now: now) }
    case .wrote(let count): wrote(count, now)
    case .drained: drained(now)
    case .jobOffered(let predicted): jobOffered(predicted, now)
    case .attemptBegun(let number): attemptBegun(number, now)
    case .jobFailed(let reason): jobFailed(reason, now)
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
