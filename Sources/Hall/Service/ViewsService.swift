import HTTP
import Venue
import Views
import Wire

extension HallService {
  func board(_ request: Request) -> Answer {
    see(.board(ScreenID(request.parameter("id") ?? "")), request)
  }

  func console(_ request: Request) -> Answer {
    let counter = CounterID(request.parameter("id") ?? "")
    return see(.console(counter), of: agency(of: counter), request)
  }

  func kiosk(_ request: Request) -> Answer {
    see(.kiosk(KioskID(request.parameter("id") ?? "")), request)
  }

  /// The venue has one dashboard; pages ask for it as `main`.
  func dashboard(_ request: Request) -> Answer { see(.dashboard, request) }

  func printers(_ request: Request) -> Answer { see(.printers, request) }

  func mediatorView(_ request: Request) -> Answer {
    see(.mediator(MediatorID(request.parameter("id") ?? "")), request)
  }

  /// Whoever has the slip may see its page: the id is the right.
  func phone(_ request: Request) -> Answer {
    answering { () throws(Problem) in show(.phone(try Self.visit(request)), request) }
  }

  private func see(
    _ key: ViewKey, of owner: AgencyID? = nil, _ request: Request
  ) -> Answer {
    answering { () throws(Problem) in
      _ = try gate.admit(request, to: .see(key, of: owner))
      guard exists(key) else { throw Self.unknown }
      return show(key, request)
    }
  }

  /// As a stream for whoever accepts one, else as JSON.
  private func show(_ key: ViewKey, _ request: Request) -> Answer {
    if request.header("accept")?.contains("text/event-stream") ?? false {
      guard hall.publisher.followerCount < venue.limits.eventStreams else {
        return .now(Response(Self.tooManyStreams))
      }
      return .stream(hall.publisher.follow(key), headers: [("X-Content-Type-Options", "nosniff")])
    }
    return .later { responder in
      Task {
        let view = await hall.encoded(key)
        responder.respond(
          view.map { Response(status: 200, headers: Response.jsonHeaders, body: $0.body) }
            ?? Response(Self.unknown))
      }
    }
  }

  private static let tooManyStreams = Problem(
    status: 503, name: "too-many-streams",
    detail: "As many displays and pages follow the hall as the configuration allows. Raise "
      + "limits.eventStreams, or close some.")

  private static let unknown = Problem(
    status: 404, name: "view-unknown",
    detail: "The venue has no screen, counter, kiosk, mediator or visit of that name.")

  private func exists(_ key: ViewKey) -> Bool {
    let configuration = venue.configuration
    return switch key {
    case .board(let screen): configuration.screens.contains { $0.id == screen }
    case .console(let counter): configuration.counters.contains { $0.id == counter }
    case .kiosk(let kiosk): configuration.kiosks.contains { $0.id == kiosk }
    case .mediator(let mediator): configuration.mediators.contains { $0.id == mediator }
    case .dashboard, .printers, .phone: true
    }
  }
}
