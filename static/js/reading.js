// Reading aloud: one settled score at a time; after a press the next one that still waits for this person.
(function () {
  'use strict';

  const main = document.querySelector('main[data-wanted]');
  const pages = Array.from(document.querySelectorAll('[data-reading]'));
  if (!main || !pages.length) return;
  const wanted = main.dataset.wanted, left = document.querySelector('[data-reading-left]');
  const sent = new Set(); // pressed here; the server's answer may take a while
  let current = 0;

  const stateOf = (page) => { const check = page.querySelector('[data-check-state]'); return check ? check.dataset.checkState : ''; };
  const waits = (page) => wanted !== '' && stateOf(page) === wanted && !sent.has(page);

  function show(place) {
    current = (place + pages.length) % pages.length;
    pages.forEach((page, index) => { page.hidden = index !== current; });
    tell();
  }

  function tell() {
    const open = pages.filter(waits).length;
    if (!wanted) left.textContent = '';
    else if (open) left.textContent = 'Còn ' + open + ' điểm chờ ' + (wanted === 'unread' ? 'đọc lại' : 'xác nhận') + '.';
    else left.textContent = wanted === 'unread' ? 'Đã đọc lại hết các điểm đã thống nhất.' : 'Không còn điểm nào chờ xác nhận.';
  }

  function next() {
    const order = pages.map((_, index) => (current + 1 + index) % pages.length);
    const following = order.find((index) => waits(pages[index]));
    if (following !== undefined) show(following); else tell();
  }

  document.addEventListener('submit', (event) => {
    const page = event.target.closest('[data-reading]');
    if (!page) return;
    sent.add(page);
    next();
  });
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-reading-step]');
    if (button) show(current + Number(button.dataset.readingStep));
  });
  document.addEventListener('live:applied', () => {
    pages.forEach((page) => { if (stateOf(page) !== wanted) sent.delete(page); });
    tell();
  });
  document.addEventListener('outbox:parked', () => { sent.clear(); tell(); });

  main.classList.add('has-reading');
  const first = pages.findIndex(waits);
  show(first < 0 ? 0 : first);
}());
