// What waits and what was refused, one by one: on its own page, and in a dialog on any page, which works without network.
// in: outbox:state    a click on [data-open-waiting]      out: outbox:discard   outbox:retry
(function () {
  'use strict';

  const thidua = window.thidua || {}, { outbox, store } = thidua;
  if (!outbox) return;
  let state = null, gone = null, dialog = null;

  function make(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function button(words, act, className) {
    const made = make('button', words, 'button' + (className ? ' ' + className : ''));
    made.type = 'button';
    made.addEventListener('click', act);
    return made;
  }

  // ---- one entry ----------------------------------------------------------------------------------------------------------

  const isScore = (entry) => Boolean(entry.criterion && entry.perspective);

  function placeOf(entry) {
    const scores = '/checklist-sessions/' + entry.room;
    if (isScore(entry)) return (location.pathname === scores ? '' : scores) + '?criterion=' + entry.criterion; // cards.js turns to it, network or not
    return (entry.page || '/checklist-sessions/' + entry.room) + (entry.button ? '' : '#outbox-' + entry.id);
  }

  function amend(event, entry) {
    if (isScore(entry)) { if (dialog) dialog.close(); return; }
    if (!outbox.edit || !outbox.edit(entry)) return; // its form is not on this page: the link leads there
    event.preventDefault();
    if (dialog) dialog.close();
  }

  async function drop(entry) {
    const files = await store.filesOf(entry.op_id);
    const dropped = await outbox.discard((one) => one.id === entry.id);
    if (!dropped.length) return;
    gone = { entry, files };
    show();
  }

  function wordsOf(entry) {
    return entry.words || (entry.shown ? 'Điểm ' + entry.shown : '');
  }

  thidua.waitingItem = (entry, options) => {
    const item = make('li', '', 'waiting' + (entry.parked ? ' waiting--refused' : ''));
    const head = make('p', '', 'waiting__head');
    head.append(make('span', entry.parked ? 'Cần xem lại' : 'Chờ gửi', 'chip ' + (entry.parked ? 'chip--bad' : 'chip--warn')));
    head.append(make('b', entry.label || (entry.number ? 'Tiêu chí ' + entry.number : 'Việc của buổi kiểm tra')));
    if (entry.typedAt) head.append(make('span', thidua.words.clock(entry.typedAt), 'soft'));
    item.append(head);
    if (wordsOf(entry)) item.append(make('p', wordsOf(entry), 'waiting__words'));
    if (entry.parked) item.append(make('p', entry.parked.words, 'waiting__answer'));
    const values = entry.parked ? thidua.words.conflictOf(entry.parked.html || '') : [];
    if (values.length) item.append(make('p', values.join('\n'), 'waiting__words'));
    if (entry.parked || !(options && options.short)) item.append(buttons(entry));
    return item;
  };

  function buttons(entry) {
    const row = make('div', '', 'row');
    if (entry.parked) {
      const open = make('a', isScore(entry) ? 'Mở tiêu chí' : entry.button ? 'Mở trang' : 'Sửa', 'button button--primary');
      open.href = placeOf(entry);
      open.addEventListener('click', (event) => amend(event, entry));
      row.append(open, button('Thử gửi lại', () => outbox.tell('outbox:retry', { id: entry.id })));
    }
    row.append(button('Bỏ', () => drop(entry), 'button--danger'));
    return row;
  }

  // ---- the list -------------------------------------------------------------------------------------------------------------

  function paint(root) {
    const parts = [];
    if (gone) parts.push(goneNotice());
    if (state.loggedOut && state.waiting.length) parts.push(loginNotice());
    if (state.parked.length) parts.push(...listOf('Máy chủ chưa nhận', state.parked));
    if (state.waiting.length) parts.push(...listOf('Đang chờ gửi', state.waiting));
    if (!state.mine.length) parts.push(make('p', 'Không còn việc nào của đồng chí chờ trên máy này.', 'soft'));
    state.others.forEach((one) => parts.push(make('p', othersWords(one), 'notice notice--warn')));
    const focused = root.contains(document.activeElement);
    root.replaceChildren(...parts);
    if (focused && gone) root.querySelector('button').focus();
  }

  function listOf(title, entries) {
    const list = make('ul', '', 'waiting-all');
    entries.forEach((entry) => list.append(thidua.waitingItem(entry)));
    return [make('h2', title + ' (' + entries.length + ')'), list];
  }

  function goneNotice() {
    const place = make('div', '', 'notice waiting__gone');
    const undo = button('Hoàn tác', async () => {
      const { entry, files } = gone;
      gone = null;
      await outbox.restore(entry, files);
    });
    place.append(make('p', 'Đã bỏ: ' + [gone.entry.label, wordsOf(gone.entry)].filter(Boolean).join(' · ')), undo);
    return place;
  }

  function loginNotice() {
    const place = make('div', '', 'notice notice--warn');
    const again = document.body.dataset.loginWords || 'Đăng nhập lại', isRoom = Boolean(document.body.dataset.loginWords);
    const link = make('a', again, 'button');
    link.href = thidua.loginUrl();
    place.append(make('p', (isRoom ? 'Máy này không còn ở trong phòng họp. ' : 'Phiên làm việc đã hết. ') + again + ' thì các việc này tự gửi.'), link);
    return place;
  }

  const othersWords = (one) => one.count + ' việc của đồng chí ' + one.name + ' đang chờ trên máy này. Xin đồng chí ấy đăng nhập trên máy này để gửi.';

  thidua.loginUrl = () => document.body.dataset.loginUrl + '?next=' + encodeURIComponent(location.pathname + location.search);

  // ---- the page and the dialog ------------------------------------------------------------------------------------------------

  function show() {
    if (!state) return;
    const page = document.getElementById('waiting');
    if (page) paint(page);
    if (dialog && dialog.open) paint(dialog.querySelector('.waiting-dialog__list'));
  }

  function open() {
    if (!dialog) {
      dialog = make('dialog', '', 'waiting-dialog');
      dialog.setAttribute('aria-labelledby', 'waiting-dialog-title');
      const head = make('div', '', 'waiting-dialog__head'), title = make('h1', 'Việc chờ gửi');
      title.id = 'waiting-dialog-title';
      head.append(title, button('Đóng', () => dialog.close()));
      dialog.append(head, make('div', '', 'waiting-dialog__list stack'));
      document.body.append(dialog);
    }
    gone = null;
    dialog.showModal();
    show();
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest && event.target.closest('[data-open-waiting]');
    if (!link || event.ctrlKey || event.metaKey || document.getElementById('waiting')) return;
    event.preventDefault();
    if (state) open();
  });
  document.addEventListener('outbox:state', (event) => { state = event.detail; show(); });
}());
