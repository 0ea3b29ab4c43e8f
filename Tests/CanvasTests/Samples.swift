/// Phrases of a board in the reference languages, for tests that need every script.
enum Samples {
  static let phrases: [(language: String, text: String)] = [
    (
      "pt",
      "Por favor, dirija-se ao balcão quando aparecer a senha A042. Não há atendimento à tarde."
    ),
    ("en", "Please go to the counter when your number A042 appears."),
    ("fr", "Veuillez vous présenter au guichet lorsque votre numéro A042 s’affiche."),
    ("es", "Diríjase al mostrador cuando aparezca su número A042."),
    ("uk", "Підійдіть до віконця, коли з’явиться ваш номер A042. Їжак, ґанок, є."),
    ("ar", "يرجى التوجه إلى الشباك عند ظهور رقمك A042"),
    ("ur", "جب آپ کا نمبر A042 ظاہر ہو تو کاؤنٹر پر تشریف لائیں"),
    ("bn", "আপনার নম্বর A042 দেখা গেলে অনুগ্রহ করে কাউন্টারে যান"),
    ("hi", "आपका नंबर A042 दिखने पर कृपया काउंटर पर जाएँ"),
    ("ne", "तपाईंको नम्बर A042 देखिएपछि कृपया काउन्टरमा जानुहोस्"),
    ("ti", "ቁጽሪኹም A042 ምስ ተራእየ በጃኹም ናብቲ መስኮት ኪዱ"),
    ("zh-Hans", "请在显示您的号码 A042 时前往柜台。骨直关门"),
    ("kea", "Pur favor, bai na balkon óra ki bu númeru A042 parse."),
  ]

  static let languages = phrases.map(\.language)

  static func text(_ language: String) -> String {
    phrases.first { $0.language == language }?.text ?? ""
  }
}
