import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { useCatalogue } from '../../static/js/lib/catalogue.js';
import { decisionRowsOf, requirementOf, roomRowOf, ruleWords, statusWords } from '../../static/js/lib/requirement.js';
import { stancesInWords } from '../../static/js/lib/stances.js';

const messages = {
  'element.requires': 'kræver {share}',
  'element.requires.over': 'kræver over {share}',
  'element.requires.party': 'kræver {share}, fordi gruppen selv er part',
  'element.requires.party_among': 'kræver {share}, fordi en af grupperne selv er part',
  'element.requires.parties': 'En gruppe, der selv er part, skal have {share}.',
  'element.requires.blank': 'Blanke tæller ikke med.',
  'mandate.only_if.recommendation': 'Anbefales kun, hvis over {group} i hver gruppe og mindst {room} i hele rummet er for.',
  'mandate.only_if.decision': 'Vedtages kun, hvis over {group} i hver gruppe og mindst {room} i hele rummet er for.',
  'element.status.carried': 'Flertal',
  'element.status.not_carried.share': 'Ikke flertal på {share}',
  'element.status.no_quorum': 'For få stemte',
  'element.stances.for': '{n} for',
  'element.stances.against': '{n} imod',
  'element.stances.blank': ['{n} blank', '{n} blanke'],
};
const settings = {
  group_majority: '1/2',
  binding_majority: '2/3',
  overall_majority: '2/3',
  binding_groups: ['politicians'],
};
beforeEach(() => useCatalogue({ language: 'da', messages }));

test('a group that is a party needs more than the others, and it is said why', () => {
  assert.deepEqual(requirementOf(settings, ['citizens']), { at: 1 / 2, share: '1/2', own: false, words: 'kræver over 1/2' });
  const { at, words } = requirementOf(settings, ['politicians']);
  assert.equal(at, 2 / 3);
  assert.equal(words, 'kræver 2/3, fordi gruppen selv er part');
  assert.match(requirementOf(settings, ['leaders', 'politicians']).words, /en af grupperne/);
  assert.equal(requirementOf(settings, null).words, 'kræver 2/3');
});

test('the settings of the decision are what is drawn', () => {
  const own = { ...settings, group_majority: '3/5', binding_majority: '3/4', overall_majority: '1/2' };
  assert.equal(requirementOf(own, ['citizens']).words, 'kræver over 3/5');
  assert.equal(requirementOf(own, ['politicians']).at, 3 / 4);
  assert.equal(requirementOf(own, null).at, 1 / 2);
  assert.equal(requirementOf({ ...own, binding_majority: '1/2' }, ['politicians']).words, 'kræver over 3/5');
});

test('a status says which majority where it is not the common one', () => {
  const [party, other] = [requirementOf(settings, ['politicians']), requirementOf(settings, ['citizens'])];
  assert.equal(statusWords('not_carried', party), 'Ikke flertal på 2/3');
  assert.equal(statusWords('carried', other), 'Flertal');
  assert.equal(statusWords('no_quorum', party), 'For få stemte');
});

test('while a vote is open the whole rule is said, no stronger than the mandate', () => {
  const { asked, more } = ruleWords('recommendation', { ...settings, binding_groups: [] });
  assert.equal(asked, 'Anbefales kun, hvis over 1/2 i hver gruppe og mindst 2/3 i hele rummet er for.');
  assert.equal(more, 'Blanke tæller ikke med.');
  assert.match(ruleWords('decision', { ...settings, overall_majority: '3/4' }).asked, /^Vedtages .* mindst 3\/4 i hele rummet/);
  assert.match(ruleWords('decision', settings).more, /^En gruppe, der selv er part, skal have 2\/3\. Blanke/);
  assert.equal(ruleWords('decision', { ...settings, binding_majority: '1/2' }).more, 'Blanke tæller ikke med.', 'no more than the others');
});

test('each row of a result has its own requirement, and so has the room', () => {
  const groups = [{ key: 'citizens' }, { key: 'politicians' }];
  const room = { records: { all: () => groups } };
  const result = {
    groups: groups.map(({ key }) => ({ keys: [key], status: 'carried', counts: null })),
    overall: { status: 'carried', counts: null },
  };
  assert.deepEqual(decisionRowsOf(room, { result, settings }).map((row) => row.required.share), ['1/2', '2/3']);
  assert.equal(roomRowOf({ result, settings }).required.share, '2/3');
});

test('blanks are counted aloud; what is none is left out, but never those for', () => {
  assert.equal(stancesInWords({ for: 2, reservation: 0, against: 0, blank: 18 }), '2 for, 18 blanke');
  assert.equal(stancesInWords({ for: 7, reservation: 1, against: 2, blank: 1 }), '8 for, 2 imod, 1 blank');
  assert.equal(stancesInWords({ for: 0, against: 9 }), '0 for, 9 imod');
});

test('a share with words of its own is written in them, any other as a fraction', () => {
  const shares = { 'element.share.1_over_2': 'halvdelen', 'element.share.2_over_3': 'to tredjedele' };
  useCatalogue({ language: 'da', messages: { ...messages, ...shares } });
  assert.equal(requirementOf(settings, ['citizens']).words, 'kræver over halvdelen');
  assert.equal(requirementOf(settings, null).words, 'kræver to tredjedele');
  assert.equal(requirementOf({ ...settings, overall_majority: '3/5' }, null).words, 'kræver 3/5');
});
