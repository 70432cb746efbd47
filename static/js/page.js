// Every page: csrf header for htmx, one press = one request, failures in words, text size and theme.
(function () {
  'use strict';

  const WORDS = {
    offline: 'Mất mạng: việc vừa rồi chưa gửi được. Không có gì bị mất, xin bấm lại khi có mạng.',
    slow: 'Máy chủ trả lời quá chậm. Xin bấm lại.',
    login: 'Phiên làm việc đã hết. Điều đã nhập vẫn còn ở đây: xin đăng nhập ở trang mới, rồi quay lại bấm lần nữa.',
    again: 'Đã đăng nhập lại. Điều đã nhập vẫn còn; xin bấm lần nữa.',
    forbidden: 'Tài khoản này không được làm việc đó.',
    failed: 'Máy chủ gặp lỗi, việc vừa rồi chưa được lưu. Xin bấm lại; nếu vẫn lỗi, báo quản trị.',
  };

  function say(words) {
    const place = document.getElementById('status');
    if (!place) return;
    place.textContent = words;
    if (words !== WORDS.login) return;
    const link = document.createElement('a');
    link.href = document.body.dataset.loginUrl || '/login';
    link.target = '_blank';
    link.textContent = document.body.dataset.loginWords || 'Đăng nhập';
    place.append(' ', link);
  }

  // The page has to be loaded again; what was just tapped is sent first, and nobody is asked whether to leave.
  const thidua = window.thidua = window.thidua || {};
  thidua.reload = () => {
    const go = () => location.reload();
    if (thidua.outbox) thidua.outbox.goOn(go); else go();
  };

  function csrfToken() {
    const meta = document.querySelector('meta[name="csrf-token"]');
    return meta ? meta.content : '';
  }

  if (document.body.dataset.loginWords) {
    WORDS.login = 'Máy này không còn ở trong phòng họp. Điều đã nhập vẫn còn ở đây: xin vào phòng lại ở trang mới, rồi quay lại bấm lần nữa.';
    WORDS.again = 'Đã vào phòng lại. Điều đã nhập vẫn còn; xin bấm lần nữa.';
  }

  document.addEventListener('live:signed-out', (event) => say(event.detail.words));
  document.addEventListener('live:link', (event) => { if (event.detail.up) say(''); });
  document.addEventListener('htmx:configRequest', (event) => { event.detail.headers['X-CSRFToken'] = csrfToken(); });
  document.addEventListener('htmx:beforeRequest', () => say(''));
  document.addEventListener('htmx:sendError', () => say(WORDS.offline));
  document.addEventListener('htmx:timeout', () => say(WORDS.slow));
  document.addEventListener('htmx:responseError', (event) => {
    const status = event.detail.xhr.status;
    if (status === 400) { renew().then((isMe) => say(isMe ? WORDS.again : WORDS.login), () => say(WORDS.offline)); return; }
    say(status === 401 ? WORDS.login : status === 403 ? WORDS.forbidden : WORDS.failed);
  });
  document.addEventListener('htmx:afterSettle', (event) => focusErrors(event.target));

  function focusErrors(root) {
    const summary = root.querySelector && root.querySelector('[data-focus]');
    if (summary) summary.focus();
  }

  // The login page tells who is logged in now, and gives a token that is not older than that login. Rejects without network.
  async function renew() {
    const page = new DOMParser().parseFromString(await (await fetch('/login', { cache: 'no-store' })).text(), 'text/html');
    const meta = page.querySelector('meta[name="csrf-token"]');
    if (!meta || page.body.dataset.person !== document.body.dataset.person) return false;
    document.querySelector('meta[name="csrf-token"]').content = meta.content;
    document.querySelectorAll('input[name="csrf_token"]').forEach((field) => { field.value = meta.content; });
    return true;
  }

  // Words typed into a plain form leave the page only when the server is there and still knows the person.
  function isToBeAsked(form) {
    return form.dataset.typed && !form.dataset.asked && !form.hasAttribute('hx-post') && document.body.dataset.person;
  }

  async function askFirst(form, button) {
    let words = WORDS.offline;
    try { words = (await renew()) ? '' : WORDS.login; } catch (error) { /* no network: the words say so */ }
    say(words);
    delete form.dataset.sending;
    if (words) return;
    form.dataset.asked = '1';
    form.requestSubmit(button);
  }

  // A second press of the same button while the first is on its way sends nothing. Plain and htmx forms alike.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.outbox !== undefined && (window.thidua || {}).outbox) return; // outbox-forms.js takes it, network or not
    if (form.dataset.sending) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sending = '1';
    if (isToBeAsked(form)) { event.preventDefault(); event.stopImmediatePropagation(); askFirst(form, event.submitter); return; }
    delete form.dataset.asked;
    setTimeout(() => { delete form.dataset.sending; }, 8000);
  }, true);
  document.addEventListener('htmx:afterRequest', (event) => {
    const form = event.target.closest && event.target.closest('form');
    if (form) delete form.dataset.sending;
  });
  window.addEventListener('pageshow', () => {
    document.querySelectorAll('form[data-sending]').forEach((form) => delete form.dataset.sending);
  });

  // What was typed into a plain form and not sent is not left without a question. Scores have their outbox, and what is
  // only tried (data-passing) may go.
  document.addEventListener('input', (event) => {
    const form = event.target.form;
    if (form && form.method === 'post' && !form.dataset.perspective && form.dataset.passing === undefined && !form.querySelector('[type="password"]')) form.dataset.typed = '1';
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
