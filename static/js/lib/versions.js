/** The versions of a text, fetched when somebody looks, and again when there is a new one. */

const TRY_AGAIN = 4000;

/**
 * @param {{asks: string, draw: () => void}} o who asks, as `whoAsks` says it; `draw` is called when an answer is here
 * @returns {(record: object, since?: number) => {found: object | null, failed: boolean}} `found` as `GET /api/versions` gives it; an older
 *   answer stays until the newer one is here
 */
export function createVersions({ asks, draw }) {
  const kept = new Map();
  return function versionsOf(record, since = 0) {
    const key = `${record.id}/${since}`;
    const one = kept.get(key) ?? { of: null, found: null, failed: false };
    kept.set(key, one);
    if (one.of !== record.version) {
      one.of = record.version;
      ask(asks, record.id, since)
        .then(
          (found) => Object.assign(one, { found, failed: false }),
          () => {
            one.failed = true;
            setTimeout(() => {
              one.of = null;
              draw();
            }, TRY_AGAIN);
          },
        )
        .then(draw);
    }
    return one;
  };
}

async function ask(asks, on, since) {
  const answer = await fetch(`/api/versions?${asks}&on=${on}${since ? `&since=${since}` : ''}`);
  const found = await answer.json();
  if (!found.ok) throw new Error(`${on}: ${answer.status}`);
  return found;
}
