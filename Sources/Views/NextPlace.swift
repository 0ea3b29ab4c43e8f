public import Venue

/// A stop that is still to come, as its client reads it. Of a neutral service there is the place
/// alone.
public struct NextPlace: Equatable, Codable, Sendable {
  /// Nil when the service is neutral, like `service`.
  public var sign: AgencySign?
  public var service: Phrase?
  /// "Floor 1 · counters 10 to 14".
  public var place: Phrase

  public init(sign: AgencySign?, service: Phrase?, place: Phrase) {
    self.sign = sign
    self.service = service
    self.place = place
  }
}
