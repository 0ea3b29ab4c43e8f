import Venue

/// What a client has agreed to, as the client reads it.
extension Fold {
  /// "You agreed that Social security may read from Migration: how it ended · a short note", one for
  /// each pair of agencies, in the order in which the client agreed.
  func shares(of visit: Visit) -> [Phrase] {
    var pairs: [Consent] = []
    for consent in visit.consents {
      if let index = pairs.firstIndex(where: { $0.from == consent.from && $0.to == consent.to }) {
        pairs[index].fields += consent.fields
      } else {
        pairs.append(consent)
      }
    }
    return pairs.map { sentence($0, in: visit.language) }
  }

  private func sentence(_ consent: Consent, in language: LanguageTag) -> Phrase {
    var sentence = lexicon.phrase(
      .sharedWith, in: language,
      [
        "from": publicName(of: consent.from, in: language),
        "to": publicName(of: consent.to, in: language),
      ])
    let words = SharedField.allCases.filter(consent.fields.contains).map {
      lexicon.phrase($0.term, in: language).text
    }
    sentence.text += " " + words.joined(separator: " · ")
    return sentence
  }

  /// An agency whose services are all neutral is named on no paper and no screen for clients.
  private func publicName(of agency: AgencyID, in language: LanguageTag) -> String {
    let services = (state.configuration?.services ?? []).filter { $0.agency == agency }
    return services.allSatisfy(\.isNeutral)
      ? lexicon.phrase(.anotherOffice, in: language).text
      : lexicon.name(of: agency, in: language).text
  }
}

extension SharedField {
  var term: Term {
    switch self {
    case .outcomes: .sharedOutcomes
    case .note: .sharedNote
    case .language: .sharedLanguage
    case .needs: .sharedNeeds
    }
  }
}
