import FoundationEssentials
import Venue
import Views

/// The files of one venue.
///
///     DIR/venue.json5             what the venue is made of
///     DIR/agreements.json5        what agencies may read of each other; without it nothing
///     DIR/slip.json5              what stands on its slips; without it the built-in order
///     DIR/names/TAG.json5         how its services, agencies, needs, zones, documents are called
///     DIR/languages/TAG.json5     the system's own words, or else:
///     DIR/../languages/TAG.json5  the words that venues share
///     DIR/printers/NAME.json5     what a model of printer can do, or else:
///     DIR/../printers/NAME.json5  the profiles that venues share
public enum VenueFiles {
  /// Reads and checks everything.
  ///
  /// - Throws: every problem at once, not only the first. Nothing is written anywhere.
  public static func load(directory: String) throws(ConfigurationProblems) -> LoadedVenue {
    let log = ProblemLog()
    let loaded = read(directory: directory, log: log)
    guard let loaded, log.problems.isEmpty else { throw ConfigurationProblems(log.sorted) }
    return loaded
  }

  private static func read(directory: String, log: ProblemLog) -> LoadedVenue? {
    guard let root = ConfigurationFile.open(join(directory, "venue.json5"), log: log) else {
      return nil
    }
    var names = VenueNames()
    let venue = readVenue(root, names: &names)
    let packs = LanguageFiles(directory: directory, log: log).read(names: names)
    let agreements = readAgreements(directory: directory, names: names, log: log)
    let slip = SlipFile(directory: directory, log: log).read(names.languages, packs)
    guard let (read, limits) = venue, let agreements, let slip else { return nil }
    let profiles = ProfileFiles(directory: directory, log: log).read(for: read.printers)
    var configuration = read
    configuration.agreements = agreements
    let lexicon = Lexicon(hostLanguage: configuration.hostLanguage, packs: packs)
    return LoadedVenue(
      configuration: configuration, lexicon: lexicon, limits: limits, profiles: profiles,
      slip: slip)
  }

  /// A venue's own file goes before the one beside it that venues share.
  static func sharedFile(_ name: String, of directory: String) -> String {
    let own = join(directory, name)
    return FileManager.default.fileExists(atPath: own) ? own : join(parent(of: directory), name)
  }

  private static func parent(of directory: String) -> String {
    let parts = directory.split(separator: "/", omittingEmptySubsequences: true)
    guard let last = parts.last, last != ".", last != ".." else { return join(directory, "..") }
    let parents = parts.dropLast().joined(separator: "/")
    if directory.hasPrefix("/") { return "/" + parents }
    return parents.isEmpty ? "." : parents
  }

  static func join(_ directory: String, _ name: String) -> String {
    directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
  }
}

/// All ids of a venue, known before the references to them are read.
struct VenueNames {
  var hostLanguage: LanguageTag?
  var languages = NameTable<LanguageTag>(kind: "language")
  var zones = NameTable<ZoneID>(kind: "zone")
  var agencies = NameTable<AgencyID>(kind: "agency")
  var documents = NameTable<DocumentID>(kind: "document")
  var services = NameTable<ServiceID>(kind: "service")
  var counters = NameTable<CounterID>(kind: "counter")
  var needs = NameTable<NeedID>(kind: "need")
  var printers = NameTable<PrinterID>(kind: "printer")
  var kiosks = NameTable<KioskID>(kind: "kiosk")
  var screens = NameTable<ScreenID>(kind: "screen")
}
