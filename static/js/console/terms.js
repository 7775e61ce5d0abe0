/** The terms of an agreement are often those of the one before: one press takes them over. */

import { nothing } from '../../vendor/lit-html/lit-html.js';
import { button } from '../elements/buttons.js';
import { t } from '../lib/catalogue.js';
import { storedIn } from '../lib/fields.js';
import { inOrder, markOf } from '../lib/reading.js';
import { change, valueOf } from './saving.js';

/** The first of them in the form. */
export const FIRST_TERM = 'decision_rule';
const TERMS = [FIRST_TERM, 'disagreement', 'openness', 'review_date', 'exit_terms', 'notice_days'];

const said = (value) => value !== null && value !== undefined && value !== '';

/** The way to take them over, where this agreement has none yet and another has. */
export function sameTerms(desk, text) {
  if (TERMS.some((name) => said(valueOf(desk, text, name)))) return nothing;
  const from = inOrder(desk.room.records.all('agreement')).find(
    (one) => one.id !== text.id && one.state !== 'dropped' && said(storedIn(one, FIRST_TERM)),
  );
  if (!from) return nothing;
  const take = () => {
    const given = TERMS.filter((name) => said(storedIn(from, name)));
    given.forEach((name) => change(desk, text, name, storedIn(from, name), true));
  };
  return button({
    label: t('console.terms.same', { mark: markOf(desk.room, from) }),
    icon: 'paper',
    small: true,
    onClick: take,
  });
}
