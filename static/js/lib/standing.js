/** Where the promises of a closed workshop stand, in words: asked for when something was said, and when a new day begins. */

const TRY_AGAIN = 4000;

/**
 * @param {{asks: string, room: object, draw: () => void}} o who asks, as `whoAsks` says it; `draw` is called when an answer is here
 * @returns {(language: string) => object | null} what `GET /api/standing` answers; an older answer in the language stays until the newer
 *   one is here, null before the first
 */
export function createStanding({ asks, room, draw }) {
  let found = null;
  let of = null;
  let asking = false;

  async function ask(language, wanted) {
    asking = true;
    try {
      const answer = await (await fetch(`/api/standing?${asks}&lang=${language}`, { cache: 'no-store' })).json();
      if (!answer.ok) throw new Error(answer.error?.code);
      found = { language, answer };
      of = wanted;
    } catch {
      of = wanted;
      setTimeout(() => {
        of = null;
        draw();
      }, TRY_AGAIN);
    }
    asking = false;
    draw();
  }

  return function standing(language) {
    const today = new Date(room.clock.now()).toDateString();
    const wanted = [room.records.epoch, room.records.version, today, language].join();
    if (of !== wanted && !asking) ask(language, wanted);
    return found?.language === language ? found.answer : null;
  };
}
