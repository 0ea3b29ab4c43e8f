/**
 * Reading aloud with the voices of this device. Where there is none for a language, the page offers
 * no such key: a wrong voice would read nonsense.
 */

/** Calls `changed` whenever the voices do; some systems load them late. */
export function watchVoices(changed) {
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", changed);
}

export function canSpeak(tag) {
  return voiceFor(tag) !== null;
}

/** Says the texts one after the other; never two voices at once. */
export function speak(phrases) {
  stopSpeaking();
  for (const { text, language } of phrases) {
    const voice = voiceFor(language);
    if (!voice) continue;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = 0.9;
    speechSynthesis.speak(utterance);
  }
}

export function stopSpeaking() {
  globalThis.speechSynthesis?.cancel();
}

function voiceFor(tag) {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  const wanted = primary(tag);
  return voices.find((voice) => voice.localService && primary(voice.lang) === wanted)
    ?? voices.find((voice) => primary(voice.lang) === wanted)
    ?? null;
}

function primary(tag) {
  return tag.toLowerCase().split(/[-_]/)[0];
}
