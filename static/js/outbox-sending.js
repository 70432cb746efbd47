// Sends what waits: two lanes, so that photographs never hold up a score; back-off with jitter; a refused operation is set
// aside and blocks nothing. Only the answer's header X-Op-Id lets an entry go: a login page with status 200 is no answer.
// in: outbox:wake {delay, now}   live:link {up}     out: outbox:saved   outbox:parked   live:html {html}
(function () {
  'use strict';

  const { store, outbox } = window.thidua || {};
  if (!outbox) return;
  const TIMEOUT = 8000, SLOWEST = 16, LEASE = 12000, RENEW = 4000, FIRST_WAIT = 500, LONGEST_WAIT = 30000;
  const BUSY = [502, 503, 504, 507, 408, 429]; // the server will take it later: nothing is wrong with the entry
  const { link, tell } = outbox;
  const lanes = { fast: { sending: false, timer: 0 }, slow: { sending: false, timer: 0 } };
  let failures = 0;

  const laneOf = (entry) => entry.lane || 'fast';
  const backOff = (tries) => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries, 6)) * (0.7 + 0.6 * Math.random());
  const isAhead = (moment, longest, now) => moment > now && moment <= now + longest; // a clock set back must hold nothing up
  const isHeld = (entry, now) => isAhead(entry.due, LONGEST_WAIT * 1.3, now) || isAhead(entry.lease, LEASE, now);

  function wake(name, delay) {
    const lane = lanes[name];
    clearTimeout(lane.timer);
    lane.timer = setTimeout(() => flush(name), Math.max(0, delay));
  }

  function wakeAll(delay) { Object.keys(lanes).forEach((name) => wake(name, delay)); }

  async function flush(name) {
    const lane = lanes[name];
    if (lane.sending) return;
    let isStuck = false;
    lane.sending = true;
    try {
      for (let entry = await claim(name); entry; entry = await claim(name)) {
        if (!await send(entry)) break;
      }
    } catch (error) { // the store of this device takes nothing just now
      isStuck = true;
      failures += 1;
    } finally { lane.sending = false; }
    const waiting = (await outbox.refresh()).waiting.filter((entry) => laneOf(entry) === name);
    if (!waiting.length) return;
    const now = Date.now(), next = Math.min(...waiting.map((entry) => (isHeld(entry, now) ? Math.max(entry.due, entry.lease) : now)));
    wake(name, link.reachable && !link.loggedOut && !link.trouble && !isStuck ? Math.max(50, next - now) : backOff(failures));
  }

  // On a full device no lease can be written. Sending is what makes room there, and sent by two tabs it is applied once.
  function claim(name) {
    return choose(name, true).catch(() => choose(name, false));
  }

  function choose(name, isLeased) { // the oldest of each order first; a lease keeps other tabs away while it travels
    return store.transact((entries) => {
      const now = Date.now(), earlier = new Set();
      for (const entry of outbox.mineOf(entries)) {
        const order = [entry.room, entry.order || entry.key].join(' ');
        if (!outbox.isWaiting(entry) || earlier.has(order)) continue;
        earlier.add(order);
        if (laneOf(entry) !== name || isHeld(entry, now)) continue;
        entry.attempted = true;
        entry.lease = now + LEASE;
        return { put: isLeased ? [entry] : [], result: entry };
      }
      return {};
    });
  }

  const csrfToken = () => document.querySelector('meta[name="csrf-token"]').content;

  // A redirect is never followed: it may lead to a login page.
  async function send(entry) {
    const abort = new AbortController();
    const limit = setTimeout(() => abort.abort(), TIMEOUT + (entry.bytes || 0) / SLOWEST); // SLOWEST bytes a millisecond
    const lease = setInterval(() => change(entry, { lease: Date.now() + LEASE }), RENEW);
    let response, html;
    try {
      response = await fetch(entry.url, {
        method: 'POST', redirect: 'manual', credentials: 'same-origin', signal: abort.signal,
        headers: { 'X-CSRFToken': csrfToken(), 'X-Requested-With': 'outbox', 'X-Person': entry.person, Accept: 'text/html' },
        body: await bodyOf(entry),
      });
      html = response.type === 'opaqueredirect' ? '' : await response.text();
    } catch (error) { return unreachable(entry); } finally { clearTimeout(limit); clearInterval(lease); }
    return answered(entry, response, html);
  }

  async function bodyOf(entry) {
    const pairs = Array.isArray(entry.fields) ? entry.fields.slice() : Object.entries(entry.fields);
    pairs.push(['op_id', entry.op_id]);
    if (entry.perspective) pairs.push(['perspective', entry.perspective]);
    if (entry.base_version !== undefined) pairs.push(['base_version', entry.base_version]);
    if (!entry.bytes) return new URLSearchParams(pairs);
    const body = new FormData();
    pairs.forEach(([name, value]) => body.append(name, value));
    (await store.filesOf(entry.op_id)).forEach((one) => body.append(one.field, one.blob, one.name));
    return body;
  }

  function answered(entry, response, html) {
    const status = response.status;
    if (BUSY.includes(status)) return unreachable(entry, window.thidua.words.troubleOf(status, html));
    link.reachable = true;
    link.trouble = '';
    failures = 0;
    if (response.ok && response.headers.get('X-Op-Id') === entry.op_id) return acknowledged(entry, response, html);
    if (status < 300 || response.type === 'opaqueredirect' || status === 401) return loginNeeded(entry);
    if (status === 403 || status === 400) return refusedAtTheDoor(entry, status, html);
    if (status >= 500) return broken(entry, status);
    return park(entry, status, html);
  }

  async function acknowledged(entry, response, html) {
    const revision = Number(response.headers.get('X-Revision')) || 0;
    const later = await store.transact((entries) => {
      const after = outbox.mineOf(entries).filter((one) => isOfSameThing(one, entry) && one.id !== entry.id);
      after.forEach((one) => basedOn(one, entry, revision));
      return { put: after, remove: [entry], result: after.length };
    });
    link.savedAt = new Date(response.headers.get('Date') || Date.now());
    link.loggedOut = false;
    if (html) tell('live:html', { html });
    const saved = { entry, revision, last: !later, next: response.headers.get('X-Next') || '' };
    tell('outbox:saved', Object.assign({ here: true }, saved));
    if (outbox.tabs) outbox.tabs.postMessage({ saved });
    return true;
  }

  const isOfSameThing = (one, entry) => one.key === entry.key && one.room === entry.room;

  // What I changed again while my first change travelled is based on that one: nobody came in between, or the server says so.
  // "before-x" says what stood in x when it was typed: now that is what was just taken.
  function basedOn(later, entry, revision) {
    if (later.base_version !== undefined) later.base_version = Math.max(later.base_version, revision);
    if (!Array.isArray(later.fields)) return;
    const taken = new Map(Array.isArray(entry.fields) ? entry.fields : []);
    const standing = (name, value) => {
      if (name === 'base_version') return String(Math.max(Number(value) || 0, revision));
      const field = name.startsWith('before-') ? name.slice('before-'.length) : '';
      return field && taken.has(field) ? taken.get(field) : value;
    };
    later.fields = later.fields.map(([name, value]) => [name, standing(name, value)]);
  }

  async function unreachable(entry, trouble) {
    link.reachable = Boolean(trouble);
    link.trouble = trouble || '';
    failures += 1;
    await change(entry, { lease: 0, due: 0 });
    return false;
  }

  async function loginNeeded(entry) {
    link.loggedOut = true;
    failures = Math.max(failures, 4);
    await change(entry, { lease: 0, due: 0 });
    return false;
  }

  // 400 and 403 may only mean that the token is older than the login: fetch a fresh one, once.
  async function refusedAtTheDoor(entry, status, html) {
    let page;
    try { page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html'); } catch (error) { return unreachable(entry); }
    const meta = page.querySelector('meta[name="csrf-token"]');
    if (!page.body || page.body.dataset.person !== outbox.person || !meta) return loginNeeded(entry);
    if (meta.content === csrfToken() || entry.renewed) return park(entry, status, html);
    document.querySelector('meta[name="csrf-token"]').content = meta.content;
    await change(entry, { renewed: true, lease: 0, due: 0 });
    return true;
  }

  async function broken(entry, status) {
    entry.tries += 1;
    if (entry.tries >= 3) return park(entry, status, '');
    await change(entry, { tries: entry.tries, lease: 0, due: Date.now() + backOff(entry.tries) });
    return true;
  }

  function change(entry, values) {
    return store.transact((entries) => {
      const stored = entries.find((one) => one.id === entry.id);
      return stored ? { put: [Object.assign(stored, values)] } : {};
    });
  }

  // Set aside so that it blocks nothing; dropped when a later choice for the same thing already waits.
  async function park(entry, status, html) {
    const superseded = await store.transact((entries) => {
      const mine = outbox.mineOf(entries);
      if (mine.some((one) => isOfSameThing(one, entry) && one.id > entry.id)) return { remove: [entry], result: true };
      entry.parked = { status, html: entry.criterion ? html : '', words: window.thidua.words.refusalOf(status, html), at: Date.now() };
      entry.lease = 0;
      return { put: [entry], result: false };
    });
    if (!superseded) tell('outbox:parked', { entry });
    if (outbox.tabs) outbox.tabs.postMessage({ changed: true });
    return true;
  }

  // ---- awake --------------------------------------------------------------------------------------------------------

  function tryNow() { failures = 0; wakeAll(0); }
  document.addEventListener('outbox:wake', (event) => { if (event.detail.now) tryNow(); else wakeAll(event.detail.delay); });
  window.addEventListener('online', tryNow);
  window.addEventListener('offline', outbox.refresh);
  window.addEventListener('pageshow', (event) => { if (event.persisted) tryNow(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) tryNow(); });
  document.addEventListener('live:link', (event) => { if (event.detail.up && !link.reachable) tryNow(); });

  async function begin() {
    const state = await outbox.refresh();
    tell('outbox:begun', { mine: state.mine });
    wakeAll(0);
  }
  if (document.readyState === 'complete') begin(); else window.addEventListener('load', begin);
}());
