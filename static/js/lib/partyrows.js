/** The three lists of an agreement (parties, contributions, mandates) as one row per party, and back. */

const present = (value) => value !== null && value !== undefined && value !== '';

/** What a party gives, with nothing in it yet. */
export const blankGift = () => ({ what: '', how_much: '', by_when: null, contact: '' });

/** A party with nothing in it yet: whether it may say yes itself is unset until somebody says it. */
export const blankRow = () => ({
  name: '',
  group: null,
  gives: [blankGift()],
  kind: null,
  ask_whom: '',
  answer_by: null,
});

const giftOf = ({ what, how_much, by_when, contact }) => ({
  what: what ?? '',
  how_much: how_much ?? '',
  by_when: by_when ?? null,
  contact: contact ?? '',
});

function rowOf(party, contributions, mandates) {
  const gives = contributions.map(giftOf);
  const { kind = null, ask_whom, by_when } = mandates[0] ?? {};
  return {
    name: party.name ?? '',
    group: party.group ?? null,
    gives: gives.length ? gives : [blankGift()],
    kind,
    ask_whom: ask_whom ?? '',
    answer_by: by_when ?? null,
  };
}

/** The rows of the lists; what belongs to no party stands in a row without a name. */
export function rowsOf({ parties, contributions, mandates }) {
  const names = new Set(parties.map((one) => one.name));
  const of = (list, name) => list.filter((one) => one.party === name);
  const rows = parties.map((party) => rowOf(party, of(contributions, party.name), of(mandates, party.name)));
  const loose = (list) => list.filter((one) => !names.has(one.party));
  const [gifts, said] = [loose(contributions), loose(mandates)];
  return gifts.length || said.length ? [...rows, rowOf({}, gifts, said)] : rows;
}

/** The lists of the rows. A party without a name is none yet; what it gives is kept without one. */
export function listsOf(rows) {
  const party = (row) => row.name || null;
  return {
    parties: rows.filter((row) => row.name).map(({ name, group }) => ({ name, group })),
    contributions: rows.flatMap((row) =>
      row.gives
        .filter((gift) => Object.values(gift).some(present))
        .map(({ what, how_much, by_when, contact }) => ({ party: party(row), what, how_much, by_when, contact })),
    ),
    mandates: rows
      .filter((row) => row.kind)
      .map((row) => ({
        party: party(row),
        kind: row.kind,
        ask_whom: row.kind === 'must_ask' ? (row.ask_whom ?? '') : '',
        by_when: row.kind === 'must_ask' ? row.answer_by : null,
      })),
  };
}
