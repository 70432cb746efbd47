// What waits stands here, on this device's disk, until the server names its operation as committed.
//
// window.thidua.store.transact(decide): one transaction reads every entry of everybody, decides, writes.
//   decide(entries) -> {put: [entry], remove: [entry], files: {op_id: [{field, name, blob}]}, result}
// window.thidua.store.filesOf(op_id)   .newOperationId()   .draft(key) .keepDraft(key, value) .dropDraft(key)
(function () {
  'use strict';

  const thidua = window.thidua = window.thidua || {};
  const VERSION = 2; // 1 had the store of entries, all of them scores; 2 added files and drafts and leaves those entries as they are
  const memory = { entries: [], files: {}, drafts: {}, lastId: 0 }; // only where the browser refuses IndexedDB: then the warning before leaving is all there is

  let opened = openPatiently();

  async function openPatiently() { // a store that is busy now is open a moment later; none at all is a browser's own decision
    for (const pause of [0, 300, 1500]) {
      if (pause) await new Promise((resolve) => { setTimeout(resolve, pause); });
      const database = 'indexedDB' in window && await open();
      if (database) return database;
    }
    return null;
  }

  function open() {
    return new Promise((resolve) => {
      try {
        const request = indexedDB.open('thidua-outbox', VERSION);
        request.onupgradeneeded = (event) => upgrade(request.result, event.oldVersion);
        request.onsuccess = () => {
          request.result.onversionchange = () => request.result.close(); // a newer page elsewhere must not wait for this one
          request.result.onclose = reopen;
          tell(false);
          resolve(request.result);
        };
        request.onerror = () => resolve(null);
        request.onblocked = () => tell(true); // a page of an older version is open: it is waited for, never written around
      } catch (error) { resolve(null); }
    });
  }

  async function reopen() { // the browser itself let go of the store, as iPads do after a long sleep
    opened = openPatiently();
    await opened;
    document.dispatchEvent(new CustomEvent('outbox:wake', { detail: { delay: 0 } })); // and tells anew what waits
  }

  function upgrade(database, from) {
    if (from < 1) database.createObjectStore('entries', { keyPath: 'id', autoIncrement: true }).createIndex('person', 'person');
    if (from < 2) {
      database.createObjectStore('files', { keyPath: 'op_id' });
      database.createObjectStore('drafts', { keyPath: 'key' });
    }
  }

  function tell(blocked) { document.dispatchEvent(new CustomEvent('outbox:blocked', { detail: { blocked } })); }

  async function begin(stores, mode) {
    const database = await opened;
    return database && database.transaction(stores, mode, { durability: 'strict' });
  }

  function ended(transaction, result) {
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(result());
      transaction.onerror = transaction.onabort = () => reject(transaction.error || new Error('aborted'));
    });
  }

  async function transact(decide) {
    const transaction = await begin(['entries', 'files'], 'readwrite');
    if (!transaction) return transactInMemory(decide);
    const entries = transaction.objectStore('entries'), files = transaction.objectStore('files');
    let result;
    entries.getAll().onsuccess = (event) => {
      const plan = decide(event.target.result) || {};
      (plan.put || []).forEach((entry) => { entries.put(entry).onsuccess = (put) => { entry.id = put.target.result; }; });
      (plan.remove || []).forEach((entry) => { entries.delete(entry.id); files.delete(entry.op_id); });
      Object.keys(plan.files || {}).forEach((op) => files.put({ op_id: op, files: plan.files[op] }));
      result = plan.result;
    };
    return ended(transaction, () => result);
  }

  function transactInMemory(decide) {
    const plan = decide(memory.entries.map((entry) => Object.assign({}, entry))) || {};
    (plan.put || []).forEach((entry) => {
      if (!entry.id) { memory.lastId += 1; entry.id = memory.lastId; }
      const place = memory.entries.findIndex((one) => one.id === entry.id);
      if (place < 0) memory.entries.push(entry); else memory.entries[place] = entry;
    });
    (plan.remove || []).forEach((entry) => {
      memory.entries = memory.entries.filter((one) => one.id !== entry.id);
      delete memory.files[entry.op_id];
    });
    Object.assign(memory.files, plan.files || {});
    return plan.result;
  }

  async function read(store, key) {
    const transaction = await begin([store], 'readonly');
    if (!transaction) return memory[store][key] === undefined ? undefined : { files: memory[store][key], value: memory[store][key] };
    const request = transaction.objectStore(store).get(key);
    return ended(transaction, () => request.result);
  }

  async function filesOf(operation) {
    const row = await read('files', operation);
    return row ? row.files : [];
  }

  async function draft(key) {
    const row = await read('drafts', key);
    return row ? row.value : undefined;
  }

  async function changeDraft(key, value) {
    const transaction = await begin(['drafts'], 'readwrite');
    if (!transaction) { if (value === undefined) delete memory.drafts[key]; else memory.drafts[key] = value; return; }
    const drafts = transaction.objectStore('drafts');
    if (value === undefined) drafts.delete(key); else drafts.put({ key, value, at: Date.now() });
    await ended(transaction, () => undefined);
  }

  function newOperationId() { // crypto.randomUUID does not exist on plain http
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }

  thidua.store = { transact, filesOf, newOperationId, draft, keepDraft: changeDraft, dropDraft: (key) => changeDraft(key) };
}());
