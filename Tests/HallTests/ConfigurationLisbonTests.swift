import Foundation
import Testing
import Venue
import Views

@testable import Hall

/// The sample venue, as it stands in the project.
let lisbonDirectory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Config/lisbon").path

@Suite("The sample venue")
struct ConfigurationLisbonTests {
  @Test("has no problem")
  func hasNoProblem() throws {
    let venue = try VenueFiles.load(directory: lisbonDirectory)
    #expect(venue.configuration.id == "lisbon")
  }
}
