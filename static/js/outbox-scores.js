// Scores of the keys as entries of the outbox: fast presses on one score melt into one operation.
// in:  score:chosen {room, criterion, number, perspective, url, fields, baseVersion, draft, shown}   score:discard {key}
// out: score:restore {entry}   score:saved {entry, revision, last}   score:parked {entry}   score:dropped {entry}
(function () {
  'use strict';

  const outbox = (window.thidua || {}).outbox;
  if (!outbox) return;
  const COALESCE = 500;
  const isScore = (entry) => Boolean(entry.criterion && entry.perspective);
  const keyOf = (op) => [op.room, op.criterion, op.perspective, op.fields.for].filter(Boolean).join('/');

  document.addEventListener('score:chosen', (event) => {
    const op = event.detail;
    outbox.add(Object.assign({}, op, {
      kind: 'score', key: keyOf(op), draft: Boolean(op.draft), page: '/checklist-sessions/' + op.room + '?criterion=' + op.criterion,
      label: 'Tiêu chí ' + op.number, words: [op.shown && 'Điểm ' + op.shown, op.fields.reason].filter(Boolean).join(' · '),
    }), COALESCE).catch(() => undefined);
  });
  document.addEventListener('score:discard', (event) => {
    outbox.discard((entry) => isScore(entry) && entry.parked && entry.key === event.detail.key);
  });

  ['saved', 'parked', 'dropped'].forEach((what) => {
    document.addEventListener('outbox:' + what, (event) => {
      if (isScore(event.detail.entry)) outbox.tell('score:' + what, event.detail);
    });
  });
  document.addEventListener('outbox:begun', async () => {
    const room = (document.querySelector('[data-room]') || document.body).dataset.room || '';
    const mine = await window.thidua.store.transact((entries) => ({ result: outbox.mineOf(entries) })); // drafts too
    mine.filter((entry) => isScore(entry) && entry.room === room).forEach((entry) => outbox.tell('score:restore', { entry }));
  });
}());
