// What waits, or was refused, is shown where it belongs: under its form, or on the button that was pressed.
// in: outbox:state   live:applied
(function () {
  'use strict';

  const outbox = (window.thidua || {}).outbox;
  if (!outbox) return;
  let mine = [];

  function buttonOf(entry) {
    if (!entry.button) return null;
    const [name, value] = entry.button;
    return Array.from(document.querySelectorAll('button[name="' + CSS.escape(name) + '"][value="' + CSS.escape(value) + '"]')).find((button) => {
      return new URL(button.getAttribute('formaction') || (button.form && button.form.getAttribute('action')) || '', location.href).pathname === entry.url;
    });
  }

  // ---- buttons ----------------------------------------------------------------------------------------------------------

  function mark(entry) {
    const button = buttonOf(entry);
    if (!button) return;
    button.dataset.waits = entry.parked ? 'refused' : 'sending';
    const sheet = button.closest('details:not([open])'); // put away already: the line it belongs to says it
    const holder = sheet ? sheet.querySelector('summary') : button;
    const note = holder.querySelector('.waits') || holder.appendChild(document.createElement('small'));
    note.className = 'waits';
    note.textContent = entry.parked ? 'chưa được nhận' : 'chờ gửi';
    const group = button.closest('[role="group"]');
    if (entry.parked || !group) return;
    group.querySelectorAll('button[aria-pressed]').forEach((one) => {
      if (one.dataset.was === undefined) one.dataset.was = one.getAttribute('aria-pressed');
      one.setAttribute('aria-pressed', String(one === button));
    });
  }

  function unmark() {
    document.querySelectorAll('button[data-waits]').forEach((button) => { delete button.dataset.waits; });
    document.querySelectorAll('.waits').forEach((note) => note.remove());
    document.querySelectorAll('button[data-was]').forEach((button) => { delete button.dataset.was; });
  }

  // ---- forms ------------------------------------------------------------------------------------------------------------

  function listUnder(form) {
    let list = form.querySelector('.waiting-list');
    if (!list) {
      list = document.createElement('ul');
      list.className = 'waiting-list';
      list.setAttribute('aria-label', 'Chưa gửi xong');
      form.append(list);
    }
    return list;
  }

  function show() {
    unmark();
    const lists = new Map();
    mine.forEach((entry) => {
      if (entry.button) { mark(entry); return; }
      const form = outbox.formOf(entry);
      if (!form || String(entry.id) === form.dataset.outboxEdits && !entry.parked) return;
      if (!lists.has(form)) lists.set(form, []);
      lists.get(form).push(window.thidua.waitingItem(entry, { short: true }));
    });
    document.querySelectorAll('.waiting-list').forEach((list) => { if (!lists.has(list.closest('form'))) list.remove(); });
    lists.forEach((items, form) => listUnder(form).replaceChildren(...items));
  }

  document.addEventListener('outbox:state', (event) => { mine = event.detail.mine; show(); });
  document.addEventListener('live:applied', show);
}());
