// The outbox of one person on this device: written before it is sent, forgotten only when the server has named the
// operation as committed. This file takes in and tells what waits; outbox-sending.js sends.
//
// in:  outbox:add {room, url, fields {name: value} or [[name, value]], files [{field, name, blob}], label, words, key, order, form, page}
//      outbox:discard {id}   outbox:retry {id}
// out: outbox:state {mine, waiting, storing, parked, others [{name, count}], reachable, loggedOut, trouble, savedAt, full, blocked}
//      outbox:storing {}   outbox:stored {entry}   outbox:saved {entry, revision, last, next, here}   outbox:parked {entry}   outbox:dropped {entry}
// A key: a later entry with the same key takes the place of one not sent yet, and answers a refused one.
// An order: entries of one order travel strictly one after another ("agenda"); without it each travels by itself.
(function () {
  'use strict';

  const thidua = window.thidua, person = document.body.dataset.person;
  if (!person) return;
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('thidua-outbox') : null;
  const link = { reachable: true, loggedOut: false, trouble: '', savedAt: null };
  let unstored = 0, storing = 0, waitingNow = 0, full = false, blocked = false;

  const mineOf = (entries) => entries.filter((entry) => entry.person === person);
  const isWaiting = (entry) => !entry.draft && !entry.parked;
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  // ---- in -----------------------------------------------------------------------------------------------------------

  // `op`: what outbox:add brings, or a score with its criterion; `pause` lets fast presses melt into one.
  async function add(op, pause) {
    const counts = !op.draft;
    let entry;
    unstored += 1;
    if (counts) { storing += 1; tell('outbox:storing', {}); } // under the finger: "Đã lưu" must not stand a moment longer
    try {
      entry = await thidua.store.transact((entries) => place(mineOf(entries), op, pause || 0));
      full = false;
    } catch (error) {
      full = true;
      throw error;
    } finally {
      unstored -= 1;
      if (counts) storing -= 1;
      await refresh();
    }
    tell('outbox:stored', { entry });
    tell('outbox:wake', { delay: pause || 0 });
    if (tabs) tabs.postMessage({ changed: true });
    return entry;
  }

  function place(mine, op, pause) {
    const files = op.files || [];
    const same = op.key ? mine.filter((entry) => entry.key === op.key && entry.room === op.room) : [];
    const unsent = same.find((entry) => !entry.attempted && !entry.parked);
    const entry = Object.assign(unsent || { op_id: thidua.store.newOperationId(), tries: 0, attempted: false, lease: 0 }, op, {
      person, personName: document.body.dataset.personName || '', typedAt: Date.now(), parked: null, due: Date.now() + pause,
      lane: files.length ? 'slow' : 'fast', bytes: files.reduce((sum, one) => sum + one.blob.size, 0),
    });
    if (!entry.key) entry.key = entry.op_id;
    if (op.baseVersion !== undefined) entry.base_version = Math.max(op.baseVersion, (unsent && unsent.base_version) || 0);
    delete entry.files;
    delete entry.replaces;
    return {
      put: [entry], files: files.length ? { [entry.op_id]: files } : {}, result: entry,
      remove: mine.filter((one) => one.parked && (same.includes(one) || one.id === op.replaces)), // a new choice answers a refused one
    };
  }

  async function discard(belongs) {
    const dropped = await thidua.store.transact((entries) => {
      const gone = mineOf(entries).filter((entry) => belongs(entry) && !(entry.lease > Date.now() && !entry.parked));
      return { remove: gone, result: gone };
    });
    await refresh();
    dropped.forEach((entry) => tell('outbox:dropped', { entry }));
    if (tabs) tabs.postMessage({ changed: true });
    return dropped;
  }

  // One step back after "Bỏ": the same operation again, so that it is still applied once at most.
  async function restore(entry, files) {
    const again = Object.assign({}, entry, { lease: 0, due: 0 });
    delete again.id;
    await thidua.store.transact(() => ({ put: [again], files: files.length ? { [again.op_id]: files } : {} }));
    await refresh();
    tell('outbox:wake', { delay: 0 });
  }

  async function retry(id) {
    await thidua.store.transact((entries) => {
      const entry = mineOf(entries).find((one) => one.id === id);
      return entry ? { put: [Object.assign(entry, { parked: null, tries: 0, lease: 0, due: 0, renewed: false })] } : {};
    });
    await refresh();
    tell('outbox:wake', { delay: 0, now: true });
  }

  document.addEventListener('outbox:add', (event) => {
    const op = Object.assign({ kind: 'form', page: location.pathname + location.search }, event.detail);
    add(op).catch(() => undefined); // what could not be stored is told by outbox:state {full}
  });
  document.addEventListener('outbox:discard', (event) => discard((entry) => entry.id === event.detail.id));
  document.addEventListener('outbox:retry', (event) => retry(event.detail.id));

  // ---- telling --------------------------------------------------------------------------------------------------------

  async function refresh() {
    const everything = await thidua.store.transact((entries) => ({ result: entries }));
    const mine = mineOf(everything).filter((entry) => !entry.draft);
    const waiting = mine.filter(isWaiting);
    waitingNow = waiting.length;
    const state = Object.assign({ mine, waiting, parked: mine.filter((entry) => entry.parked), others: othersOf(everything), full, blocked, storing }, link);
    tell('outbox:state', state);
    return state;
  }

  // Whoever uses this tablet next learns that something waits and whose it is, nothing else.
  function othersOf(everything) {
    const counted = new Map();
    everything.filter((entry) => entry.person !== person && !entry.draft).forEach((entry) => {
      counted.set(entry.person, { name: entry.personName, count: ((counted.get(entry.person) || {}).count || 0) + 1 });
    });
    return Array.from(counted.values());
  }

  document.addEventListener('outbox:blocked', (event) => {
    if (blocked === event.detail.blocked) return; // what waits is told once it is read: never "nothing" in between
    blocked = event.detail.blocked;
    tell('outbox:state', Object.assign({ mine: [], waiting: [], parked: [], others: [], full, blocked }, link));
  });
  if (tabs) {
    tabs.onmessage = (event) => {
      if (event.data.saved) tell('outbox:saved', Object.assign({ here: false }, event.data.saved));
      refresh();
    };
  }

  // ---- leaving --------------------------------------------------------------------------------------------------------

  const PATIENCE = 5000;
  let going = null;
  let stays = false; // a link to one of our own pages, with the server there: the next page goes on sending
  document.addEventListener('click', (event) => {
    const anchor = event.target.closest && event.target.closest('a[href]');
    stays = Boolean(anchor) && anchor.origin === location.origin && link.reachable && navigator.onLine;
  }, true);
  window.addEventListener('beforeunload', (event) => {
    if (unstored || (waitingNow && !(stays && link.reachable && navigator.onLine))) { event.preventDefault(); event.returnValue = ''; }
    stays = false;
  });

  // The page goes on by itself, and nobody is asked: once everything is written and, while the server is there, sent. Of
  // several that wish so at the same time, what the person asked for wins over what the stream brought.
  async function goOn(go, isAsked) {
    const isFirst = !going;
    if (isFirst || isAsked) going = go;
    if (!isFirst) return;
    const until = performance.now() + PATIENCE;
    while (unstored || (waitingNow && link.reachable && navigator.onLine && performance.now() < until)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    stays = true;
    const last = going;
    going = null;
    last();
  }

  thidua.outbox = { person, tabs, link, mineOf, isWaiting, tell, add, discard, restore, refresh, goOn };
}());
