import Foundation
import Testing

@testable import Hall

/// The sample venue, as it stands in the project.
let lisbonDirectory = projectDirectory.appending(path: "Config/lisbon")
let languagesDirectory = projectDirectory.appending(path: "Config/languages")

let projectDirectory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// A copy of the sample venue in a directory of its own, to be spoilt; removed at the end.
final class ConfigurationFixture {
  private let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(
      path: "rossio-configuration-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: lisbonDirectory, to: root.appending(path: "lisbon"))
    for shared in ["languages", "printers"] {
      try FileManager.default.copyItem(
        at: projectDirectory.appending(path: "Config").appending(path: shared),
        to: root.appending(path: shared))
    }
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// The directory of the venue.
  var directory: String { root.appending(path: "lisbon").path }

  func url(_ file: String) -> URL { root.appending(path: file) }

  /// Replaces the first `old` in `file`, which must be there.
  func replace(_ old: String, with new: String, in file: String) throws {
    var text = try String(contentsOf: url(file), encoding: .utf8)
    let range = try #require(text.range(of: old), "\(file) has no `\(old)`")
    text.replaceSubrange(range, with: new)
    try write(Data(text.utf8), to: file)
  }

  func write(_ data: Data, to file: String) throws {
    try data.write(to: url(file))
  }

  func remove(_ file: String) throws {
    try FileManager.default.removeItem(at: url(file))
  }

  /// What `VenueFiles.load` complains about; empty when it does not.
  func problems() -> [ConfigurationProblem] {
    do throws(ConfigurationProblems) {
      _ = try VenueFiles.load(directory: directory)
      return []
    } catch {
      return error.problems
    }
  }
}
