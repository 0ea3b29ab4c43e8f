public import Printing
public import Venue
public import Views

/// A venue whose files were found right.
public struct LoadedVenue: Equatable, Sendable {
  public var configuration: VenueConfiguration
  public var lexicon: Lexicon
  public var limits: Limits
  /// What the models of its printers can do, by the names that the printers' entries use.
  public var profiles: [String: PrinterProfile]

  /// What stands on the slips, from top to bottom.
  public var slip: SlipTemplate

  public init(
    configuration: VenueConfiguration, lexicon: Lexicon, limits: Limits,
    profiles: [String: PrinterProfile] = [:], slip: SlipTemplate = .standard
  ) {
    self.configuration = configuration
    self.lexicon = lexicon
    self.limits = limits
    self.profiles = profiles
    self.slip = slip
  }
}

/// How much the daemon lets devices and strangers do.
public struct Limits: Equatable, Sendable {
  /// Tickets that one kiosk may issue in a minute.
  public var issuesPerKioskPerMinute: Int
  /// Wrong secrets that one login name may try in a minute.
  public var loginAttemptsPerMinute: Int
  /// Open connections in all.
  public var connections: Int
  /// Open connections from one address.
  public var connectionsPerAddress: Int
  /// Open event streams in all.
  public var eventStreams: Int

  public init(
    issuesPerKioskPerMinute: Int = 1_000_000, loginAttemptsPerMinute: Int = 10,
    connections: Int = 4_096, connectionsPerAddress: Int = 2_048, eventStreams: Int = 1_024
  ) {
    self.issuesPerKioskPerMinute = issuesPerKioskPerMinute
    self.loginAttemptsPerMinute = loginAttemptsPerMinute
    self.connections = connections
    self.connectionsPerAddress = connectionsPerAddress
    self.eventStreams = eventStreams
  }
}
