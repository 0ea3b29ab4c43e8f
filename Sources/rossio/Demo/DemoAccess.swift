import Foundation
import Hall
import Venue

/// Tokens with which the demo's people act, and the login that it tells.
struct DemoAccess {
  let kiosks: [KioskID: String]
  let counters: [CounterID: String]
  let displayToken: String
  /// Of the reception, which says who of the mediators is on duty.
  let receptionToken: String
  private let store: AccessStore

  /// Made while no daemon runs on `data`.
  init(data: String, venue: VenueConfiguration) throws {
    store = try AccessStore(directory: data)
    var kiosks: [KioskID: String] = [:]
    for kiosk in venue.kiosks {
      kiosks[kiosk.id] = try store.addToken(role: .kiosk, id: kiosk.id.text)
    }
    var counters: [CounterID: String] = [:]
    for counter in venue.counters {
      counters[counter.id] = try store.addToken(role: .counter, id: counter.id.text)
    }
    self.kiosks = kiosks
    self.counters = counters
    receptionToken = try store.addToken(role: .reception, id: "demo")
    displayToken = try store.addToken(role: .display, id: "hall-1")
  }

  func addManager(_ login: String, _ secret: String) throws {
    try store.setStaff(login: login, secret: secret, role: .manager, agency: nil)
  }
}
