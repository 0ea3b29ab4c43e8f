import HTTP
import Venue
import Wire

/// What staff do with slips in doubt.
extension HallService {
  func slip(_ wish: OperatorDesk.Wish) -> Router.Handler {
    { request in
      answering { () throws(Problem) in
        let principal = try gate.admit(request, to: .handleSlips)
        let name = request.parameter("id") ?? ""
        let printer = request.query("printer").map { PrinterID($0) }
        let stamp = try Self.idempotencyKey(of: request).map { key in
          OperatorDesk.Stamp(
            asker: principal.asker, key: key,
            request: "\(wish) \(name) \(printer?.text ?? "")")
        }
        return .later { responder in
          Task {
            responder.respond(
              Response(await operators.handle(wish, name, on: printer, by: .staff(stamp))))
          }
        }
      }
    }
  }
}
