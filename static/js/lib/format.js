/**
 * Numbers, dates and lengths of time as people write them, in the language of the texts and the time zone of the
 * workshop: a device from elsewhere shows the room's clock.
 */

import { locale, t } from './catalogue.js';

/** The zone of workshop/clock.py. */
const ZONE = 'Europe/Copenhagen';
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

/** A share as the server writes it, "a/b" or a whole number, as a number. @param {string} text */
export const shareOf = (text) =>
  text
    .split('/')
    .map(Number)
    .reduce((over, under) => over / under);

/** A share between 0 and 1, or a fraction "a/b" of the protocol, as a whole percentage. */
export function percent(share) {
  const value = typeof share === 'string' ? shareOf(share) : share;
  return number(Number(value), { style: 'percent', maximumFractionDigits: 0 });
}

/**
 * A day: "15. januar 2027". A date without a time of day ("2027-01-15") is that day everywhere; a moment is the day it
 * falls on in the room. What is not a date is given back as it is.
 */
export function date(value, options = { day: 'numeric', month: 'long', year: 'numeric' }) {
  const bare = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  const moment = new Date(bare ? `${value}T12:00Z` : value);
  return Number.isNaN(moment.getTime())
    ? String(value)
    : formatter(Intl.DateTimeFormat, { ...options, timeZone: ZONE }).format(moment);
}

/** A time of day in the room: "14.05" · "14:05". */
export function time(value) {
  return date(value, { hour: '2-digit', minute: '2-digit' });
}

/** A time of day in the room, with its day where that is another than today: "14.05", "14.05 den 3. december". */
export function timeWithDay(value) {
  const inDay = { day: 'numeric', month: 'long' };
  const day = date(value, inDay);
  return day === date(Date.now(), inDay) ? time(value) : t('common.time_on_day', { time: time(value), day });
}

/** Day and time in the room, for something that happened: "15. jan. 14.05". */
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
