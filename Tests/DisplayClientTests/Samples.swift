import Venue
import Wire

@testable import DisplayClient
@testable import Views

/// Boards to look at; every text is one that a venue in Lisbon could show.
enum Samples {
  static let fullHD = PixelSize(width: 1920, height: 1080)

  /// 2026-11-23 10:32:00 in Lisbon, where winter time is UTC.
  static let start = Instant(milliseconds: 1_795_429_920_000)
  static let boot = LocalTime(nanoseconds: 5_000_000_000)

  static func phrase(_ tag: LanguageTag, _ text: String) -> Phrase {
    let isRightToLeft = ["ar", "ur"].contains(tag.text)
    return Phrase(
      language: tag, direction: isRightToLeft ? .rightToLeft : .leftToRight, text: text)
  }

  static let headings = [
    phrase("pt", "Senha"), phrase("ar", "التذكرة"), phrase("uk", "Талон"), phrase("bn", "টিকেট"),
    phrase("ti", "ቲኬት"), phrase("zh-Hans", "号码"),
  ]

  static let sentences = [
    phrase("pt", "Quando aparecer a sua senha {number}, dirija-se ao balcão"),
    phrase("ar", "يرجى التوجه إلى الشباك عند ظهور رقمك {number}"),
    phrase("uk", "Коли з’явиться ваш номер {number}, підійдіть до стійки"),
    phrase("bn", "আপনার নম্বর {number} দেখা গেলে অনুগ্রহ করে কাউন্টারে যান"),
    phrase("ti", "ቁጽርኹም {number} ምስ ተራእየ ብኽብረትኩም ናብ መስኮት ኪዱ"),
    phrase("zh-Hans", "看到您的号码 {number} 时，请前往柜台"),
    phrase("ur", "جب آپ کا نمبر {number} نظر آئے تو براہ کرم کاؤنٹر پر جائیں"),
  ]

  static let askReception = [
    phrase("pt", "Por favor, pergunte na receção"), phrase("en", "Please ask at reception"),
    phrase("ar", "يرجى السؤال في الاستقبال"), phrase("uk", "Будь ласка, зверніться на рецепцію"),
    phrase("bn", "অনুগ্রহ করে অভ্যর্থনায় জিজ্ঞাসা করুন"), phrase("ti", "ብኽብረትኩም ኣብ መቀበሊ ሕተቱ"),
    phrase("zh-Hans", "请到接待处询问"), phrase("ur", "براہ کرم استقبالیہ پر پوچھیں"),
  ]

  static let signs: [Character: (AgencySign.Shape, String, String)] = [
    "A": (.bar, "#1D4E9E", "Segurança Social"), "K": (.disc, "#8C4A9E", "Migração"),
    "E": (.square, "#009E73", "Emprego"), "T": (.triangle, "#E69F00", "Finanças"),
    "M": (.ring, "#56B4E9", "Apoio jurídico"), "C": (.cross, "#D55E00", "Saúde"),
  ]
  static let arrows: [Arrow] = [.right, .up, .left, .upRight, .down, .upLeft]

  /// A call `seconds` before `start`.
  static func call(
    _ number: String, counter: String, secondsAgo seconds: Int64, ordinal: Int = 1,
    isSilent: Bool = false, isOver: Bool = false
  ) -> BoardView.Call {
    guard let number = TicketNumber(number), let letter = number.description.first else {
      preconditionFailure("\(number) is not a ticket's number")
    }
    let sign = signs[letter]
    return BoardView.Call(
      number: number, counter: counter, calledAt: start.adding(milliseconds: -seconds * 1000),
      ordinal: ordinal, arrow: arrows[Int(number.value) % arrows.count],
      sign: sign.map { AgencySign(shape: $0.0, color: $0.1) },
      agency: sign.map { phrase("pt", $0.2) },
      place: phrase("pt", "Piso \(number.value % 2)"),
      again: ordinal > 1 ? phrase("pt", "\(ordinal).ª chamada") : nil, isSilent: isSilent,
      isOver: isOver)
  }

  static func board(
    _ calls: [BoardView.Call], widthMillimetres: Int = 952, viewingDistanceMillimetres: Int = 4000
  ) -> BoardView {
    BoardView(
      venue: "Rossio", screen: "hall-1", headings: headings,
      earlierCalls: phrase("pt", "Chamadas anteriores"), sentences: sentences,
      asOf: phrase("pt", "Situação às {time}"), askReception: askReception,
      calls: calls.sorted { $0.calledAt > $1.calledAt },
      widthMillimetres: widthMillimetres, viewingDistanceMillimetres: viewingDistanceMillimetres)
  }

  static let busyCalls = [
    call("A042", counter: "12", secondsAgo: 2), call("K107", counter: "5", secondsAgo: 9),
    call("E018", counter: "31", secondsAgo: 34, ordinal: 2),
    call("T203", counter: "8", secondsAgo: 41), call("M011", counter: "22", secondsAgo: 55),
    call("A041", counter: "12", secondsAgo: 110), call("K106", counter: "6", secondsAgo: 150),
    call("E017", counter: "30", secondsAgo: 190), call("C040", counter: "14", secondsAgo: 210),
    call("T202", counter: "9", secondsAgo: 290), call("K105", counter: "5", secondsAgo: 400),
    call("M010", counter: "21", secondsAgo: 420),
  ]

  /// `count` calls, one every second and a half.
  static func rush(_ count: Int) -> [BoardView.Call] {
    let letters = Array("AKETMC")
    return (0..<count).map { index in
      let number = "\(letters[index % 6])\(100 + index * 7)"
      let counter = String(1 + index * 5 % 42)
      let isRecall = index % 7 == 3
      return call(
        number, counter: counter, secondsAgo: Int64(2 + index * 3 / 2), ordinal: isRecall ? 2 : 1)
    }
  }

  static func heartbeat(
    at instant: Instant = start, speed: Double = 1, simulated: Bool = false
  ) -> Heartbeat {
    Heartbeat(now: instant, utcOffsetMinutes: 0, speed: speed, simulated: simulated)
  }

  /// A model that has just heard `board` and a heartbeat, both at `boot`.
  static func model(
    _ board: BoardView, size: PixelSize = fullHD, heartbeat: Heartbeat = heartbeat()
  ) -> BoardModel {
    var model = BoardModel(size: size, at: boot)
    model.receive(heartbeat, at: boot)
    model.receive(board)
    return model
  }
}
