// Parts brought by the stream get their buttons working; a page follows when the half-day opens or closes, unless
// somebody is typing; the tab of this page is in sight.   in: live:applied {ids}
(function () {
  'use strict';

  function isTyping() {
    return Array.from(document.querySelectorAll('main textarea, main input:not([type])'))
      .concat(Array.from(document.querySelectorAll('main input[type="text"]')))
      .some((field) => field.value !== field.defaultValue);
  }

  function followState() {
    const state = document.getElementById('room-state');
    const page = document.querySelector('main[data-shown-state]');
    if (!state || !page || state.dataset.state === page.dataset.shownState) return;
    if (document.querySelector('form[data-sending]')) return; // it was me: the answer is on its way
    if (!isTyping()) { window.thidua.reload(); return; }
    const notice = document.getElementById('notice');
    if (!notice) return;
    const words = document.createElement('p');
    words.className = 'notice notice--warn';
    words.textContent = 'Buổi kiểm tra vừa chuyển sang: ' + state.textContent.trim() + '. Điều đang nhập vẫn còn; xin bấm lưu, hoặc mở lại trang để xem bản mới.';
    notice.replaceChildren(words);
  }

  document.addEventListener('live:applied', (event) => {
    event.detail.ids.forEach((id) => {
      const part = document.getElementById(id);
      if (part && part.querySelector('[hx-post]')) htmx.process(part);
    });
    if (event.detail.ids.includes('room-state')) followState();
  });

  // A tap closes the sheet it was made in; a tap beside a sheet closes it, too.
  const SHEETS = 'details.attendance__more[open], details.agenda__skip[open]';
  function closeSheets(except) {
    document.querySelectorAll(SHEETS).forEach((sheet) => { if (!except || !sheet.contains(except)) sheet.open = false; });
  }
  document.addEventListener('click', (event) => closeSheets(event.target));
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') closeSheets(); });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.matches('form.tap')) return;
    if (!form.elements.csrf_token) { // came by the stream, which carries no token; the outbox sends its own
      const token = document.createElement('input');
      Object.assign(token, { type: 'hidden', name: 'csrf_token', value: document.querySelector('meta[name="csrf-token"]').content });
      form.prepend(token);
    }
    closeSheets();
  }, true);

  const tab = document.querySelector('.session-tabs [aria-current]');
  if (tab) tab.scrollIntoView({ block: 'nearest', inline: 'center' });
}());
