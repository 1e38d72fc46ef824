export const SOUND = "louke.sound";

/** Whether a sound is wanted: of a dispatch unless somebody has switched sounds off, of all else only where they have switched them on. */
export function hearing(dispatch: boolean): boolean {
  const said = localStorage.getItem(SOUND);
  return said === "on" || (dispatch && said !== "off");
}

/** Two soft notes, made here: no file is needed for them. */
export function chime(): void {
  const context = new AudioContext();
  const volume = context.createGain();
  volume.gain.value = 0.06;
  volume.connect(context.destination);
  [660, 880].forEach((frequency, n) => {
    const note = context.createOscillator();
    note.frequency.value = frequency;
    note.connect(volume);
    note.start(context.currentTime + n * 0.18);
    note.stop(context.currentTime + n * 0.18 + 0.16);
  });
  window.setTimeout(() => void context.close(), 800);
}
