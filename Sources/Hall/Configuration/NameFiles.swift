import Venue

/// How a venue's parts are called in one language.
struct VenueTexts {
  var services: [ServiceID: String]
  var agencies: [AgencyID: String]
  var needs: [NeedID: String]
  var zones: [ZoneID: String]
  var documents: [DocumentID: String]
}

/// A name must fit a kiosk's tile and one line of a slip of 576 dots.
private let nameLimit = 48

extension LanguageFiles {
  func readNames(_ tag: LanguageTag, names: VenueNames) -> VenueTexts? {
    let file = VenueFiles.join(directory, "names/\(tag).json5")
    guard let root = ConfigurationFile.open(file, log: log) else { return nil }
    let services = readTexts(root, "services", of: names.services)
    let agencies = readTexts(root, "agencies", of: names.agencies)
    let needs = readTexts(root, "needs", of: names.needs)
    let zones = readTexts(root, "zones", of: names.zones)
    let isDocumentsKeyNeeded = !names.documents.ids.isEmpty || root.keys.contains("documents")
    let documents =
      isDocumentsKeyNeeded ? readTexts(root, "documents", of: names.documents) : [:]
    root.finish()
    guard let services, let agencies, let needs, let zones, let documents else { return nil }
    return VenueTexts(
      services: services, agencies: agencies, needs: needs, zones: zones, documents: documents)
  }

  private func readTexts<ID: Identifier>(
    _ root: ObjectReader, _ key: String, of table: NameTable<ID>
  ) -> [ID: String]? {
    guard let object = root.required(key)?.object() else { return nil }
    var texts: [ID: String] = [:]
    for id in table.ids {
      texts[id] = object.required(id.text)?.text(limit: nameLimit)
    }
    if table.isComplete { object.finish() }
    return texts
  }
}
