// Any <form data-outbox> inside an element with data-room goes through the outbox. Without scripts it is a plain POST.
//
// On the form, or on the pressed button (which goes before it; a button may stand elsewhere: form="…" formaction="…"):
//   data-label="Ghi nhận"    what it is, in words, for whoever looks at what waits
//   data-outbox-words="…"    its content in words; left out: read from the fields
//   data-outbox-key="…"      a later submit with this key takes the place of one not sent yet
//   data-outbox-order="…"    submits of one order travel one after another
//   data-outbox-clear        empties the text fields
//   data-outbox-follow       goes where the plain form would have gone, once the server has it
(function () {
  'use strict';

  const outbox = (window.thidua || {}).outbox;
  if (!outbox) return;
  const SAME_PRESS = 1500;
  const OURS = ['csrf_token', 'op_id'];
  let lastPress = { what: '', at: 0 };
  const here = new Set(); // operations of this page's life: only these are followed and filled in again

  const isOurs = (form) => form.matches('form[data-outbox]:not([data-perspective])') && form.closest('[data-room]');

  document.addEventListener('submit', (event) => {
    if (!event.target.matches || !isOurs(event.target) || event.defaultPrevented) return;
    event.preventDefault();
    take(event.target, event.submitter);
  });

  async function take(form, button) {
    const said = (name) => (button && button.dataset[name] !== undefined ? button.dataset[name] : form.dataset[name]);
    const sent = new FormData(form, button || undefined);
    const pairs = [], files = [];
    sent.forEach((value, name) => {
      if (OURS.includes(name)) return;
      if (value instanceof File) { if (value.size) files.push({ field: name, blob: value, name: value.name }); } else pairs.push([name, value]);
    });
    const url = new URL(button && button.hasAttribute('formaction') ? button.formAction : form.getAttribute('action') || location.href, location.href);
    if (isSamePress(url.pathname + JSON.stringify(pairs))) return;
    const op = {
      kind: 'form', room: form.closest('[data-room]').dataset.room, url: url.pathname + url.search, fields: pairs, files,
      label: said('label') || button && button.textContent.trim() || document.title, words: said('outboxWords') || describe(form, button),
      key: said('outboxKey') || '', order: said('outboxOrder') || '', form: form.id, page: location.pathname + location.search,
      button: button && button.name ? [button.name, button.value] : null,
      replaces: Number(form.dataset.outboxEdits) || 0,
    };
    delete form.dataset.typed;
    delete form.dataset.outboxEdits;
    if (said('outboxClear') !== undefined) clear(form); // at once: what is typed from now on is the next one
    try {
      const entry = await outbox.add(op);
      here.add(entry.op_id);
    } catch (error) { // this device is full, as the status says: back into the form, unless the next is being typed
      lastPress.at = -Infinity;
      if (!form.dataset.typed && !op.button) fill(form, Object.assign({ id: op.replaces || '' }, op));
    }
  }

  function isSamePress(what) { // two quick taps on one button are one wish
    const again = lastPress.what === what && performance.now() - lastPress.at < SAME_PRESS;
    lastPress = { what, at: again ? lastPress.at : performance.now() };
    return again;
  }

  const isText = (field) => field.matches('textarea, input:not([type]), input[type="text"], input[type="search"], input[type="file"]');

  function clear(form) {
    Array.from(form.elements).filter(isText).forEach((field) => { field.value = ''; });
    const first = Array.from(form.elements).find((field) => field.matches('textarea'));
    if (first && !matchMedia('(pointer: coarse)').matches) first.focus();
  }

  // What a person would call the content: the chosen words, then what was typed.
  function describe(form, button) {
    const words = Array.from(form.elements).filter((field) => field.name && !OURS.includes(field.name) && field.type !== 'hidden').map((field) => {
      if (field.type === 'file') return Array.from(field.files).map((file) => file.name).join(', ');
      if (field.matches('select')) return field.value && field.value !== '0' ? field.selectedOptions[0].textContent : '';
      if (field.type === 'radio' || field.type === 'checkbox') return field.checked && field.labels[0] ? field.labels[0].textContent : '';
      return field.matches('button') ? '' : field.value;
    });
    const group = button && button.closest('[role="group"][aria-label]');
    if (button && button.name) words.push(group && group.getAttribute('aria-label'), button.textContent);
    return words.map((one) => (one || '').replace(/\s+/g, ' ').trim()).filter(Boolean).join(' · ');
  }

  // ---- back into the form: "Sửa", and what the server refuses while the form still stands empty -----------------------

  function formOf(entry) {
    if (entry.kind !== 'form' || entry.button) return null;
    const form = (entry.form && document.getElementById(entry.form)) || document.querySelector('form[data-outbox][action="' + CSS.escape(entry.url) + '"]');
    const room = form && form.closest('[data-room]');
    return form && form.matches('form[data-outbox]') && room && room.dataset.room === entry.room ? form : null;
  }

  function fill(form, entry) {
    const given = new Map(entry.fields);
    Array.from(form.elements).forEach((field) => {
      if (!field.name || OURS.includes(field.name) || field.type === 'file') return;
      if (field.type === 'radio' || field.type === 'checkbox') field.checked = entry.fields.some(([name, value]) => name === field.name && value === field.value);
      else if (field.type !== 'hidden' && given.has(field.name)) field.value = given.get(field.name);
    });
    form.dataset.outboxEdits = entry.id;
    form.dataset.typed = '1';
    const fold = form.closest('details');
    if (fold) fold.open = true;
  }

  function edit(entry) {
    const form = formOf(entry);
    if (!form) return false;
    fill(form, entry);
    form.scrollIntoView({ block: 'center' });
    const first = Array.from(form.elements).find((field) => field.matches('textarea, input:not([type="hidden"])'));
    if (first) first.focus({ preventScroll: true });
    return true;
  }

  document.addEventListener('outbox:begun', (event) => {
    const wanted = /^#outbox-(\d+)$/.exec(location.hash);
    const entry = wanted && event.detail.mine.find((one) => one.id === Number(wanted[1]));
    if (entry) edit(entry);
  });
  document.addEventListener('outbox:parked', (event) => {
    const entry = event.detail.entry, form = here.has(entry.op_id) && formOf(entry);
    if (form && !form.dataset.typed) fill(form, entry);
  });
  document.addEventListener('outbox:saved', (event) => {
    const { entry, next } = event.detail;
    if (!here.has(entry.op_id)) return;
    const form = entry.form && document.getElementById(entry.form);
    if (form && form.dataset.outboxFollow !== undefined && /^\/[^/]/.test(next)) follow(next);
  });

  function follow(next) {
    const same = next.split('#')[0] === location.pathname + location.search;
    outbox.goOn(() => {
      location.assign(next);
      if (same) location.reload();
    }, true);
  }

  outbox.edit = edit;
  outbox.formOf = formOf;
}());
