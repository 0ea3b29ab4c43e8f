import Views

/// A word that the pages for clients need, in every language; words of views are `Term`s.
enum PageWord: String, CaseIterable, Sendable {
  case kioskChooseLanguage, kioskQuestion, kioskHint, kioskWhich, kioskPerson
  case kioskTakeTicket, kioskTakePaper, kioskNoPaper
  case kioskPriority, kioskNotPriority
  /// Several matters under one number.
  case kioskAnother, kioskAnotherQuestion, kioskMatters, kioskRemove
  case kioskBack, kioskReadAloud, kioskTextSize, kioskContrast
  case kioskStillThere, kioskContinue, kioskStartAgain
  case kioskOffline, kioskClosed, kioskNoCounter
  /// "{n} waiting", in a form that is right for every number.
  case peopleWaiting
  /// "{n} min".
  case minutes
  case phoneTitle
  /// "Go to counter {n} now".
  case phoneCalled
  case phoneDone, phoneLeave
  case loading, tryAgain

  /// What stands in braces in it.
  var placeholders: Set<String> {
    switch self {
    case .peopleWaiting, .minutes, .phoneCalled: ["n"]
    default: []
    }
  }
}

extension Term {
  /// What stands in braces in it.
  var placeholders: Set<String> {
    switch self {
    case .counter, .floor, .callAgain, .peopleBefore, .comeBack: ["n"]
    case .counterRange, .expectedWait: ["from", "to"]
    case .goWhenCalled: ["number"]
    case .asOf: ["time"]
    case .sharedWith: ["from", "to"]
    case .ticket, .earlierCalls, .oneBefore, .noneBefore, .followOnPhone, .copy, .askReception,
      .yourNumber, .thenNext, .mediatorComes, .mayCloseFirst, .haveWithYou, .sharedOutcomes,
      .sharedNote,
      .sharedLanguage, .sharedNeeds, .anotherOffice:
      []
    }
  }
}

/// The keys that every language pack has, with the placeholders of each.
let requiredWords: [String: Set<String>] = Dictionary(
  Term.allCases.map { ($0.rawValue, $0.placeholders) }
    + PageWord.allCases.map { ($0.rawValue, $0.placeholders) },
  uniquingKeysWith: { first, _ in first })

/// The names in braces in `text`, for example `n` in `Floor {n}`.
func placeholders(in text: String) -> Set<String> {
  Set(
    text.split(separator: "{").dropFirst(text.hasPrefix("{") ? 0 : 1).compactMap { part in
      part.firstIndex(of: "}").map { String(part[..<$0]) }
    })
}
