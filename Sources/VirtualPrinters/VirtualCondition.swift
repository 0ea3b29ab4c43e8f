/// What is the matter with a virtual printer at the moment.
public struct VirtualCondition: Equatable, Sendable {
  public var isPaperOut = false
  public var isPaperNearEnd = false
  public var isCoverOpen = false
  public var isCutterBlocked = false
  /// Its print head is too hot; it goes on by itself once it has cooled down.
  public var isHeadHot = false
  /// It has no power, or has not finished starting.
  public var isOff = false

  public init() {}

  public var hasError: Bool { isCutterBlocked || isHeadHot }
  public var isOnline: Bool { !isPaperOut && !isCoverOpen && !hasError && !isOff }
}

/// What people do to a printer.
public enum VirtualAct: String, CaseIterable, Equatable, Sendable {
  case openCover, closeCover
  case takePaper, loadPaper, nearEnd
  case blockCutter, clearCutter
  /// Feeds 80 rows of blank paper.
  case pressFeed
  /// Tears off what hangs out.
  case tearOff
  /// Off and on again: what it had in its buffer is lost, and the connection with it.
  case powerCycle
}
