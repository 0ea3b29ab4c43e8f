import Foundation
import Testing

@testable import Canvas

/// Each owner has its typesetter, but below all of them lies cairo's one table of open font files.
@Suite("Threads that draw at once", .timeLimit(.minutes(5)))
struct ThreadTests {
  /// More threads than processors, and more fonts than cairo keeps open at once (ten), so that one
  /// thread's fonts are closed while another one draws. Without `Fonts.withOpenFiles` the process
  /// ended here in every run, within a second.
  static let threads = 4
  static let turns = 9

  /// In a process of its own, which may end, and whose threads wait for nobody else's drawing.
  @Test("draw what one alone draws")
  func drawingAtOnce() async {
    await #expect(processExitsWith: .success) { try await ThreadTests.drawAtOnce() }
  }

  private static func drawAtOnce() async throws {
    let pages = try await withThrowingTaskGroup(of: [[UInt8]].self) { group in
      for thread in 0..<threads {
        group.addTask { try await onThread { try Self.pages(of: thread) } }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(pages.count == threads)
    for turn in 0..<turns where turn % 4 == 0 {
      let alone = try page(turn)
      #expect(pages.allSatisfy { $0[turn] == alone })
    }
  }

  /// Every thread draws all pages, each in an order of its own.
  private static func pages(of thread: Int) throws -> [[UInt8]] {
    var pages: [[UInt8]] = Array(repeating: [], count: turns)
    for index in 0..<turns {
      let turn = (index + thread * 5) % turns
      pages[turn] = try page(turn)
    }
    return pages
  }

  /// All scripts, thin and bold, each line in a size that no other line or page has: no glyph is
  /// drawn already.
  private static func page(_ turn: Int) throws -> [UInt8] {
    let lines = Samples.phrases.flatMap { [($0, TextStyle.Weight.regular), ($0, .bold)] }
    let bitmap = try Bitmap(width: 700, height: 24 * lines.count, format: .ink)
    let painter = try Painter(bitmap)
    let typesetter = try Typesetter()
    for (index, (phrase, weight)) in lines.enumerated() {
      let size = 8 + Double(turn * lines.count + index) / 128
      let layout = typesetter.layout(
        .isolatingCodes(phrase.text, language: phrase.language),
        TextStyle(size: size, weight: weight, maxWidth: 690, maxLines: 1))
      painter.draw(layout, at: Point(x: 5, y: Double(index) * 24), color: .black)
    }
    return bitmap.withBytes { bytes in
      unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
    }
  }

  private static func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
    }
  }
}
