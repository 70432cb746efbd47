// Drafts of the preparation save by themselves: a form with data-autosave goes through the outbox as soon as its words rest,
// a chosen file at once. What is not saved yet is never overwritten by an answer; two versions are shown side by side.
// in: outbox:begun   outbox:saved   outbox:parked   outbox:dropped   live:applied
(function () {
  'use strict';

  const outbox = (window.thidua || {}).outbox;
  if (!outbox) return;
  const REST = 700;
  const timers = new Map(); // id of a form -> its timer
  const unsaved = new Map(); // id of a form -> what stands in its fields and is not on the server yet

  const formOf = (id) => id && document.getElementById(id);
  const isField = (field) => field.name && field.matches('input:not([type="hidden"]):not([type="file"]), textarea:not([hidden]), select');
  const fieldsOf = (form) => Array.from(form.elements).filter(isField);
  const isTypedIn = (field) => field.matches('input, textarea') && field.value !== field.defaultValue;
  const valuesOf = (form) => Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  const beforeOf = (form, name) => form.elements['before-' + name];

  function keep(form) { unsaved.set(form.id, valuesOf(form)); }

  function fill(form, values) {
    fieldsOf(form).forEach((field) => {
      if (values[field.name] !== undefined && field.value !== values[field.name]) field.value = values[field.name];
    });
  }

  // ---- saving ---------------------------------------------------------------------------------------------------------

  function differs(form) {
    return fieldsOf(form).some((field) => { const before = beforeOf(form, field.name); return !before || before.value !== field.value; });
  }

  function save(form) {
    clearTimeout(timers.get(form.id));
    timers.delete(form.id);
    if (differs(form) || unsaved.has(form.id)) form.requestSubmit();
  }

  document.addEventListener('input', (event) => {
    const form = event.target.form;
    if (!form || form.dataset.autosave === undefined || !isField(event.target)) return;
    keep(form);
    clearTimeout(timers.get(form.id));
    timers.set(form.id, setTimeout(() => save(form), REST));
  });
  document.addEventListener('change', (event) => {
    const form = event.target.form;
    if (!form) return;
    if (event.target.type === 'file' && form.dataset.sendAtOnce !== undefined && event.target.files.length) form.requestSubmit();
    else if (form.dataset.autosave !== undefined && timers.has(form.id)) save(form);
  });
  function saveAll() { Array.from(timers.keys()).map(formOf).filter(Boolean).forEach(save); }
  window.addEventListener('pagehide', saveAll);
  document.addEventListener('visibilitychange', () => { if (document.hidden) saveAll(); });

  // ---- what the server has, and what it has not -------------------------------------------------------------------------

  const sentBy = (entry) => Object.fromEntries(Array.isArray(entry.fields) ? entry.fields : []);

  document.addEventListener('outbox:saved', (event) => {
    const { entry, last } = event.detail, form = formOf(entry.form);
    if (!form || form.dataset.autosave === undefined || entry.button) return;
    const sent = sentBy(entry), now = valuesOf(form);
    fieldsOf(form).forEach((field) => {
      const before = beforeOf(form, field.name);
      if (before && sent[field.name] !== undefined) before.value = sent[field.name];
    });
    if (last && Object.keys(now).every((name) => sent[name] === undefined || sent[name] === now[name])) unsaved.delete(form.id);
    dropTwo(form);
  });
  document.addEventListener('live:applied', () => {
    unsaved.forEach((values, id) => { const form = formOf(id); if (form) fill(form, values); });
  });
  document.addEventListener('outbox:begun', (event) => { // loaded again while something waits: it stands in its form
    event.detail.mine.forEach((entry) => {
      const form = formOf(entry.form);
      if (!form || form.dataset.autosave === undefined || entry.button) return;
      fill(form, sentBy(entry));
      keep(form);
      if (entry.parked) showTwo(form, entry);
    });
    document.querySelectorAll('form[data-autosave]').forEach((form) => { // typed before this file was there
      if (unsaved.has(form.id) || !fieldsOf(form).some(isTypedIn) || !differs(form)) return;
      keep(form);
      save(form);
    });
  });

  // ---- two people, two versions -------------------------------------------------------------------------------------------

  function dropTwo(form) { form.querySelectorAll('.prep-two').forEach((box) => box.remove()); }

  function line(words, text) {
    const made = document.createElement('p'), strong = document.createElement('b');
    strong.textContent = words + ' ';
    made.append(strong, text);
    return made;
  }

  function press(words, className, act) {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'button ' + className;
    made.textContent = words;
    made.addEventListener('click', act);
    return made;
  }

  async function standing(form) { // as the server has it now
    const response = await fetch(location.href.split('#')[0], { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    return page.getElementById(form.id);
  }

  async function showTwo(form, entry) {
    if (entry.parked.status !== 409) return;
    let theirs;
    try { theirs = await standing(form); } catch (error) { return; }
    if (!theirs || !form.isConnected) return;
    const other = valuesOf(theirs), mine = valuesOf(form);
    const names = Object.keys(other).filter((name) => other[name] !== mine[name]);
    const box = document.createElement('div'), keys = document.createElement('div');
    box.className = 'prep-two';
    keys.className = 'row';
    box.setAttribute('role', 'alert');
    const title = (name) => { const field = form.elements[name]; return field.labels && field.labels[0] ? field.labels[0].textContent : name; };
    names.forEach((name) => box.append(line(title(name) + ', trên máy khác:', other[name] || '(để trống)'), line(title(name) + ', của đồng chí:', mine[name] || '(để trống)')));
    const rebase = () => fieldsOf(form).forEach((field) => { const before = beforeOf(form, field.name); if (before) before.value = other[field.name] || ''; });
    keys.append(
      press('Lấy bản trên máy khác', '', () => { unsaved.delete(form.id); rebase(); fill(form, other); outbox.discard((one) => one.id === entry.id); dropTwo(form); }),
      press('Dùng bản của tôi', 'button--primary', () => { rebase(); keep(form); form.requestSubmit(); dropTwo(form); }));
    box.append(keys);
    dropTwo(form);
    form.append(box);
  }

  document.addEventListener('outbox:parked', (event) => {
    const entry = event.detail.entry, form = formOf(entry.form);
    if (form && form.dataset.autosave !== undefined && !entry.button) showTwo(form, entry);
  });

  // ---- cards ----------------------------------------------------------------------------------------------------------------

  function openNamed() { // a link to a card, or to something in it, unfolds it
    const named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const card = named && named.closest('details.prep-card');
    if (!card) return;
    card.open = true;
    named.scrollIntoView({ block: 'start' });
  }
  window.addEventListener('hashchange', openNamed);
  openNamed();
}());
