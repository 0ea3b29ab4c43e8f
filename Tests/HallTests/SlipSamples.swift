import Canvas
import Foundation
import Printing
import Testing
import Venue
import Views

@testable import Hall

/// What a slip may be about.
enum SlipKind: String, CaseIterable, Sendable {
  case plain, stops, copy, voucher, consent, documents
}

/// Slips of the sample venue in its thirteen languages, and in Khmer, which it has not.
struct SlipSamples {
  static let languages = [
    "pt", "kea", "en", "hi", "bn", "uk", "ne", "ar", "fr", "es", "zh-Hans", "ur", "ti", "km",
  ]
  static let widths = [384, 420, 512, 546, 576, 640]

  let venue: LoadedVenue

  init() throws { venue = try VenueFiles.load(directory: lisbonDirectory.path) }

  func press() -> SlipPress { SlipPress(venue.slip) }

  func slip(_ language: String, _ kind: SlipKind) throws -> SlipView {
    guard language != "km" else { return khmer(try slip("pt", kind)) }
    var sample = SampleSlip([service(kind)], language: LanguageTag(language), kiosk: "K1")
    sample.isCopy = kind == .copy
    sample.isVoucher = kind == .voucher
    if kind == .stops { sample.services += ["social-security-number", "confidential-talk"] }
    if kind == .consent {
      sample.consent = Consent(
        from: "migration", to: "social-security", fields: [.outcomes, .language])
    }
    return try sample.view(in: venue)
  }

  private func service(_ kind: SlipKind) -> ServiceID {
    switch kind {
    case .plain: "reception"
    case .stops, .copy, .consent: "residence-renewal"
    case .voucher: "nationality"
    case .documents: "residence-first"
    }
  }

  /// Phrases of Khmer in place of every phrase of a slip in the host language, which then stands
  /// second.
  private func khmer(_ host: SlipView) -> SlipView {
    func phrase(_ text: String) -> Phrase {
      Phrase(language: "km", direction: .leftToRight, text: text)
    }
    var slip = host
    slip.serviceInHostLanguage = host.service
    slip.placeInHostLanguage = host.place
    slip.service = phrase("បន្តលិខិតអនុញ្ញាតស្នាក់នៅ")
    slip.place = phrase("ជាន់ទី 0 · បញ្ជរ 8 ដល់ 16")
    slip.before = host.before.map { _ in phrase("មនុស្សនៅមុខអ្នក៖ 4") }
    slip.follow = phrase("តាមដានវេនរបស់អ្នកនៅលើទូរសព្ទ")
    slip.expectedWait?.text = phrase("ប្រហែល 0 ដល់ 15 នាទី")
    slip.copy = host.copy.map { phrase("ច្បាប់ចម្លង · " + $0.text) }
    slip.thenNext = host.thenNext.map { _ in phrase("បន្ទាប់មក") }
    slip.notice = host.notice.map { _ in phrase("សូមត្រឡប់មកវិញនៅថ្ងៃផ្សេងជាមួយក្រដាសនេះ") }
    slip.documents = host.documents.map { list in
      let names = ["លិខិតឆ្លងដែន", "ភស្តុតាងអាសយដ្ឋាន", "ភស្តុតាងចំណូល", "កិច្ចសន្យាការងារ", "សំបុត្រកំណើត", "លេខពន្ធ"]
      return DocumentList(
        heading: phrase("សូមយកមកជាមួយ"), names: names.prefix(list.names.count).map(phrase))
    }
    slip.shares = host.shares.map { _ in phrase("អ្នកបានយល់ព្រមចែករំលែកលទ្ធផល") }
    return slip
  }
}

extension SlipView {
  /// Every text that must stand on its paper.
  var allTexts: [String] {
    var phrases: [Phrase?] = [
      service, serviceInHostLanguage, place, placeInHostLanguage, before, follow, copy,
      expectedWait?.text, thenNext, notice, noticeInHostLanguage, documents?.heading,
    ]
    phrases += documents?.names ?? []
    phrases += shares
    for next in nextPlaces { phrases += [next.service, next.place] }
    return phrases.compactMap { $0?.text } + [number.description, issued + " · " + shortCode]
  }
}

extension PlacedText {
  /// Without the isolates around codes.
  var plain: String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.filter { !(0x2066...0x2069).contains($0.value) })
    )
  }
}
