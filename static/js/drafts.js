// What is being typed, and not sent yet, outlives F5 and a killed browser: <form data-draft="conclusion/5"> keeps its text
// fields on this device, for this person, until it was sent. A text that somebody else changed meanwhile is offered, not put over.
(function () {
  'use strict';

  const { store, outbox, words } = window.thidua || {};
  if (!outbox) return;
  const PAUSE = 400;
  const forms = Array.from(document.querySelectorAll('form[data-draft]'));
  const keyOf = (form) => outbox.person + '/' + form.dataset.draft;
  // A name that stands in several rows says nothing about which of them a text belongs to: such rows are left alone.
  const textsOf = (form) => Array.from(form.elements).filter((field) => field.name && field.matches('textarea, input:not([type]), input[type="text"]') && form.elements[field.name] === field);
  const baseOf = (form) => (form.elements.base_version ? form.elements.base_version.value : '');
  const plain = (text) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  const timers = new WeakMap();

  function keep(form, sent) {
    clearTimeout(timers.get(form));
    const texts = textsOf(form).filter((field) => field.value !== field.defaultValue).map((field) => [field.name, field.value]);
    if (!texts.length) return store.dropDraft(keyOf(form));
    return store.keepDraft(keyOf(form), { texts, base: baseOf(form), at: Date.now(), sent: Boolean(sent) });
  }

  function forget(form) {
    clearTimeout(timers.get(form));
    return store.dropDraft(keyOf(form));
  }

  async function restore(form) {
    const draft = await store.draft(keyOf(form));
    if (!draft) return;
    const fields = textsOf(form), news = draft.texts.filter(([name, text]) => {
      const field = fields.find((one) => one.name === name);
      return field && plain(text) !== plain(field.value);
    });
    const wasSaved = draft.sent && draft.base !== baseOf(form); // the server has it, whatever it made of the spaces
    if (!news.length || wasSaved) { forget(form); return; }
    if (draft.base === baseOf(form)) fill(form, draft); else offer(form, draft);
  }

  function fill(form, draft) {
    textsOf(form).forEach((field) => {
      const typed = draft.texts.find(([name]) => name === field.name);
      if (typed) field.value = typed[1];
    });
    form.dataset.typed = '1';
    note(form, 'Điều đang viết dở lúc ' + words.clock(draft.at) + ' vẫn còn ở đây, chưa được lưu.', 'Bỏ bản viết dở', () => {
      textsOf(form).forEach((field) => { field.value = field.defaultValue; });
      delete form.dataset.typed;
      forget(form);
    });
  }

  function offer(form, draft) {
    note(form, 'Máy này còn giữ bản đồng chí viết dở lúc ' + words.clock(draft.at) + '; từ đó đã có người lưu bản khác.', 'Lấy lại bản viết dở', () => fill(form, draft));
  }

  function note(form, text, label, act) {
    const place = form.querySelector('.draft') || document.createElement('div'), line = document.createElement('p'), button = document.createElement('button');
    place.className = 'notice draft';
    place.setAttribute('role', 'status');
    line.textContent = text;
    button.type = 'button';
    button.className = 'button';
    button.textContent = label;
    button.addEventListener('click', () => { place.remove(); act(); });
    place.replaceChildren(line, button);
    form.prepend(place);
  }

  forms.forEach((form) => {
    form.addEventListener('input', () => {
      clearTimeout(timers.get(form));
      timers.set(form, setTimeout(() => keep(form), PAUSE));
    });
    form.addEventListener('submit', () => { if (form.dataset.outbox === undefined) keep(form, true); });
    restore(form);
  });
  document.addEventListener('outbox:stored', (event) => {
    const form = event.detail.entry.form && document.getElementById(event.detail.entry.form);
    if (!form || form.dataset.draft === undefined) return;
    forget(form);
    form.querySelectorAll('.draft').forEach((place) => place.remove());
  });
  ['beforeunload', 'pagehide'].forEach((moment) => window.addEventListener(moment, () => forms.forEach((form) => { if (form.dataset.typed && !form.dataset.sending) keep(form); })));
}());
