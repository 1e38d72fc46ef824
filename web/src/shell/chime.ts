export const SOUND = "louke.sound";

/** Whether a sound is wanted: of a dispatch unless somebody has switched sounds off, of all else only where they have switched them on. */
export function hearing(dispatch: boolean): boolean {
  const said = localStorage.getItem(SOUND);
  return said === "on" || (dispatch && said !== "off");
}

const SOFT = { notes: [660, 880], volume: 0.06 } as const;
// Of an urgent incident: higher, louder and three times over, so that nobody takes it for another sound.
const URGENT = { notes: [988, 1319, 988, 1319, 988, 1319], volume: 0.2 } as const;

/** A few notes, made here: no file is needed for them. */
export function chime(urgent = false): void {
  const { notes, volume: loud } = urgent ? URGENT : SOFT;
  const context = new AudioContext();
  const volume = context.createGain();
  volume.gain.value = loud;
  volume.connect(context.destination);
  notes.forEach((frequency, n) => {
    const note = context.createOscillator();
    note.frequency.value = frequency;
    note.connect(volume);
    note.start(context.currentTime + n * 0.18);
    note.stop(context.currentTime + n * 0.18 + 0.16);
  });
  window.setTimeout(() => void context.close(), 800 + notes.length * 180);
}
