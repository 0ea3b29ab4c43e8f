/// What the venue is made of, as the administrator wrote it and the checks accepted it.
///
/// It is part of the journal: a replay needs no file. Texts in the languages of clients are not in
/// it; they stand in the language packs.
public struct VenueConfiguration: Equatable, Codable, Sendable {
  public var id: String
  /// The venue's own name, shown as it is in every language.
  public var name: String
  /// The language of signs and staff.
  public var hostLanguage: LanguageTag
  /// Languages offered to clients, the most used first; contains the host language.
  public var languages: [LanguageTag]
  /// IANA name, for example `Europe/Lisbon`.
  public var timeZone: String
  /// Where phones reach the venue, without a trailing slash; the QR code on a slip begins with it.
  public var publicURL: String
  public var numbering: Numbering
  public var policy: CallPolicy
  public var zones: [Zone]
  public var agencies: [Agency]
  public var services: [Service]
  public var counters: [Counter]
  public var needs: [Need]
  public var kiosks: [Kiosk]
  public var screens: [Screen]
  public var printers: [Printer]
  public var bounds: Bounds
  /// Days on which the rule `PH` of opening hours holds.
  public var holidays: [ServiceDay]
  public var mediators: [Mediator]
  public var agreements: [Agreement]
  /// Outcomes that staff may choose when they finish a stop.
  public var outcomes: [OutcomeCode]
  /// The vocabulary of referral notes.
  public var noteCodes: [NoteCode]

  public init(
    id: String, name: String, hostLanguage: LanguageTag, languages: [LanguageTag],
    timeZone: String, publicURL: String, numbering: Numbering, policy: CallPolicy, zones: [Zone],
    agencies: [Agency], services: [Service], counters: [Counter], needs: [Need], kiosks: [Kiosk],
    screens: [Screen], printers: [Printer], bounds: Bounds = Bounds(), holidays: [ServiceDay] = [],
    mediators: [Mediator] = [], agreements: [Agreement] = [], outcomes: [OutcomeCode] = [],
    noteCodes: [NoteCode] = []
  ) {
    self.id = id
    self.name = name
    self.hostLanguage = hostLanguage
    self.languages = languages
    self.timeZone = timeZone
    self.publicURL = publicURL
    self.numbering = numbering
    self.policy = policy
    self.zones = zones
    self.agencies = agencies
    self.services = services
    self.counters = counters
    self.needs = needs
    self.kiosks = kiosks
    self.screens = screens
    self.printers = printers
    self.bounds = bounds
    self.holidays = holidays
    self.mediators = mediators
    self.agreements = agreements
    self.outcomes = outcomes
    self.noteCodes = noteCodes
  }
}

/// How tickets are numbered.
public struct Numbering: Equatable, Codable, Sendable {
  /// Values that are never issued because they offend somewhere, for example 13 or 39.
  public var skips: [Int32]
  /// The prefix of every neutral service, so that a number says nothing about the matter.
  public var neutralPrefix: Prefix

  public init(skips: [Int32], neutralPrefix: Prefix) {
    self.skips = skips
    self.neutralPrefix = neutralPrefix
  }
}

public struct Zone: Equatable, Codable, Sendable {
  public var id: ZoneID
  /// 0 is the floor of the street.
  public var floor: Int
  /// How long the walks to other zones take, where that differs from `Bounds.walkSeconds`.
  public var walks: [Walk]

  public init(id: ZoneID, floor: Int, walks: [Walk] = []) {
    self.id = id
    self.floor = floor
    self.walks = walks
  }
}

/// A walk of this many seconds, there and back alike.
public struct Walk: Equatable, Codable, Sendable {
  public var to: ZoneID
  public var seconds: Int

  public init(to: ZoneID, seconds: Int) {
    self.to = to
    self.seconds = seconds
  }
}

/// A sign that tells agencies apart without reading: a shape and a colour, always together.
public struct AgencySign: Equatable, Codable, Sendable {
  public enum Shape: String, Codable, Sendable, CaseIterable {
    case bar, disc, triangle, square, ring, cross
  }
  public var shape: Shape
  /// `#RRGGBB`.
  public var color: String

  public init(shape: Shape, color: String) {
    self.shape = shape
    self.color = color
  }
}

public struct Agency: Equatable, Codable, Sendable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// The venue's own desk: nobody's secret is safe from it, and it keeps none.
    case reception
    case authority
    /// Its visits are invisible to authorities unless the client agreed.
    case association
  }

  public var id: AgencyID
  public var prefix: Prefix
  public var sign: AgencySign
  public var kind: Kind
  /// Agencies to which it may forward; nil means all.
  public var mandate: [AgencyID]?

  public init(
    id: AgencyID, prefix: Prefix, sign: AgencySign, kind: Kind = .authority,
    mandate: [AgencyID]? = nil
  ) {
    self.id = id
    self.prefix = prefix
    self.sign = sign
    self.kind = kind
    self.mandate = mandate
  }
}

public struct Service: Equatable, Codable, Sendable {
  public var id: ServiceID
  public var agency: AgencyID
  /// A neutral service shows neither its agency nor its own prefix, and is called without a chime.
  public var isNeutral: Bool
  /// Mean service time as planned, in minutes.
  public var plannedMinutes: Int
  /// Opening hours in the notation of OpenStreetMap, for example `Mo-Sa 08:30-20:00`.
  public var hours: String
  /// Stops of one day; nil for as many as come.
  public var dailyCap: Int?
  public var lastTicket: LastTicket
  /// What everybody is asked to bring, in the order in which the slip lists it; none of a neutral
  /// service, since the list would tell the matter.
  public var documents: [DocumentID]

