// Scores wait here, on this device's disk, until the server names their operation as committed. Nothing else may say "Đã lưu".
//
// in:  score:chosen {room, criterion, number, perspective, url, fields, baseVersion, draft, shown}   score:discard {key}
// out: score:restore {entry}   score:saved {entry, revision, last}   score:parked {entry}   score:dropped {entry}   live:html {html}
//      outbox:state {waiting, parked, others, reachable, loggedOut, savedAt}: saving.js puts it in words
(function () {
  'use strict';

  const person = document.body.dataset.person;
  if (!person) return;
  const COALESCE = 500, TIMEOUT = 8000, LEASE = 12000, FIRST_WAIT = 500, LONGEST_WAIT = 30000;
  const room = (document.querySelector('[data-room]') || document.body).dataset.room || '';
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('thidua-outbox') : null;

  // ---- the store: one transaction reads this person's entries, decides, writes ------------------------------------

  const memory = []; // only where the browser refuses IndexedDB: then the warning before leaving is all there is
  let lastMemoryId = 0;
  const opened = new Promise((resolve) => {
    try {
      const request = indexedDB.open('thidua-outbox', 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('entries', { keyPath: 'id', autoIncrement: true }).createIndex('person', 'person');
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = request.onblocked = () => resolve(null);
    } catch (error) { resolve(null); }
  });

  async function transact(decide) {
    const database = await opened;
    if (!database) return transactInMemory(decide);
    return new Promise((resolve, reject) => {
      const transaction = database.transaction('entries', 'readwrite', { durability: 'strict' });
      const store = transaction.objectStore('entries');
      let result;
      store.getAll().onsuccess = (event) => {
        const mine = event.target.result.filter((entry) => entry.person === person);
        const plan = decide(mine, event.target.result) || {};
        (plan.put || []).forEach((entry) => store.put(entry));
        (plan.remove || []).forEach((entry) => store.delete(entry.id));
        result = plan.result;
      };
      transaction.oncomplete = () => resolve(result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  function transactInMemory(decide) {
    const plan = decide(memory.map((entry) => Object.assign({}, entry)), memory) || {};
    (plan.put || []).forEach((entry) => {
      if (!entry.id) { lastMemoryId += 1; entry.id = lastMemoryId; }
      const place = memory.findIndex((one) => one.id === entry.id);
      if (place < 0) memory.push(entry); else memory[place] = entry;
    });
    (plan.remove || []).forEach((entry) => memory.splice(memory.findIndex((one) => one.id === entry.id), 1));
    return plan.result;
  }

  function newOperationId() { // crypto.randomUUID does not exist on plain http
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  // ---- in -----------------------------------------------------------------------------------------------------------

  const keyOf = (op) => [op.room, op.criterion, op.perspective].join('/');

  function remember(op) {
    return transact((mine) => {
      const same = mine.filter((entry) => entry.key === keyOf(op));
      const unsent = same.find((entry) => !entry.attempted && !entry.parked);
      const entry = Object.assign(unsent || { op_id: newOperationId(), tries: 0, attempted: false, lease: 0 }, {
        person, personName: document.body.dataset.personName || '', key: keyOf(op), room: op.room, criterion: op.criterion,
        number: op.number, perspective: op.perspective, url: op.url, fields: op.fields, shown: op.shown,
        draft: Boolean(op.draft), parked: null, due: Date.now() + COALESCE,
        base_version: Math.max(op.baseVersion, unsent ? unsent.base_version : 0),
      });
      return { put: [entry], remove: same.filter((one) => one.parked) }; // a new choice answers a parked one
    });
  }

  document.addEventListener('score:chosen', async (event) => {
    unstored += 1;
    try { await remember(event.detail); } finally { unstored -= 1; }
    await refresh();
    wake(COALESCE);
    if (tabs) tabs.postMessage('changed');
  });

  document.addEventListener('score:discard', (event) => discard(event.detail.key));

  async function discard(key) {
    const dropped = await transact((mine) => {
      const parked = mine.filter((entry) => entry.key === key && entry.parked);
      return { remove: parked, result: parked[0] };
    });
    await refresh();
    if (dropped) tell('score:dropped', { entry: dropped });
  }

  // ---- out ----------------------------------------------------------------------------------------------------------

  let unstored = 0, sending = false, timer = 0, failures = 0, reachable = true, loggedOut = false, savedAt = null;

  function wake(delay) {
    clearTimeout(timer);
    timer = setTimeout(flush, Math.max(0, delay));
  }

  const backOff = (tries) => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(tries, 6)) * (0.7 + 0.6 * Math.random());

  async function flush() {
    if (sending) return;
    sending = true;
    try {
      for (let entry = await claim(); entry; entry = await claim()) {
        if (!await send(entry)) break;
      }
    } finally { sending = false; }
    const state = await refresh();
    if (!state.waiting) return;
    const pause = reachable && !loggedOut ? Math.max(50, state.nextAt - Date.now()) : backOff(failures);
    wake(pause);
  }

  function claim() { // the oldest entry of each score first; a lease keeps other tabs away while it travels
    return transact((mine) => {
      const now = Date.now(), earlier = new Set();
      for (const entry of mine) {
        if (entry.draft || entry.parked || earlier.has(entry.key)) continue;
        earlier.add(entry.key);
        if (entry.due > now || entry.lease > now) continue;
        entry.attempted = true;
        entry.lease = now + LEASE;
        return { put: [entry], result: entry };
      }
      return {};
    });
  }

  const csrfToken = () => document.querySelector('meta[name="csrf-token"]').content;

  // A redirect is never followed: a login page with status 200 is no answer.
  async function send(entry) {
    const abort = new AbortController();
    const limit = setTimeout(() => abort.abort(), TIMEOUT);
    let response, html;
    try {
      response = await fetch(entry.url, {
        method: 'POST', redirect: 'manual', credentials: 'same-origin', signal: abort.signal,
        headers: { 'X-CSRFToken': csrfToken(), 'X-Requested-With': 'outbox', Accept: 'text/html' },
        body: new URLSearchParams(Object.assign({
          perspective: entry.perspective, op_id: entry.op_id, base_version: entry.base_version }, entry.fields)),
      });
      html = response.type === 'opaqueredirect' ? '' : await response.text();
    } catch (error) { return unreachable(entry); } finally { clearTimeout(limit); }

    const status = response.status;
    if (status === 502 || status === 503 || status === 504 || status === 408 || status === 429) return unreachable(entry);
    reachable = true;
    failures = 0;
    if (status === 200 && response.headers.get('X-Op-Id') === entry.op_id) return acknowledged(entry, response, html);
    if (status < 300 || response.type === 'opaqueredirect' || status === 401) return loginNeeded(entry);
    if (status === 403 || status === 400) return refusedAtTheDoor(entry, status, html);
    if (status >= 500) return broken(entry, status);
    return park(entry, status, html);
  }

  async function acknowledged(entry, response, html) {
    const revision = Number(response.headers.get('X-Revision')) || 0;
    const later = await transact((mine) => {
      const after = mine.filter((one) => one.key === entry.key && one.id !== entry.id);
      after.forEach((one) => { one.base_version = Math.max(one.base_version, revision); });
      return { put: after, remove: [entry], result: after.length };
    });
    savedAt = new Date(response.headers.get('Date') || Date.now());
    loggedOut = false;
    if (html) tell('live:html', { html });
    tell('score:saved', { entry, revision, last: !later });
    if (tabs) tabs.postMessage('changed');
    return true;
  }

  async function unreachable(entry) {
    reachable = false;
    failures += 1;
    await release(entry, 0);
    return false;
  }

  async function loginNeeded(entry) {
    loggedOut = true;
    failures = Math.max(failures, 4);
    await release(entry, 0);
    return false;
  }

  // 400 and 403 may only mean that the token is older than the login: fetch a fresh one, once.
  async function refusedAtTheDoor(entry, status, html) {
    let page;
    try { page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html'); } catch (error) { return unreachable(entry); }
    const meta = page.querySelector('meta[name="csrf-token"]');
    if (!page.body || page.body.dataset.person !== person || !meta) return loginNeeded(entry);
    if (meta.content === csrfToken() || entry.renewed) return park(entry, status, html);
    document.querySelector('meta[name="csrf-token"]').content = meta.content;
    entry.renewed = true;
    await release(entry, 0);
    return true;
  }

  async function broken(entry, status) {
    entry.tries += 1;
    if (entry.tries >= 3) return park(entry, status, '');
    await release(entry, backOff(entry.tries));
    return true;
  }

  function release(entry, pause) {
    return transact((mine) => {
      if (!mine.some((one) => one.id === entry.id)) return {};
      return { put: [Object.assign(entry, { lease: 0, due: Date.now() + pause })] };
    });
  }

  // Set aside so that it blocks nothing; dropped when a later choice for the same score already waits.
  async function park(entry, status, html) {
    const superseded = await transact((mine) => {
      if (mine.some((one) => one.key === entry.key && one.id > entry.id)) return { remove: [entry], result: true };
      entry.parked = { status, html, words: wordsOf(status, html) };
      entry.lease = 0;
      return { put: [entry], result: false };
    });
    if (!superseded) tell('score:parked', { entry });
    return true;
  }

  function wordsOf(status, html) {
    const answer = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-message], .answer strong');
    if (answer && answer.textContent.trim()) return answer.textContent.trim();
    if (status >= 500) return 'Máy chủ gặp lỗi ba lần với điểm này.';
    if (status === 403) return 'Tài khoản này không được ghi điểm ở đây.';
    if (status === 404) return 'Không còn tiêu chí hoặc buổi kiểm tra này.';
    return 'Máy chủ không nhận điểm này.';
  }

  // ---- telling --------------------------------------------------------------------------------------------------------

  let waitingNow = 0;

  async function refresh() {
    const state = await transact((mine, everything) => {
      const waiting = mine.filter((entry) => !entry.draft && !entry.parked);
      return { result: {
        waiting: waiting.length, parked: mine.filter((entry) => entry.parked),
        nextAt: Math.min(...waiting.map((entry) => Math.max(entry.due, entry.lease))),
        others: everything.filter((entry) => entry.person !== person && !entry.draft),
      } };
    });
    waitingNow = state.waiting;
    tell('outbox:state', Object.assign(state, { reachable, loggedOut, savedAt }));
    return state;
  }

  function tell(name, detail) { document.dispatchEvent(new CustomEvent(name, { detail })); }

  // ---- awake --------------------------------------------------------------------------------------------------------

  function tryNow() { failures = 0; wake(0); }
  window.addEventListener('online', tryNow);
  window.addEventListener('offline', refresh);
  window.addEventListener('pageshow', (event) => { if (event.persisted) tryNow(); });
  document.addEventListener('visibilitychange', () => { if (!document.hidden) tryNow(); });
  document.addEventListener('live:link', (event) => {
    if (event.detail.up && !reachable) tryNow();
  });
  if (tabs) tabs.onmessage = () => refresh();
  window.addEventListener('beforeunload', (event) => {
    if (waitingNow || unstored) { event.preventDefault(); event.returnValue = ''; }
  });

  async function begin() {
    const mine = await transact((entries) => ({ result: entries }));
    mine.filter((entry) => entry.room === room).forEach((entry) => tell('score:restore', { entry }));
    await refresh();
    wake(0);
  }
  if (document.readyState === 'complete') begin(); else window.addEventListener('load', begin);
}());
