import Foundation
import Venue

@testable import Views

enum Samples {
  struct Words {
    var language: LanguageTag
    var direction: Direction = .leftToRight
    var service: String
    var place: String
    var before: String
    var follow: String
    var copy: String
  }

  static let host = Words(
    language: "pt", service: "Segurança Social", place: "Piso 1 · Balcões 10 a 14",
    before: "Pessoas à sua frente: 4", follow: "Acompanhe a sua vez no telemóvel", copy: "Cópia")

  static let foreign: [Words] = [
    Words(
      language: "ar", direction: .rightToLeft, service: "الضمان الاجتماعي",
      place: "الطابق 1 · الشبابيك من 10 إلى 14", before: "عدد الأشخاص قبلك: 4",
      follow: "تابع دورك على هاتفك", copy: "نسخة"),
    Words(
      language: "ur", direction: .rightToLeft, service: "سماجی تحفظ",
      place: "منزل 1 · کاؤنٹر 10 تا 14", before: "آپ سے پہلے افراد: 4",
      follow: "اپنی باری اپنے فون پر دیکھیں", copy: "نقل"),
    Words(
      language: "zh-Hans", service: "社会保障", place: "楼层 1 · 10 至 14 号窗口",
      before: "您前面的人数：4", follow: "用手机查看叫号进度", copy: "副本"),
    Words(
      language: "ti", service: "ማሕበራዊ ውሕስነት", place: "ደብሪ 1 · መስኮት 10 ክሳብ 14",
      before: "ኣብ ቅድሜኹም ዘለዉ ሰባት፦ 4", follow: "ተራኹም ብተሌፎንኩም ተኸታተሉ", copy: "ቅዳሕ"),
    // Without the spaces between words that Khmer does not write.
    Words(
      language: "km", service: "សន្តិសុខសង្គម", place: "ជាន់ទី 1 · បញ្ជរ 10 ដល់ 14",
      before: "មនុស្សនៅមុខអ្នក៖ 4", follow: "តាមដានវេនរបស់អ្នកនៅលើទូរសព្ទ", copy: "ច្បាប់ចម្លង"),
    Words(
      language: "uk", service: "Соціальне забезпечення іноземних громадян та їхніх родин",
      place: "Поверх 1 · Віконця з 10 до 14", before: "Людей перед вами: 4",
      follow: "Стежте за чергою на своєму телефоні", copy: "Копія"),
  ]

  static let number = TicketNumber("A042") ?? notANumber
  private static var notANumber: TicketNumber { preconditionFailure("A042 is a number") }

  static let copyMark = Phrase(language: "pt", direction: .leftToRight, text: "Cópia")

  static func words(_ language: String) -> Words {
    foreign.first { $0.language.text == language } ?? host
  }

  static func slip(
    _ language: String = "pt", number: TicketNumber = number, isCopy: Bool = false,
    goesOn: Bool = false
  ) -> SlipView {
    let words = words(language)
    let isForeign = words.language != host.language
    func phrase(_ text: String) -> Phrase {
      Phrase(language: words.language, direction: words.direction, text: text)
    }
    func hostPhrase(_ text: String) -> Phrase? {
      isForeign ? Phrase(language: host.language, direction: .leftToRight, text: text) : nil
    }
    let visit = VisitID(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
    return SlipView(
      visit: visit,
      number: number,
      service: phrase(words.service), serviceInHostLanguage: hostPhrase(host.service),
      place: phrase(words.place), placeInHostLanguage: hostPhrase(host.place),
      before: phrase(words.before), follow: phrase(words.follow),
      address: "https://rossio.example/phone/\(visit)", issued: "2026-11-23 10:02",
      shortCode: visit.shortCode,
      copy: isCopy
        ? phrase(isForeign ? words.copy + " · " + host.copy : words.copy) : nil,
      expectedWait: goesOn
        ? WaitRange(fromMinutes: 15, toMinutes: 30, text: phrase(words.before)) : nil,
      thenNext: goesOn ? phrase(words.copy) : nil,
      nextPlaces: goesOn
        ? AgencySign.Shape.allCases.map { shape in
          NextPlace(
            sign: AgencySign(shape: shape, color: "#1D4E9E"), service: phrase(words.service),
            place: phrase(words.place))
        } + [NextPlace(sign: nil, service: nil, place: phrase(words.place))] : [])
  }
}

enum Environment {
  /// A folder in which tests leave pictures for people to look at: `ROSSIO_PICTURES`.
  static var pictures: String? { ProcessInfo.processInfo.environment["ROSSIO_PICTURES"] }
  static let zbarimg = "/usr/bin/zbarimg"
  static var hasZbar: Bool { FileManager.default.isExecutableFile(atPath: zbarimg) }
}

/// Runs what takes the processor for long beside the pool of tasks, where other tests wait.
func onThread<Value: Sendable>(
  _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Result { try body() }) }
    thread.stackSize = 8 << 20
    thread.start()
  }
}
