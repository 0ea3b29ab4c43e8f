import Canvas
import Glibc

/// The display's one loop: news into the model, the model's frame onto the bitmap, what changed into
/// the window; then sleep until there is news or the frame changes by itself.
///
/// Runs on the thread that made it.
final class Display {
  /// Keys and the end of the process are looked for this often.
  static let inputMilliseconds: Int64 = 100
  /// Between two pictures in the PNG file: compressing one takes as long as twenty frames.
  static let pictureMilliseconds: Int64 = 200

  private let options: Options
  private let mailbox: Mailbox
  private let window: Window
  private let painter: BoardPainter
  private let frameLog: FrameLog?
  private let chime: Chime?
  private var model: BoardModel
  private var shown: Scene?
  private var sequence: UInt64 = 0
  private var changesAt: LocalTime?
  private var advice: String?
  private var loggedTrouble: String?
  /// When the frame that is shown goes into the PNG file; nil when it is there.
  private var pictureDueAt: LocalTime?
  private var lastPictureAt: LocalTime?

  /// Opens window and logs; throws problems in plain words.
  init(_ options: Options, mailbox: Mailbox) throws {
    self.options = options
    self.mailbox = mailbox
    window = try Window(
      options, title: "Rossio: \(options.screen)", needsNoScreen: options.pngFile != nil)
    painter = try BoardPainter(size: window.size)
    frameLog = try options.framesLog.map { path in
      do throws(Errno) {
        return try FrameLog(path: path)
      } catch {
        throw Window.Problem(description: "The frames log \(path) cannot be written: \(error).")
      }
    }
    chime = options.isMute ? nil : Chime()
    model = BoardModel(size: window.size, at: .now())
    Log.info("\(window.size.width) × \(window.size.height) pixels through \(window.driver)")
  }

  /// Shows the board until the window is closed or the process is asked to end.
  func run() throws {
    while true {
      var isExposed = false
      while let event = window.nextEvent() {
        if event == .quit { return try writePicture() }
        isExposed = true
      }
      let hasNews = takeNews()
      let isDue = changesAt.map { $0 <= .now() } ?? false
      if shown == nil || hasNews || isDue || isExposed { try show(isExposed: isExposed) }
      if let due = pictureDueAt, due <= .now() { try writePicture() }
      mailbox.wait(milliseconds: sleepMilliseconds())
    }
  }

  private func sleepMilliseconds() -> Int64 {
    let now = LocalTime.now()
    // Rounded up, so that one wake-up is enough.
    let events = [changesAt, pictureDueAt].compactMap { $0 }.map { $0.milliseconds(since: now) + 1 }
    return events.reduce(Self.inputMilliseconds, min)
  }

  private func takeNews() -> Bool {
    let news = mailbox.take()
    if let (heartbeat, time) = news.heartbeat {
      loggedTrouble = nil
      model.receive(heartbeat, at: time)
    }
    if let trouble = news.trouble { receive(trouble: trouble) }
    if let view = news.view {
      model.receive(view.board)
      sequence = view.sequence
      advise()
    }
    return !news.isEmpty
  }

  /// The same trouble comes with each attempt to connect; the log has it once.
  private func receive(trouble: String) {
    if trouble != loggedTrouble { Log.warning(trouble) }
    loggedTrouble = trouble
    model.receive(trouble: trouble)
  }

  /// Tells the log, once, what the screen's measures mean for those who read it.
  private func advise() {
    let next = model.refusal?.description ?? model.layout?.warning
    guard next != advice else { return }
    advice = next
    if let refusal = model.refusal {
      Log.error("\(options.screen): \(refusal)")
    } else if let next {
      Log.warning("\(options.screen): \(next)")
    }
  }

  private func show(isExposed: Bool) throws {
    let frame = model.frame(at: .now())
    changesAt = frame.changesAt
    if frame.scene != shown || isExposed {
      painter.draw(frame.scene, layout: model.layout)
      shown = frame.scene
      try present(all: isExposed)
    }
    if frame.chimes { chime?.ring() }
  }

  private func present(all: Bool) throws {
    let bitmap = painter.bitmap
    let rects = all ? [bitmap.bounds] : bitmap.damage.rects
    bitmap.damage.clear()
    try window.present(bitmap, rects)
    let pixels = rects.reduce(0) { $0 + Int($1.width * $1.height) }
    frameLog?.append(sequence: sequence, presentedAt: .now(), pixels: pixels)
    guard options.pngFile != nil else { return }
    let earliest = lastPictureAt?.adding(milliseconds: Self.pictureMilliseconds)
    pictureDueAt = pictureDueAt ?? earliest ?? .now()
  }

  /// Writes the frame beside its path and then renames it, so that nobody reads half of one.
  private func writePicture() throws {
    guard let path = options.pngFile, pictureDueAt != nil else { return }
    pictureDueAt = nil
    let part = path + ".part"
    do {
      try painter.bitmap.writePNG(to: part)
      guard unsafe rename(part, path) == 0 else { throw Errno(number: errno) }
    } catch {
      throw Window.Problem(description: "The picture \(path) cannot be written: \(error).")
    }
    lastPictureAt = .now()
  }
}
