// The head of team ends the blind round of one criterion (data-reveal="31") or of all that are hidden now (data-reveal="").
(function () {
  'use strict';

  const main = document.querySelector('[data-room]');
  if (!main) return;

  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-reveal]');
    if (!button || button.hasAttribute('aria-disabled')) return;
    const criterion = button.dataset.reveal, card = button.closest('[data-number]');
    if (!criterion && !window.confirm(button.textContent.trim() + '? Mọi người trong đoàn sẽ thấy các đề xuất đã có.')) return;
    button.setAttribute('aria-disabled', 'true'); // until the live partial takes its place
    document.dispatchEvent(new CustomEvent('outbox:add', { detail: {
      room: main.dataset.room,
      url: '/checklist-sessions/' + main.dataset.room + (criterion ? '/criteria/' + criterion : '') + '/revealing',
      fields: {}, key: 'reveal/' + criterion,
      label: 'Mở đề xuất' + (card ? ' tiêu chí ' + card.dataset.number : ''),
    } }));
  });
  // The server refused, or it was taken back: the button may be pressed again.
  ['outbox:parked', 'outbox:dropped'].forEach((name) => document.addEventListener(name, (event) => {
    if (!String(event.detail.entry.key).startsWith('reveal/')) return;
    document.querySelectorAll('button[data-reveal][aria-disabled]').forEach((one) => one.removeAttribute('aria-disabled'));
  }));
}());
