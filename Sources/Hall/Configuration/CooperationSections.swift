import FoundationEssentials
import Venue

/// Reads the pool of mediators; a venue may have none.
///
/// In the file `mandate` may be left out (all agencies), `roster` (always) and `loadCapMinutes`.
func readMediators(_ root: ObjectReader, names: VenueNames) -> [Mediator]? {
  guard let nodes = root.optional("mediators")?.list() else { return [] }
  var known = NameTable<MediatorID>(
    kind: "mediator", whyOnce: ": the same person would be in two places at once")
  let mediators = nodes.map { node -> Mediator? in
    guard let object = node.object() else { return nil }
    defer { object.finish() }
    let id = known.declare(object.required("id"))
    let languagesNode = object.required("languages")
    let languages = names.languages.references(languagesNode)
    if let languages, languages.count < 2 {
      languagesNode?.complain(
        "nobody interprets between fewer than two languages", mend: "name two at least")
      return nil
    }
    let mandate = object.optional("mandate").map { readMandate($0, agencies: names.agencies) } ?? []
    let roster = object.optional("roster").map(readHours) ?? "24/7"
    let cap = object.optional("loadCapMinutes").map { $0.integer(in: 1...1_440) } ?? 360
    guard let id, let languages, let mandate, let roster, let cap else { return nil }
    return Mediator(
      id: id, languages: languages, mandate: mandate, roster: roster, loadCapMinutes: cap)
  }
  return mediators.contains { $0 == nil } ? nil : mediators.compactMap(\.self)
}

/// An empty mandate would be read as one for all agencies, the opposite of what it seems to say.
private func readMandate(_ node: Node, agencies: NameTable<AgencyID>) -> [AgencyID]? {
  guard let mandate = agencies.references(node) else { return nil }
  guard !mandate.isEmpty else {
    node.complain(
      "this mediator may be called nowhere",
      mend: "name one agency at least, or remove `mandate` for all agencies")
    return nil
  }
  return mandate
}

/// A closed vocabulary from which staff choose; without the list it is empty.
func readCodes<Code: Identifier>(
  _ root: ObjectReader, _ key: String, kind: String, _ type: Code.Type
) -> [Code]? {
  guard let node = root.optional(key) else { return [] }
  guard let nodes = node.list(limit: codeLimit) else { return nil }
  var known = NameTable<Code>(kind: kind)
  for node in nodes { _ = known.declare(node) }
  return known.isComplete ? known.ids : nil
}

/// Staff choose from the whole list at a glance.
private let codeLimit = 20

/// Every bound may be left out; then it is what `Bounds` says.
func readBounds(_ root: ObjectReader) -> Bounds? {
  guard let node = root.optional("bounds") else { return Bounds() }
  guard let object = node.object() else { return nil }
  var bounds = Bounds()
  var isRight = true
  func read(_ key: String, _ range: ClosedRange<Int>, _ path: WritableKeyPath<Bounds, Int>) {
    guard let node = object.optional(key) else { return }
    if let value = node.integer(in: range) {
      bounds[keyPath: path] = value
    } else {
      isRight = false
    }
  }
  read("languageWindowMinutes", 0...240, \.languageWindowMinutes)
  read("telephoneAfterMinutes", 0...240, \.telephoneAfterMinutes)
  read("headStartMinutes", 0...240, \.headStartMinutes)
  read("priorityRatePercent", 1...1_000, \.priorityRatePercent)
  read("ordinaryRatePercent", 1...1_000, \.ordinaryRatePercent)
  read("creditPercent", 0...100, \.creditPercent)
  read("appointmentGraceMinutes", 0...240, \.appointmentGraceMinutes)
  read("earlyIssueMinutes", 0...720, \.earlyIssueMinutes)
  read("overtimeMinutes", 0...480, \.overtimeMinutes)
  read("voucherDays", 1...366, \.voucherDays)
  read("walkSeconds", walkSecondsRange, \.walkSeconds)
  read("stopLimit", 1...20, \.stopLimit)
  read("peopleLimit", 1...100, \.peopleLimit)
  object.finish()
  return isRight ? bounds : nil
}

/// How long a walk between two zones may take.
let walkSecondsRange = 0...3_600

/// Reads `agreements.json5`; without that file nothing is shared.
func readAgreements(directory: String, names: VenueNames, log: ProblemLog) -> [Agreement]? {
  let path = VenueFiles.join(directory, "agreements.json5")
  guard FileManager.default.fileExists(atPath: path) else { return [] }
  guard let root = ConfigurationFile.open(path, log: log) else { return nil }
  defer { root.finish() }
  guard let nodes = root.required("agreements")?.list() else { return nil }
  var pairs = Uniqueness()
  return nodes.compactMap { node in
    guard let object = node.object() else { return nil }
    defer { object.finish() }
    let fromNode = object.required("from")
    let from = names.agencies.reference(fromNode)
    let to = names.agencies.reference(object.required("to"))
    let fields = object.required("fields").flatMap(readFields)
    let purpose = object.required("purpose")?.text()
    let hours = object.required("hours")?.integer(in: 1...72)
    guard let from, let to, let fields, let purpose, let hours else { return nil }
    if from == to {
      fromNode?.complain(
        "`\(from)` needs no agreement with itself", mend: "name two agencies, or remove this one")
    }
    pairs.check(
      "\(from) \(to)", "the pair `\(from)` and `\(to)`", of: fromNode,
      mend: "put all fields of a pair into one agreement")
    return Agreement(from: from, to: to, fields: fields, purpose: purpose, hours: hours)
  }
}

/// The fields of an agreement: one at least, each once.
private func readFields(_ node: Node) -> [SharedField]? {
  guard let nodes = node.list(limit: 10) else { return nil }
  guard !nodes.isEmpty else {
    node.complain("this is an agreement about nothing", mend: "name a field or remove it")
    return nil
  }
  var fields: [SharedField] = []
  for node in nodes {
    guard let field = node.choice(SharedField.self) else { return nil }
    if fields.contains(field) {
      node.complain("the field `\(field)` is in this list already", mend: "remove one of the two")
    }
    fields.append(field)
  }
  return fields
}
