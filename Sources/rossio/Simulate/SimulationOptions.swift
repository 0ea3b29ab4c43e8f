import Simulation
import Venue

/// Options that the simulator's commands have in common.
enum SimulationOptions {
  /// Visits a day: the largest halls have 16,000.
  static let visits = 1...50_000
  static let seeds = 0...Int(Int32.max)

  /// `statutory,arrival`; all policies where nothing is named.
  static func policies(_ text: String?) throws(ArgumentError) -> [CallPolicy] {
    guard let text else { return CallPolicy.allCases }
    var policies: [CallPolicy] = []
    for name in text.split(separator: ",") {
      guard let policy = CallPolicy(rawValue: String(name)) else {
        let known = CallPolicy.allCases.map(\.rawValue).joined(separator: ", ")
        throw ArgumentError("There is no policy '\(name)'; --compare takes \(known).")
      }
      policies.append(policy)
    }
    guard !policies.isEmpty else { throw ArgumentError("--compare names no policy.") }
    return policies
  }

  /// `search-minutes=0,no-show-share=0.05`; the others keep their values.
  static func assumptions(_ text: String?) throws(ArgumentError) -> Assumptions {
    var assumptions = Assumptions()
    for part in text?.split(separator: ",") ?? [] {
      let words = part.split(separator: "=", omittingEmptySubsequences: false)
      guard let parameter = Assumptions.parameters.first(where: { $0.name == words[0] }) else {
        let known = Assumptions.parameters.map(\.name).joined(separator: ", ")
        throw ArgumentError("There is no assumption '\(words[0])'; --assume takes \(known).")
      }
      guard words.count == 2, let value = Double(words[1]), parameter.range.contains(value) else {
        throw ArgumentError(
          "'\(part)': \(parameter.name) takes a number from \(parameter.range.lowerBound) to "
            + "\(parameter.range.upperBound), as in \(parameter.name)="
            + "\(parameter.range.lowerBound).")
      }
      parameter.set(value, in: &assumptions)
    }
    return assumptions
  }
}
