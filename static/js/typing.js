// Typing a paper in row by row: each row is a normal score of the outbox, so it outlives a lost network and a closed lid.
// A value that is there already is never replaced without asking.
// in: score:restore {entry}   score:saved {entry, revision, last}   score:parked {entry}   score:dropped {entry}    out: score:chosen   score:discard
(function () {
  'use strict';

  const form = document.getElementById('typing');
  if (!form || !(window.thidua || {}).outbox) return; // without the outbox the plain form stays as it is
  const { check, pointsOf, hundredths, words } = window.thidua.typing;
  const room = form.closest('[data-room]').dataset.room;
  const rows = Array.from(form.querySelectorAll('[data-row]'));
  const rowOf = new Map(rows.map((row) => [row.dataset.criterion, row]));
  const box = (row) => row.querySelector('.typing__value input');
  const reason = (row) => row.querySelector('.typing__reason input');
  const keyOf = (row) => [room, row.dataset.criterion, form.dataset.perspective, form.dataset.for].filter(Boolean).join('/');
  const clock = window.thidua.words.clock;
  form.querySelector('[data-whole]').hidden = true;

  // ---- what a row says ----------------------------------------------------------------------------------------------

  function say(row, state, text) {
    row.dataset.state = state;
    const place = row.querySelector('[data-said]'), said = document.createElement('span');
    said.className = 'typing__said';
    said.textContent = text;
    place.replaceChildren(...(text ? [said] : []));
    box(row).toggleAttribute('aria-invalid', state === 'wrong');
  }

  function standing(row, shown, who) {
    const place = row.querySelector('[data-there]'), value = document.createElement('b'), by = document.createElement('small');
    value.textContent = shown;
    by.textContent = who;
    place.replaceChildren(value, ' ', by);
  }

  function ask(row, meant) {
    row.dataset.state = 'asks';
    const keep = button('Giữ ' + row.dataset.shown, () => { giveWay(row); next(row); });
    const take = button('Thay bằng ' + meant.shown, () => { send(row, meant, false); next(row); });
    const text = document.createElement('span');
    text.className = 'typing__said';
    text.textContent = 'Đã có ' + row.dataset.shown + ', phiếu ghi ' + meant.shown + '.';
    row.querySelector('[data-said]').replaceChildren(text, keep, take);
  }

  function button(label, press) {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'button';
    made.textContent = label;
    made.addEventListener('click', press);
    return made;
  }

  function giveWay(row) {
    document.dispatchEvent(new CustomEvent('score:discard', { detail: { key: keyOf(row) } }));
    box(row).value = reason(row).value = '';
    delete row.dataset.sent;
    say(row, '', 'giữ ' + row.dataset.shown);
    add();
  }

  // ---- a row is left ------------------------------------------------------------------------------------------------

  // Whether the next row may follow: false while this one asks or is wrong.
  function leave(row, draft) {
    const typed = box(row).value, why = reason(row).value.trim();
    const meant = check(row.dataset, typed);
    add();
    if (row.dataset.state === 'asks' && row.dataset.asked === typed + '\n' + why) return false;
    if (!meant) {
      if (why && !draft) { say(row, 'wrong', 'Có lý do nhưng chưa có điểm. Xin ghi điểm hoặc “k”.'); return false; }
      if (!['saved', 'waiting'].includes(row.dataset.state)) say(row, '', '');
      return true;
    }
    if (meant.error) { say(row, 'wrong', meant.error); return false; }
    if (row.dataset.sent === meant.token + '\n' + why) {
      if (row.dataset.draft && !draft) send(row, meant, false);
      return true;
    }
    if (isThere(row, meant, why)) { say(row, 'saved', 'giống điểm đã có'); return true; }
    if (Number(row.dataset.version) && !row.dataset.mine) {
      row.dataset.asked = typed + '\n' + why;
      ask(row, meant);
      return false;
    }
    send(row, meant, draft);
    return true;
  }

  const isThere = (row, meant, why) => Number(row.dataset.version) > 0 && row.dataset.token === meant.token && (!why || why === row.dataset.reason);

  function send(row, meant, draft) {
    const why = reason(row).value.trim();
    row.dataset.sent = meant.token + '\n' + why;
    row.dataset.mine = '1';
    row.toggleAttribute('data-draft', Boolean(draft));
    delete row.dataset.asked;
    say(row, 'waiting', draft ? 'đang nhập' : 'chờ gửi');
    const fields = Object.assign({ reason: why || row.dataset.reason }, meant.fields, form.dataset.for ? { for: form.dataset.for } : {});
    document.dispatchEvent(new CustomEvent('score:chosen', { detail: {
      room, criterion: row.dataset.criterion, number: row.dataset.number, perspective: form.dataset.perspective, fields,
      url: form.dataset.scoresUrl.replace('/criteria/0/', '/criteria/' + row.dataset.criterion + '/'),
      baseVersion: Number(row.dataset.version), draft: Boolean(draft), shown: meant.shown, typed: box(row).value, token: meant.token,
    } }));
    add();
  }

  // ---- sums ---------------------------------------------------------------------------------------------------------

  function add() {
    let total = Number(document.getElementById('typing-total').dataset.started), filled = 0;
    rows.forEach((row) => {
      const meant = check(row.dataset, box(row).value);
      const isTyped = meant && !meant.error && row.dataset.state !== 'asks';
      if (isTyped || Number(row.dataset.version)) filled += 1;
      total += isTyped ? meant.points : pointsOf(row.dataset, row.dataset.token || '');
    });
    document.getElementById('typing-total').textContent = words(total);
    document.getElementById('typing-filled').textContent = filled;
    const paper = document.getElementById('total').value.trim(), written = hundredths(paper);
    const differs = paper !== '' && written !== total;
    document.getElementById('typing-paper').classList.toggle('typing__paper--differs', differs);
    let said = paper ? 'Khớp với tổng trên phiếu.' : '';
    if (differs) said = written === null ? '“' + paper + '” không phải là điểm.' : 'Lệch ' + words(Math.abs(total - written)) + ' điểm so với phiếu. Xin xem lại từng dòng.';
    document.getElementById('total-said').textContent = said;
  }

  // ---- keys ---------------------------------------------------------------------------------------------------------

  function next(row, step) {
    const following = rows[rows.indexOf(row) + (step || 1)];
    const field = following ? box(following) : document.getElementById('total');
    field.focus();
    if (field.select) field.select();
  }

  form.addEventListener('keydown', (event) => {
    const row = event.target.closest('[data-row]');
    if (event.isComposing || event.target.matches('button')) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (!row) { add(); return; }
      if (leave(row, false)) next(row); else if (row.dataset.state === 'asks') row.querySelector('[data-said] button').focus(); else box(row).select();
    } else if (row && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      next(row, event.key === 'ArrowUp' && rows.indexOf(row) > 0 ? -1 : event.key === 'ArrowUp' ? 0 : 1);
    }
  });
  form.addEventListener('focusout', (event) => {
    const row = event.target.closest('[data-row]');
    if (!row || event.target.matches('button')) return;
    leave(row, Boolean(event.relatedTarget) && row.contains(event.relatedTarget));
  });
  form.addEventListener('input', add);
  form.addEventListener('submit', (event) => event.preventDefault());

  // ---- what became of it ----------------------------------------------------------------------------------------------

  function mine(entry) { // the row of an entry of this paper
    const isThis = entry.room === room && entry.perspective === form.dataset.perspective && (entry.fields.for || '') === form.dataset.for;
    return isThis ? rowOf.get(String(entry.criterion)) : undefined;
  }

  document.addEventListener('score:restore', (event) => {
    const entry = event.detail.entry, row = mine(entry);
    if (!row || entry.typed === undefined) return;
    box(row).value = entry.typed;
    reason(row).value = entry.fields.reason || '';
    row.dataset.sent = entry.token + '\n' + reason(row).value;
    row.dataset.mine = '1';
    row.toggleAttribute('data-draft', entry.draft);
    if (entry.parked) parked(row, entry); else say(row, 'waiting', entry.draft ? 'đang nhập' : 'chờ gửi');
    add();
  });

  document.addEventListener('score:saved', (event) => {
    const { entry, revision, last } = event.detail, row = mine(entry);
    if (!row || entry.token === undefined) return;
    Object.assign(row.dataset, { version: String(revision), token: entry.token, shown: entry.shown, reason: entry.fields.reason || '' });
    if (!last) return;
    const at = clock(new Date());
    standing(row, entry.shown, at);
    if (row.dataset.state === 'waiting' && !row.dataset.draft) say(row, 'saved', 'đã lưu ' + at);
    add();
  });

  document.addEventListener('score:parked', (event) => {
    const row = mine(event.detail.entry);
    if (row) parked(row, event.detail.entry);
  });

  document.addEventListener('score:dropped', (event) => {
    const row = mine(event.detail.entry);
    if (!row || row.dataset.state !== 'waiting') return;
    delete row.dataset.sent;
    say(row, '', '');
  });

  function parked(row, entry) {
    delete row.dataset.sent;
    const answer = new DOMParser().parseFromString(entry.parked.html || '', 'text/html');
    const theirs = answer.querySelector('[data-conflict="yield"]');
    if (!theirs) { say(row, 'wrong', entry.parked.words); return; }
    Object.assign(row.dataset, { version: theirs.dataset.version, shown: theirs.querySelector('b').textContent, token: '' });
    standing(row, row.dataset.shown, theirs.querySelector('span').textContent.replace(/^Lấy điểm /, ''));
    row.dataset.asked = box(row).value + '\n' + reason(row).value.trim();
    ask(row, check(row.dataset, box(row).value) || { shown: entry.shown });
    add();
  }

  add();
}());
