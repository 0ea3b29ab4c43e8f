internal import CPangoCairo

/// A sign that can be told apart without colour.
public enum Shape: String, CaseIterable, Sendable {
  case bar, disc, triangle, square, ring, cross
}

/// One of eight ways, as an arrow on a wall points.
public enum Heading: String, CaseIterable, Sendable {
  case up, upRight, right, downRight, down, downLeft, left, upLeft

  /// Clockwise from straight up.
  var radians: Double { Double(Self.allCases.firstIndex(of: self) ?? 0) * .pi / 4 }
}

extension Painter {
  /// `shape` as large as fits into `rect`, in its middle.
  public func fill(_ shape: Shape, in rect: Rect, with color: Color) {
    let side = min(rect.width, rect.height)
    let middle = rect.center
    let box = Rect(x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side)
    switch shape {
    case .bar:
      let bar = Rect(x: middle.x - side * 0.18, y: box.y, width: side * 0.36, height: side)
      fill(bar, cornerRadius: side * 0.09, with: color)
    case .disc:
      fill(discAt: middle, radius: side / 2, with: color)
    case .triangle:
      fillTriangle(in: box, with: color)
    case .square:
      fill(box.inset(by: side * 0.06), cornerRadius: side * 0.09, with: color)
    case .ring:
      ring(at: middle, radius: side / 2, width: side * 0.22, with: color)
    case .cross:
      let arm = side * 0.32
      fill(
        Rect(x: middle.x - arm / 2, y: box.y, width: arm, height: side),
        cornerRadius: side * 0.06, with: color)
      fill(
        Rect(x: box.x, y: middle.y - arm / 2, width: side, height: arm),
        cornerRadius: side * 0.06, with: color)
    }
  }

  /// An arrow with an open head, within the square of `size` pixels around `center`.
  public func arrow(_ heading: Heading, at center: Point, size: Double, with color: Color) {
    let width = size * 0.125
    let reach = size / 2 - width * 0.75
    unsafe cairo_save(context)
    unsafe cairo_translate(context, center.x, center.y)
    unsafe cairo_rotate(context, heading.radians)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_MITER)
    let barb = size * 0.29
    addPath(through: [
      Point(x: -barb, y: -reach + barb), Point(x: 0, y: -reach), Point(x: barb, y: -reach + barb),
    ])
    strokePath(width: width, with: color)
    line(
      from: Point(x: 0, y: -reach + width / 2), to: Point(x: 0, y: size / 2), width: width,
      with: color)
    unsafe cairo_restore(context)
  }

  /// A wave from one side of `rect` to the other: the pavement of Rossio.
  ///
  /// The number of waves is whole, so that both ends look alike; each is about three times as long
  /// as `rect` is high. The line is `width` pixels wide and stays within `rect`.
  public func wave(in rect: Rect, width: Double, with color: Color) {
    let amplitude = max(0, (rect.height - width) / 2)
    let count = max(1, (rect.width / (rect.height * 3)).rounded())
    let half = rect.width / count / 2
    let middle = rect.y + rect.height / 2
    unsafe cairo_new_path(context)
    unsafe cairo_move_to(context, rect.x, middle)
    for index in 0..<Int(count) * 2 {
      // A cubic whose controls lie 4/3 of the amplitude away touches the amplitude; at 0.3642 of
      // the half wave it follows the sine within 1 %.
      let start = rect.x + Double(index) * half
      let control = middle + (index.isMultiple(of: 2) ? -amplitude : amplitude) * 4 / 3
      unsafe cairo_curve_to(
        context, start + half * 0.3642, control, start + half * 0.6358, control, start + half,
        middle)
    }
    unsafe cairo_save(context)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    strokePath(width: width, with: color)
    unsafe cairo_restore(context)
  }

  private func fillTriangle(in box: Rect, with color: Color) {
    // Round corners come from a stroke around a smaller triangle.
    let rounding = box.width * 0.1
    let inner = box.inset(by: rounding / 2)
    addPath(through: [
      Point(x: inner.center.x, y: inner.y), Point(x: inner.maxX, y: inner.maxY),
      Point(x: inner.x, y: inner.maxY),
    ])
    unsafe cairo_close_path(context)
    unsafe cairo_save(context)
    unsafe cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    setSource(color)
    unsafe cairo_fill_preserve(context)
    strokePath(width: rounding, with: color)
    unsafe cairo_restore(context)
  }
}
