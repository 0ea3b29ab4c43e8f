import HTTP
import Venue
import Views
import Wire

extension HallService {
  func languages(_ request: Request) -> Answer {
    let configuration = venue.configuration
    let languages = venue.lexicon.offered(configuration.languages)
    return .now(
      .json(200, LanguageList(hostLanguage: configuration.hostLanguage, languages: languages)))
  }

  func language(_ request: Request) -> Answer {
    guard let pack = venue.lexicon.packs[LanguageTag(request.parameter("id") ?? "")] else {
      return .now(
        Response(
          Problem(
            status: 404, name: "language-unknown",
            detail: "The venue does not offer this language. /v1/languages lists those it does.")))
    }
    return .now(.json(200, pack))
  }
}
