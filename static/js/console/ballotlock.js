/** What cannot be changed any more once a ballot is open, in words. */

import { lockedBox } from '../elements/programme.js';
import { t } from '../lib/catalogue.js';

/** The method of a ballot in words. */
function methodWords({ method, settings }) {
  if (method === 'approval') return t('console.method.approval.said', { n: settings.choices });
  if (method === 'dots') return t('console.method.dots.said', { n: settings.dots, per: settings.per_option });
  return t('console.method.positions');
}

/** What was locked when the ballot opened. */
export function locked(ballot) {
  const { settings, options } = ballot;
  const rows = [
    [t('console.ballot.method'), methodWords(ballot)],
    [
      t('console.ballot.options'),
      settings.seats
        ? t('console.ballot.seats_of', { n: settings.seats, whole: options.length })
        : String(options.length),
    ],
  ];
  if (settings.weights)
    rows.push([
      t('console.ballot.weights'),
      t(`console.weights.${typeof settings.weights === 'string' ? settings.weights : 'own'}`),
    ]);
  if (settings.seats) rows.push([t('console.ballot.tie'), t('console.ballot.tie.text')]);
  return lockedBox(t('console.ballot.locked'), rows);
}
