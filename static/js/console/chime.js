/**
 * A soft tone when the time is over: of the running step, or of a vote with a clock. Off until somebody switches it on, which is
 * remembered on this device. Made here from two sines, so no file is fetched.
 */

const KEY = 'rundbord:console:sound';
/** A page that slept past the end stays silent: a tone minutes late would be about nothing. */
const LATE = 3000;
const LOUD = 0.12;
/** Two notes, a fifth apart: when each begins and how long it sounds, s. */
const NOTES = [
  { hz: 523.25, at: 0, lasts: 1.2 },
  { hz: 783.99, at: 0.18, lasts: 1.6 },
];
const ATTACK = 0.03;
const SILENT = 0.0001;

function play(audio) {
  for (const { hz, at, lasts } of NOTES) {
    const [from, to] = [audio.currentTime + at, audio.currentTime + at + lasts];
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = hz;
    volume.gain.setValueAtTime(SILENT, from);
    volume.gain.linearRampToValueAtTime(LOUD, from + ATTACK);
    volume.gain.exponentialRampToValueAtTime(SILENT, to);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(to);
  }
}

/**
 * @param {{clocks: () => {id: string, ends_at?: string}[], now: () => number, storage: object, world?: object}} o `clocks`: what has
 *   a deadline; `now`: the server's time, ms
 * @returns {{on: boolean, look: () => void}} `look` is called every second
 */
export function createChime({ clocks, now, storage, world = globalThis }) {
  let audio = null;
  /** What has not ended yet, by record and deadline. */
  let ahead = new Set();
  const isOn = () => storage.get(KEY) === 'on';

  /** Browsers let a page sound only once somebody has pressed something in it. */
  function wake() {
    if (!isOn() || !world.AudioContext) return;
    audio ??= new world.AudioContext();
    if (audio.state === 'suspended') audio.resume();
  }
  for (const press of ['pointerdown', 'keydown']) world.addEventListener(press, wake);

  function sound() {
    wake();
    if (audio) play(audio);
  }

  return {
    get on() {
      return isOn();
    },
    /** Switching it on lets it be heard once. */
    set on(wanted) {
      storage.set(KEY, wanted ? 'on' : 'off');
      if (wanted) sound();
    },
    look() {
      const time = now();
      const ends = clocks().filter((record) => record.ends_at);
      const left = (record) => Date.parse(record.ends_at) - time;
      const name = (record) => `${record.id} ${record.ends_at}`;
      const over = ends.some((one) => ahead.has(name(one)) && left(one) <= 0 && left(one) > -LATE);
      ahead = new Set(ends.filter((one) => left(one) > 0).map(name));
      if (over && isOn()) sound();
    },
  };
}
