// Every page: csrf header for htmx, one press = one request, failures in words, text size and theme.
(function () {
  'use strict';

  const WORDS = {
    offline: 'Mất mạng: việc vừa rồi chưa gửi được. Không có gì bị mất, xin bấm lại khi có mạng.',
    slow: 'Máy chủ trả lời quá chậm. Xin bấm lại.',
    login: 'Phiên làm việc đã hết. Xin đăng nhập lại rồi bấm lại.',
    forbidden: 'Tài khoản này không được làm việc đó.',
    failed: 'Máy chủ gặp lỗi, việc vừa rồi chưa được lưu. Xin bấm lại; nếu vẫn lỗi, báo quản trị.',
  };

  function say(words) {
    const place = document.getElementById('status');
    if (place) place.textContent = words;
  }

  function csrfToken() {
    const meta = document.querySelector('meta[name="csrf-token"]');
    return meta ? meta.content : '';
  }

  document.addEventListener('htmx:configRequest', (event) => { event.detail.headers['X-CSRFToken'] = csrfToken(); });
  document.addEventListener('htmx:beforeRequest', () => say(''));
  document.addEventListener('htmx:sendError', () => say(WORDS.offline));
  document.addEventListener('htmx:timeout', () => say(WORDS.slow));
  document.addEventListener('htmx:responseError', (event) => {
    const status = event.detail.xhr.status;
    say(status === 401 ? WORDS.login : status === 403 ? WORDS.forbidden : WORDS.failed);
  });
  document.addEventListener('htmx:afterSettle', (event) => focusErrors(event.target));

  function focusErrors(root) {
    const summary = root.querySelector && root.querySelector('[data-focus]');
    if (summary) summary.focus();
  }

  // A second press of the same button while the first is on its way sends nothing. Plain and htmx forms alike.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sending) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sending = '1';
    setTimeout(() => { delete form.dataset.sending; }, 8000);
  }, true);
  document.addEventListener('htmx:afterRequest', (event) => {
    const form = event.target.closest && event.target.closest('form');
    if (form) delete form.dataset.sending;
  });
  window.addEventListener('pageshow', () => {
    document.querySelectorAll('form[data-sending]').forEach((form) => delete form.dataset.sending);
  });

  // What was typed into a plain form and not sent is not left without a question. Scores have their outbox.
  document.addEventListener('input', (event) => {
    const form = event.target.form;
    if (form && form.method === 'post' && !form.dataset.perspective && !form.querySelector('[type="password"]')) form.dataset.typed = '1';
  });
  window.addEventListener('beforeunload', (event) => {
    if (document.querySelector('form[data-typed]:not([data-sending])')) { event.preventDefault(); event.returnValue = ''; }
  });

  // Size and theme live in a cookie, so the server draws the next page right from its first byte.
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-switch] button');
    if (button) {
      const root = document.documentElement;
      const group = button.closest('[data-switch]');
      root.dataset[group.dataset.switch] = button.value;
      document.cookie = 'appearance=' + root.dataset.theme + '.' + root.dataset.size + ';path=/;max-age=31536000;samesite=lax';
      document.querySelectorAll('[data-switch="' + group.dataset.switch + '"] button').forEach((one) => {
        one.setAttribute('aria-pressed', String(one.value === button.value));
      });
    }
    document.querySelectorAll('details.person[open]').forEach((sheet) => {
      if (!sheet.contains(event.target)) sheet.open = false;
    });
    if (event.target.closest('[data-print]')) window.print();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    document.querySelectorAll('details.person[open]').forEach((sheet) => {
      sheet.open = false;
      sheet.querySelector('summary').focus();
    });
  });

  focusErrors(document);
}());
