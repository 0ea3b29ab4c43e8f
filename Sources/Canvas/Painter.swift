internal import CPangoCairo

/// Draws on a bitmap. Later strokes cover earlier ones.
///
/// On a bitmap of ink, dark colours add ink and light ones take it away. Everything that is drawn is
/// added to the bitmap's damage.
@safe public final class Painter {
  public let bitmap: Bitmap
  let context: OpaquePointer

  public init(_ bitmap: Bitmap) throws(CanvasError) {
    let made = unsafe cairo_create(bitmap.surface)
    guard let context = unsafe made else { throw .cairo(status: "no context") }
    let status = unsafe cairo_status(context)
    guard status == CAIRO_STATUS_SUCCESS else {
      unsafe cairo_destroy(context)
      throw CanvasError(status)
    }
    self.bitmap = bitmap
    unsafe self.context = context
  }

  deinit { Fonts.withOpenFiles { unsafe cairo_destroy(context) } }

  // MARK: Where drawing goes

  /// Draws what `body` draws only where it lies within `rect`.
  public func clipped<Failure>(
    to rect: Rect, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    unsafe cairo_save(context)
    defer { unsafe cairo_restore(context) }
    unsafe cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height)
    unsafe cairo_clip(context)
    try body()
  }

  /// Draws what `body` draws further right and down.
  public func translated<Failure>(
    x: Double, y: Double, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    unsafe cairo_save(context)
    defer { unsafe cairo_restore(context) }
    unsafe cairo_translate(context, x, y)
    try body()
  }

  /// Draws what `body` draws left-right reversed within the strip from 0 to `width`.
  public func mirrored<Failure>(
    width: Double, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    unsafe cairo_save(context)
    defer { unsafe cairo_restore(context) }
    unsafe cairo_translate(context, width, 0)
    unsafe cairo_scale(context, -1, 1)
    try body()
  }

  // MARK: Areas

  /// Covers the whole bitmap (or clip) with `color`, whatever was there.
  public func fill(with color: Color) {
    unsafe cairo_save(context)
    unsafe cairo_set_source_rgba(context, color.red, color.green, color.blue, inkAlpha(color))
    unsafe cairo_set_operator(context, CAIRO_OPERATOR_SOURCE)
    unsafe cairo_paint(context)
    addDamageOfClip()
    unsafe cairo_restore(context)
  }

  public func fill(_ rect: Rect, with color: Color) {
    unsafe cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height)
    fillPath(with: color)
  }

  /// A rectangle with round corners; the radius is at most half of the shorter side.
  public func fill(_ rect: Rect, cornerRadius: Double, with color: Color) {
    addPath(of: rect, cornerRadius: cornerRadius)
    fillPath(with: color)
  }

  /// The outline of a rectangle, `width` pixels wide, wholly within `rect`.
  public func stroke(_ rect: Rect, cornerRadius: Double = 0, width: Double, with color: Color) {
    let middle = rect.inset(by: width / 2)
    addPath(of: middle, cornerRadius: max(0, cornerRadius - width / 2))
    strokePath(width: width, with: color)
  }

  public func line(from start: Point, to end: Point, width: Double, with color: Color) {
    unsafe cairo_move_to(context, start.x, start.y)
    unsafe cairo_line_to(context, end.x, end.y)
    strokePath(width: width, with: color)
  }

  /// A closed shape; fewer than three points draw nothing.
  public func fill(polygon points: [Point], with color: Color) {
    guard points.count >= 3 else { return }
    addPath(through: points)
    unsafe cairo_close_path(context)
    fillPath(with: color)
  }

  public func fill(discAt center: Point, radius: Double, with color: Color) {
    unsafe cairo_new_path(context)
    unsafe cairo_arc(context, center.x, center.y, radius, 0, 2 * .pi)
    fillPath(with: color)
  }

  /// A circle of `width` pixels whose outer edge has `radius`.
  public func ring(at center: Point, radius: Double, width: Double, with color: Color) {
    unsafe cairo_new_path(context)
    unsafe cairo_arc(context, center.x, center.y, radius - width / 2, 0, 2 * .pi)
    strokePath(width: width, with: color)
  }

  // MARK: Pictures

  /// Another bitmap with its top left corner at `point`.
  public func draw(_ picture: Bitmap, at point: Point) {
    unsafe cairo_save(context)
    unsafe cairo_set_source_surface(context, picture.surface, point.x, point.y)
    unsafe cairo_rectangle(
      context, point.x, point.y, Double(picture.width), Double(picture.height))
    addDamageOfFill()
    unsafe cairo_fill(context)
    unsafe cairo_restore(context)
  }

  // MARK: Paths, for the other files of Canvas

  func addPath(through points: [Point]) {
    unsafe cairo_new_path(context)
    for point in points { unsafe cairo_line_to(context, point.x, point.y) }
  }

  private func addPath(of rect: Rect, cornerRadius: Double) {
    let radius = min(cornerRadius, min(rect.width, rect.height) / 2)
    unsafe cairo_new_path(context)
    guard radius > 0 else {
      unsafe cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height)
      return
    }
    let quarter = Double.pi / 2
    unsafe cairo_arc(context, rect.maxX - radius, rect.y + radius, radius, -quarter, 0)
    unsafe cairo_arc(context, rect.maxX - radius, rect.maxY - radius, radius, 0, quarter)
    unsafe cairo_arc(context, rect.x + radius, rect.maxY - radius, radius, quarter, .pi)
    unsafe cairo_arc(context, rect.x + radius, rect.y + radius, radius, .pi, 3 * quarter)
    unsafe cairo_close_path(context)
  }

  func fillPath(with color: Color) {
    setSource(color)
    addDamageOfFill()
    unsafe cairo_fill(context)
  }

  func strokePath(width: Double, with color: Color) {
    setSource(color)
    unsafe cairo_set_line_width(context, width)
    var (left, top, right, bottom) = (0.0, 0.0, 0.0, 0.0)
    unsafe cairo_stroke_extents(context, &left, &top, &right, &bottom)
    addDamage(left: left, top: top, right: right, bottom: bottom)
    unsafe cairo_stroke(context)
  }

  func setSource(_ color: Color) {
    unsafe cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
    let erases = bitmap.format == .ink && !color.isDark
    unsafe cairo_set_operator(context, erases ? CAIRO_OPERATOR_DEST_OUT : CAIRO_OPERATOR_OVER)
  }

  /// What `fill(with:)` leaves: on paper, light colours leave no ink.
  private func inkAlpha(_ color: Color) -> Double {
    bitmap.format == .ink && !color.isDark ? 0 : color.alpha
  }

  // MARK: Damage

  /// Adds a rectangle in the painter's coordinates to the bitmap's damage.
  func addDamage(left: Double, top: Double, right: Double, bottom: Double) {
    var (x0, y0, x1, y1) = (left, top, right, bottom)
    unsafe cairo_user_to_device(context, &x0, &y0)
    unsafe cairo_user_to_device(context, &x1, &y1)
    let drawn = Rect(x: min(x0, x1), y: min(y0, y1), width: abs(x1 - x0), height: abs(y1 - y0))
    bitmap.damage.add(drawn.intersection(deviceClip()))
  }

  private func addDamageOfFill() {
    var (left, top, right, bottom) = (0.0, 0.0, 0.0, 0.0)
    unsafe cairo_fill_extents(context, &left, &top, &right, &bottom)
    addDamage(left: left, top: top, right: right, bottom: bottom)
  }

  private func addDamageOfClip() { bitmap.damage.add(deviceClip()) }

  private func deviceClip() -> Rect {
    var (left, top, right, bottom) = (0.0, 0.0, 0.0, 0.0)
    unsafe cairo_clip_extents(context, &left, &top, &right, &bottom)
    unsafe cairo_user_to_device(context, &left, &top)
    unsafe cairo_user_to_device(context, &right, &bottom)
    return Rect(
      x: min(left, right), y: min(top, bottom), width: abs(right - left),
      height: abs(bottom - top)
    ).intersection(bitmap.bounds)
  }
}
