import Foundation
import Simulation

enum JSON {
  static func change(_ text: String) throws -> RosterChange {
    try JSONDecoder().decode(RosterChange.self, from: Data(text.utf8))
  }
}
