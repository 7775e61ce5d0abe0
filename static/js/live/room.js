/**
 * The workshop as one phone, console or board sees it: everything a screen draws from, and the one way to change anything.
 *
 * Sync on connect, deltas after, and a sync again whenever something is missing (docs/protocol.md). What the page goes
 * through (hidden, shown, without network) is told to it by `connection.js`.
 */

import { createStorage } from '../lib/browser.js';
import { Clock } from './clock.js';
import { Drafts } from './drafts.js';
import { FINAL, Line, browserWorld } from './line.js';
import { Outbox } from './outbox.js';
import { OwnVotes } from './ownvotes.js';
import { Pace } from './pace.js';
import { Records, gathered, nextFrame } from './records.js';

/** After coming back to a page or a network, a line that does not answer this soon is taken to be dead. */
const PROBE_WITHIN = 4000;
/** Our own command was accepted as number N; if N is not here by then, ms, see whether something went missing. */
const CAUGHT_UP_WITHIN = 10_000;
/** Who has not typed for this long, ms, has stopped writing. */
const WRITING_FOR = 6000;
const BETWEEN_CLOCK_CHECKS = 30_000;
/** So many deltas are held while a sync is on its way; where that was too few, another sync follows. */
const HELD = 100;
/** A facilitator's command is about this moment: not answered by then, ms, it is given back, not done later. */
const MOMENT = 20_000;

export class Room {
  #world;
  #line;
  #listeners = new Set();
  #touch;
  #syncing = null;
  #pace;
  #due = null;
  #held = [];
  #mineSeq = -1;
  #checked = -Infinity;
  #owed = 0;
  #owedTimer = null;
  #own;
  #writingTimer = null;
  #prefix;

  /** The latest `mine`, `me` and `presence` (docs/protocol.md), or null before the first. */
  mine = null;
  me = null;
  presence = null;
  /** Why the server cannot save (docs/protocol.md, `trouble`), or null while it can. */
  trouble = null;

