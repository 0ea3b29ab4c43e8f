public import Venue

/// What every view is folded from: the state, the words, and how the devices are.
public struct Fold: Sendable {
  public let state: VenueState
  public let lexicon: Lexicon
  public let devices: DeviceStates

  public init(state: VenueState, lexicon: Lexicon, devices: DeviceStates = DeviceStates()) {
    self.state = state
    self.lexicon = lexicon
    self.devices = devices
  }

  var host: LanguageTag { lexicon.hostLanguage }

  func hostName(of service: ServiceID) -> String { lexicon.name(of: service, in: host).text }
  func hostName(of agency: AgencyID) -> String { lexicon.name(of: agency, in: host).text }

  func agencyName(of service: ServiceID) -> String {
    state.service(service).map { hostName(of: $0.agency) } ?? ""
  }

  /// The sign of the agency of `service`; nil when the service is neutral.
  func sign(of service: ServiceID) -> AgencySign? {
    state.service(service).flatMap { $0.isNeutral ? nil : state.agency($0.agency)?.sign }
  }

  /// The range that somebody would be told who takes a ticket now; nil while no counter is open.
  func ticketRange(for service: ServiceID) -> (from: Int, to: Int)? {
    state.expectedRange(for: service, isPriority: false, at: state.time)
      .map(WaitRange.minutes(of:))
  }

  func floor(of zone: ZoneID) -> Int? {
    state.configuration?.zones.first { $0.id == zone }?.floor
  }

  /// "Floor 1".
  func floorPhrase(of zone: ZoneID, in language: LanguageTag) -> Phrase {
    lexicon.phrase(.floor, in: language, ["n": String(floor(of: zone) ?? 0)])
  }
}
