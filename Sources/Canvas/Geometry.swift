/// A place on a bitmap in pixels; y grows downwards.
public struct Point: Hashable, Sendable {
  public var x: Double
  public var y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// A rectangle in pixels, given by its top left corner.
public struct Rect: Hashable, Sendable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  public var maxX: Double { x + width }
  public var maxY: Double { y + height }
  public var center: Point { Point(x: x + width / 2, y: y + height / 2) }
  public var isEmpty: Bool { width <= 0 || height <= 0 }

  public func inset(by margin: Double) -> Rect { inset(dx: margin, dy: margin) }

  public func inset(dx: Double, dy: Double) -> Rect {
    Rect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
  }

  public func offset(dx: Double, dy: Double) -> Rect {
    Rect(x: x + dx, y: y + dy, width: width, height: height)
  }

  public func contains(_ other: Rect) -> Bool {
    other.x >= x && other.y >= y && other.maxX <= maxX && other.maxY <= maxY
  }

  /// The smallest rectangle that holds both.
  public func union(_ other: Rect) -> Rect {
    if isEmpty { return other }
    if other.isEmpty { return self }
    let left = min(x, other.x)
    let top = min(y, other.y)
    return Rect(
      x: left, y: top, width: max(maxX, other.maxX) - left, height: max(maxY, other.maxY) - top)
  }

  /// What both cover; empty when they do not meet.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: max(0, min(maxX, other.maxX) - left),
      height: max(0, min(maxY, other.maxY) - top))
  }

  /// The smallest rectangle of whole pixels that covers this one.
  public var roundedOut: Rect {
    let left = x.rounded(.down)
    let top = y.rounded(.down)
    return Rect(
      x: left, y: top, width: maxX.rounded(.up) - left, height: maxY.rounded(.up) - top)
  }
}

/// The parts of a picture that changed since it was last shown, as few rectangles of whole pixels.
public struct Damage: Equatable, Sendable {
  /// The bound of `rects`; beyond it the two last ones become one.
  public static let rectLimit = 8

  public private(set) var rects: [Rect] = []

  public init() {}

  public var isEmpty: Bool { rects.isEmpty }

  /// Adds `rect`; rectangles that overlap become one.
  public mutating func add(_ rect: Rect) {
    var added = rect.roundedOut
    guard !added.isEmpty else { return }
    while let index = rects.firstIndex(where: { !$0.intersection(added).isEmpty }) {
      added = added.union(rects.remove(at: index))
    }
    rects.append(added)
    if rects.count > Self.rectLimit {
      let last = rects.removeLast()
      add(last.union(rects.removeLast()))
    }
  }

  public mutating func clear() { rects.removeAll(keepingCapacity: true) }
}