  /**
   * @param {object} how
   * @param {number|string} how.workshop @param {number|string} [how.person] name the storage keys of drafts and outbox
   * @param {string} [how.as] participant, helper, facilitator, board
   * @param {object} [how.tab] @param {Function} [how.others] the tab's own storage, and the other tabs, for `Drafts`
   */
  constructor(how) {
    const { workshop, person = 'me', as = 'participant', storage = createStorage() } = how;
    const { world = browserWorld, schedule = nextFrame, tab, others } = how;
    const prefix = (this.#prefix = `rundbord:${workshop}:${person}:`);
    this.#world = world;
    this.#pace = new Pace(world);
    this.#touch = gathered(schedule, this.#listeners);
    this.#line = new Line(world, this.#pace);
    this.storage = storage;
    this.clock = new Clock(world);
    this.records = new Records(schedule);
    // A helper's device keeps nothing, for it is another person's vote.
    this.#own = as === 'helper' ? null : new OwnVotes(storage, prefix, this.records);
    const written = () => this.#written();
    this.drafts = new Drafts({ storage, tab, others, prefix: `${prefix}draft:`, changed: this.#touch, written });
    this.outbox = new Outbox({
      transmit: (message) => this.#command(message),
      answered: (answer) => this.#answered(answer),
      storage,
      prefix: `${prefix}outbox:`,
      changed: this.#touch,
      world,
      within: as === 'participant' || as === 'helper' ? undefined : MOMENT,
    });
  }

  /** `connecting`, `connected` (and up to date), `offline`, or `closed` for good. */
  get state() {
    return this.#line.state;
  }

  /** `{reason}` when closed for good: `removed`, `ended`, `reload`, `left`, or the refusal that met us. Otherwise null. */
  get closed() {
    return this.#line.closed;
  }

  /** Call `fn()` after anything has changed, gathered to once per frame. Returns a function that stops it. */
  subscribe(fn) {
    this.#listeners.add(fn);
    return () => this.#listeners.delete(fn);
  }

  /** `outbox.send`: `await room.send('post_idea', {text})` → `{ok, seq, result}` or `{ok: false, error}`. Never rejects. */
  send(name, args, how) {
    return this.outbox.send(name, args, how);
  }

  /** `outbox.pending`: what to draw as being sent, waiting, sent or refused. */
  pending() {
    return this.outbox.pending();
  }

  /** Ask something that changes no record, such as `seen`: the answer, or null where none came in time or it was a refusal. */
  async ask(event, data, within = PROBE_WITHIN) {
    const answer = await this.#line.ask(event, data, within).catch(() => null);
    return answer?.ok ? answer : null;
  }

  /**
   * What this person chose in a ballot. After closing nobody else knows it, the server included, so this device keeps its
   * own copy: for the receipt. A helper's device keeps none, for it is another person's vote.
   */
  choices(ballot) {
    return this.mine?.ballots?.[ballot] ?? this.#own?.of(ballot) ?? null;
  }

  /** What this person voted in an open vote that the server does not have (any more), or null: to be said, and sent again. */
  missing(vote) {
    return this.#own?.missing(vote, this.mine) ?? null;
  }

  /** Start talking over this socket, dialled with these `Transports` where there is a choice. */
  attach(socket, transports) {
    const heard = {
      delta: (message) => this.#delta(message),
      mine: ({ seq, mine }) => this.#adoptMine(seq, mine),
      presence: (message) => this.#presence(message),
      trouble: ({ reason }) => this.#troubled(reason),
    };
    // The first sync of a line needs no turn of its own: dialling has paid for it.
    const opened = () => {
      this.#syncing = this.#syncOnce(this.#line.current);
    };
    const lost = () => {
      this.outbox.pause();
      this.trouble = null;
    };
    this.#line.attach(socket, heard, { opened, lost, changed: this.#touch }, transports);
  }

  /** Make sure now that the line is alive and nothing is missing: the page was shown, the network came back. */
  refresh() {
    this.#line.hurry();
    this.#sync(PROBE_WITHIN);
  }

  /** The device says that its network is gone. Believed at once, and tested: a laptop may be its own server. */
  lineDown() {
    this.outbox.pause();
    this.#line.doubt();
    this.#sync(PROBE_WITHIN);
  }

  /** Remove everything of this person and workshop from the device: for a phone that is handed on. */
  forget() {
    this.drafts.forget();
    for (const key of this.storage.keys(this.#prefix)) this.storage.remove(key);
  }

  /** Leave for good. Drafts and unanswered commands stay in storage. */
  leave() {
    this.#line.end('left');
  }

  async #command(message) {
    try {
      return await this.#line.ask('command', message);
    } catch (silence) {
      // Is it only this command, or the whole line?
      this.#sync(PROBE_WITHIN);
      throw silence;
    }
  }

  /** One sync at a time, and not too often; another one is asked for only by what that one leaves missing. */
  #sync(within) {
    const line = this.#line.current;
    if (!line || this.#syncing || this.#due === line) return;
    const wait = this.#pace.take();
    if (!wait) {
      this.#syncing = this.#syncOnce(line, within);
      return;
    }
    this.#due = line;
    this.#world.setTimeout(() => {
      if (this.#due === line) this.#due = null;
      if (line === this.#line.current) this.#sync(within);
    }, wait);
  }

  async #syncOnce(line, within) {
    const sent = this.#world.now();
    const { since, epoch } = this.records;
    let answer = null;
    try {
      answer = await this.#line.ask('sync', { since, epoch }, within);
    } catch {
      this.#line.hangUp(line);
    }
    if (!answer || line !== this.#line.current) return;
    this.#syncing = null;
    if (answer.ok) this.#synced(answer, since, sent);
    else if (FINAL.includes(answer.error?.code)) this.#line.end(answer.error.code);
    else this.#syncLater(answer.error?.retry_after);
  }

  #synced(answer, asked, sent) {
    const { epoch } = this.records;
    this.clock.measure(answer.now, sent);
    let missing = this.records.apply(answer, { asked }) === 'resync';
    if (epoch !== this.records.epoch) this.#mineSeq = -1;
    this.#adoptMine(answer.version ?? answer.to, answer.mine);
    this.me = answer.me ?? this.me;
    for (const delta of this.#held.splice(0)) {
      if (this.records.apply(delta) === 'resync') missing = true;
    }
    this.#touch();
    if (missing) {
      this.#syncLater();
      return;
    }
    this.outbox.seen(this.records.version);
    if (this.state !== 'connected') this.outbox.resume();
    this.#line.good();
  }

  #syncLater(seconds) {
    const line = this.#line.current;
    const ms = seconds ? seconds * 1000 : this.#line.pause();
    this.#world.setTimeout(() => line === this.#line.current && this.#sync(), ms);
  }

  #delta(message) {
    if (this.records.apply(message) === 'resync') {
      if (this.#syncing) this.#held.push(message);
      if (this.#held.length > HELD) this.#held.shift();
      this.#sync();
    }
    this.outbox.seen(this.records.version);
    this.#hear(message);
    this.#touch();
  }

  #presence(message) {
    this.presence = message;
    this.#hear(message);
    this.#touch();
  }

  #troubled(reason) {
    if (!reason) this.outbox.soon();
    this.trouble = reason;
    this.#touch();
  }

  #hear(message) {
    if (!this.clock.hear(message?.now)) return;
    if (Math.abs(this.#world.now() - this.#checked) < BETWEEN_CLOCK_CHECKS) return;
    this.#checked = this.#world.now();
    this.#sync();
  }

  /** Highest number wins; `mine` says its own, the message around it may be older (a repeated answer) or newer. */
  #adoptMine(around, mine) {
    const seq = mine?.seq ?? around;
    if (!mine || !(seq >= this.#mineSeq)) return;
    this.#mineSeq = seq;
    this.mine = mine;
    // `me` comes with a sync only; somebody may have changed the group meanwhile.
    const group = this.records.get(mine.group)?.key;
    if (group && this.me && this.me.group !== group) this.me = { ...this.me, group };
    this.#own?.keep(mine);
    this.#touch();
  }

  #answered({ seq, mine }) {
    this.#adoptMine(seq, mine);
    this.#owed = Math.max(this.#owed, seq);
    // Some time apart, so that the phones of a hall that just voted do not ask all at once.
    this.#owedTimer ??= this.#world.setTimeout(
      () => {
        this.#owedTimer = null;
        if (this.records.version < this.#owed) this.#sync();
      },
      CAUGHT_UP_WITHIN * (1 + 2 * this.#world.random()),
    );
  }

  /** Tell the server, for the count of who is writing, that a text is being written; and when it no longer is. */
  #written() {
    if (this.#writingTimer === null) this.#line.say('writing', { active: true });
    this.#world.clearTimeout(this.#writingTimer);
    this.#writingTimer = this.#world.setTimeout(() => {
      this.#writingTimer = null;
      this.#line.say('writing', { active: false });
    }, WRITING_FOR);
  }
}