  /// What happens when somebody comes who is not expected to be served before closing.
  public enum LastTicket: String, Codable, Sendable, CaseIterable {
    case refuse
    /// A number is given all the same; slip, phone and kiosk say that it may not be reached.
    case warn
    /// The slip is a return voucher.
    case voucher
  }

  public init(
    id: ServiceID, agency: AgencyID, isNeutral: Bool, plannedMinutes: Int, hours: String,
    dailyCap: Int? = nil, lastTicket: LastTicket = .warn, documents: [DocumentID] = []
  ) {
    self.id = id
    self.agency = agency
    self.isNeutral = isNeutral
    self.plannedMinutes = plannedMinutes
    self.hours = hours
    self.dailyCap = dailyCap
    self.lastTicket = lastTicket
    self.documents = documents
  }
}

public struct Counter: Equatable, Codable, Sendable {
  public var id: CounterID
  /// What the sign above the desk says, for example `12`.
  public var label: String
  public var agency: AgencyID
  public var zone: ZoneID
  public var languages: [LanguageTag]
  /// Services that this counter may call, in the order in which ties are settled.
  public var services: [ServiceID]
  /// What the score of a service's clients is multiplied by here, where that is not 100 %.
  public var weights: [ServiceWeight]

  public init(
    id: CounterID, label: String, agency: AgencyID, zone: ZoneID, languages: [LanguageTag],
    services: [ServiceID], weights: [ServiceWeight] = []
  ) {
    self.id = id
    self.label = label
    self.agency = agency
    self.zone = zone
    self.languages = languages
    self.services = services
    self.weights = weights
  }
}

public struct ServiceWeight: Equatable, Codable, Sendable {
  public var service: ServiceID
  /// 1 to 1,000.
  public var percent: Int

  public init(service: ServiceID, percent: Int) {
    self.service = service
    self.percent = percent
  }
}

public struct Need: Equatable, Codable, Sendable {
  public var id: NeedID
  /// Name of a pictogram under `Displays/shared/icons`.
  public var icon: String
  public var services: [ServiceID]

  public init(id: NeedID, icon: String, services: [ServiceID]) {
    self.id = id
    self.icon = icon
    self.services = services
  }
}

public struct Kiosk: Equatable, Codable, Sendable {
  public var id: KioskID
  public var zone: ZoneID
  public var printer: PrinterID
  /// The service of the button "I don't know: talk to a person".
  public var personService: ServiceID
  /// Where each zone lies as seen by a person who faces this kiosk: the arrows on its slips.
  public var arrows: [ZoneArrow]

  public init(
    id: KioskID, zone: ZoneID, printer: PrinterID, personService: ServiceID,
    arrows: [ZoneArrow] = []
  ) {
    self.id = id
    self.zone = zone
    self.printer = printer
    self.personService = personService
    self.arrows = arrows
  }
}

/// The way that an arrow on a screen or a slip points.
public enum Arrow: String, Codable, Sendable, CaseIterable {
  case up, upRight, right, downRight, down, downLeft, left, upLeft
}

/// "That zone lies that way", for one screen or kiosk.
public struct ZoneArrow: Equatable, Codable, Sendable {
  public var zone: ZoneID
  public var points: Arrow

  public init(zone: ZoneID, points: Arrow) {
    self.zone = zone
    self.points = points
  }
}

public struct Screen: Equatable, Codable, Sendable {
  public var id: ScreenID
  public var zone: ZoneID
  /// Where each zone lies as seen by a person who faces this screen.
  public var arrows: [ZoneArrow]
  /// Zones whose calls are shown; empty means all.
  public var shows: [ZoneID]
  public var widthMillimetres: Int
  /// From where people must be able to read it.
  public var viewingDistanceMillimetres: Int

  public init(
    id: ScreenID, zone: ZoneID, arrows: [ZoneArrow], shows: [ZoneID], widthMillimetres: Int,
    viewingDistanceMillimetres: Int
  ) {
    self.id = id
    self.zone = zone
    self.arrows = arrows
    self.shows = shows
    self.widthMillimetres = widthMillimetres
    self.viewingDistanceMillimetres = viewingDistanceMillimetres
  }
}

public struct Printer: Equatable, Codable, Sendable {
  public var id: PrinterID
  public var host: String
  public var port: Int
  /// The name of its profile: what its model can do.
  public var profile: String
  /// Takes over the slips of which nothing was sent while this printer cannot print.
  public var backup: PrinterID?
  /// True when a slip of which nobody knows whether it came out is printed once more by itself,
  /// marked as a copy; false leaves that to a person.
  public var copiesUnknown: Bool

  enum CodingKeys: String, CodingKey { case id, host, port, profile, backup, copiesUnknown }

  public init(
    id: PrinterID, host: String, port: Int, profile: String, backup: PrinterID? = nil,
    copiesUnknown: Bool = false
  ) {
    self.id = id
    self.host = host
    self.port = port
    self.profile = profile
    self.backup = backup
    self.copiesUnknown = copiesUnknown
  }
}
