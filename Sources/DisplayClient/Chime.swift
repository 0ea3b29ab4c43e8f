import CSDL
import Glibc
import Synchronization

/// Sounds the chime on a thread of its own, so that a slow sound system never delays a picture.
///
/// At most one more chime waits while one sounds: of calls that come together, each is shown, and
/// none is told by a sound that comes long after it. Where there is no sound device, nothing happens
/// but one line in the log.
final class Chime: Sendable {
  private struct State {
    var isSounding = false
    var isDue = false
    var hasComplained = false
  }

  private let state = Mutex(State())

  /// Starts the chime and returns at once.
  func ring() {
    let mustStart = state.withLock { state in
      state.isDue = true
      defer { state.isSounding = true }
      return !state.isSounding
    }
    guard mustStart else { return }
    var thread = pthread_t()
    // Retained for the thread; `ringOnThread` releases it.
    let chime = unsafe Unmanaged.passRetained(self)
    guard unsafe pthread_create(&thread, nil, ringOnThread, chime.toOpaque()) == 0 else {
      unsafe chime.release()
      state.withLock { $0.isSounding = false }
      return
    }
    pthread_detach(thread)
  }

  fileprivate func soundWhatIsDue() {
    while takeDue() {
      guard let problem = Self.play(ChimeTones.samples) else { continue }
      let isFirst = state.withLock { state in
        defer { state.hasComplained = true }
        return !state.hasComplained
      }
      if isFirst { Log.warning("No chime: \(problem). Calls are shown without sound.") }
    }
  }

  private func takeDue() -> Bool {
    state.withLock { state in
      defer { state.isDue = false }
      if !state.isDue { state.isSounding = false }
      return state.isDue
    }
  }

  /// Plays samples to their end; answers what went wrong.
  ///
  /// The device is open for the chime only: an open one wakes the processor fifty times a second.
  private static func play(_ samples: [Int16]) -> String? {
    guard SDL_InitSubSystem(SDL_INIT_AUDIO) == 0 else { return lastError() }
    defer { SDL_QuitSubSystem(SDL_INIT_AUDIO) }
    guard SDL_GetNumAudioDevices(0) != 0 else { return "there is no sound device" }
    var wanted = unsafe SDL_AudioSpec()
    unsafe wanted.freq = Int32(ChimeTones.samplesPerSecond)
    unsafe wanted.format = SDL_AudioFormat(AUDIO_S16LSB)
    unsafe wanted.channels = 1
    unsafe wanted.samples = 2048
    let device = unsafe SDL_OpenAudioDevice(nil, 0, &wanted, nil, 0)
    guard device != 0 else { return lastError() }
    defer { SDL_CloseAudioDevice(device) }
    let queued = unsafe samples.withUnsafeBytes { bytes in
      unsafe SDL_QueueAudio(device, bytes.baseAddress, UInt32(bytes.count))
    }
    guard queued == 0 else { return lastError() }
    SDL_PauseAudioDevice(device, 0)
    // A device that takes twice as long is stuck.
    for _ in 0..<Int(ChimeTones.seconds * 2 * 20) where SDL_GetQueuedAudioSize(device) > 0 {
      SDL_Delay(50)
    }
    SDL_Delay(100)
    return nil
  }

  private static func lastError() -> String { unsafe String(cString: SDL_GetError()) }
}

/// The chime's thread; `chime` is a retained `Chime`.
private func ringOnThread(_ chime: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let chime = unsafe chime else { return nil }
  unsafe Unmanaged<Chime>.fromOpaque(chime).takeRetainedValue().soundWhatIsDue()
  return nil
}
