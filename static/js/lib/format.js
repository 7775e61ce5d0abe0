/**
 * Numbers, dates and lengths of time as people write them, in the language of the texts and the time zone of the browser.
 */

import { locale } from './catalogue.js';

const made = new Map();

/** Making an Intl formatter is slow and using one is fast, so each is made once. */
function formatter(Kind, options) {
  const place = locale();
  const key = `${Kind.name} ${place} ${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, new Kind(place, options));
  return made.get(key);
}

/** 1.234,5 · 1,234.5 */
export function number(value, options = {}) {
  return formatter(Intl.NumberFormat, options).format(value);
}

/** A share between 0 and 1, or a fraction "a/b" of the protocol, as a whole percentage. */
export function percent(share) {
  const value = typeof share === 'string' ? share.split('/').reduce((a, b) => a / b) : share;
  return number(Number(value), { style: 'percent', maximumFractionDigits: 0 });
}

/**
 * A day: "15. januar 2027". A date without a time of day ("2027-01-15") is that day everywhere; a moment is the day it
 * falls on here. What is not a date is given back as it is.
 */
export function date(value, options = { day: 'numeric', month: 'long', year: 'numeric' }) {
  const bare = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  const moment = bare ? new Date(+bare[1], bare[2] - 1, +bare[3]) : new Date(value);
  return Number.isNaN(moment.getTime()) ? String(value) : formatter(Intl.DateTimeFormat, options).format(moment);
}

/** A time of day here: "14.05" · "14:05". */
export function time(value) {
  return date(value, { hour: '2-digit', minute: '2-digit' });
}

/** Day and time here, for something that happened: "15. jan. 14.05". */
export function dayAndTime(value) {
  return date(value, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** What a countdown shows: "4:05", from an hour "1:04:05". Counted up, so that 0:00 is the end and not the last second. */
export function countdown(ms) {
  const total = Math.ceil(ms / 1000);
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** "borgere, byråd og region" */
export function list(words) {
  return formatter(Intl.ListFormat, { type: 'conjunction' }).format(words);
}

/** In the order of the language's alphabet: å after z in Danish. */
export function compareWords(a, b) {
  return formatter(Intl.Collator, {}).compare(a, b);
}
