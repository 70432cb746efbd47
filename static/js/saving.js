// The state of saving, always in sight, in words and icon; it opens the list of what waits.
// in: outbox:state {mine, waiting, storing, parked, others, reachable, loggedOut, trouble, savedAt, full, blocked}
//     outbox:storing   live:link {up, signedOut}
(function () {
  'use strict';

  const thidua = window.thidua || {};
  let linkUp = true, signedOut = false, firstStatus = null, latest = null;

  const ICONS = {
    saved: '<path d="M4 12.5l5 5L20 6.5"/>',
    saving: '<path d="M20 11a8 8 0 0 0-14.5-4M4 4v4h4M4 13a8 8 0 0 0 14.5 4M20 20v-4h-4"/>',
    offline: '<path d="M3 3l18 18M5 12.5a10 10 0 0 1 4-2.4M19 12.5a10 10 0 0 0-5-2.7M8.5 16a5 5 0 0 1 7 0M12 19.5v.1"/>',
    login: '<path d="M5 11h14v9.5H5zM8 11V7.5a4 4 0 0 1 8 0V11"/>',
    review: '<path d="M12 3.5 2.5 20h19L12 3.5zM12 10v4.5M12 17.4v.1"/>',
    others: '<path d="M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2"/>',
  };

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function waitingLink(words) {
    const link = element('a', words);
    link.href = '/waiting';
    link.dataset.openWaiting = '';
    return link;
  }

  function loginLink() {
    const link = element('a', document.body.dataset.loginWords || 'Đăng nhập lại');
    link.href = thidua.loginUrl();
    return link;
  }

  // [state, words or links…], the gravest first; null leaves what the server wrote.
  function statusOf(state) {
    const n = state.waiting.length, many = thidua.words.count(state.waiting) + ' chờ gửi';
    if (state.blocked) return ['review', 'Xin đóng các trang cũ của chương trình đang mở trên máy này'];
    if (state.full) return ['review', 'Máy này hết chỗ chứa, việc vừa rồi chưa được giữ'];
    if (n && state.loggedOut) return ['login', waitingLink(many), ' · ', loginLink()];
    if (n && (!state.reachable || !navigator.onLine)) return ['offline', 'Mất mạng · ', waitingLink(many)];
    if (n && state.trouble) return ['offline', state.trouble + ' · ', waitingLink(many)];
    if (n && state.waiting.some((entry) => entry.bytes)) return ['saving', waitingLink('Đang gửi tệp…')];
    if (n || state.storing) return ['saving', 'Đang lưu…'];
    if (state.parked.length) return ['review', waitingLink(thidua.words.count(state.parked) + ' cần xem lại')];
    if (signedOut) return ['login', document.body.dataset.loginWords ? 'Đã ra khỏi phòng · ' : 'Phiên làm việc đã hết · ', loginLink()];
    if (!linkUp) return ['offline', 'Mất mạng · đang nối lại'];
    if (state.savedAt) return ['saved', 'Đã lưu lúc ' + thidua.words.clock(state.savedAt)];
    if (state.others.length) return ['others', waitingLink(state.others.reduce((sum, one) => sum + one.count, 0) + ' việc của ' + (state.others.length > 1 ? 'người khác' : state.others[0].name) + ' đang chờ')];
    return null;
  }

  function showStatus(state) {
    const place = document.getElementById('save-status'), status = statusOf(state);
    if (!place) return;
    if (!status) { restoreStatus(place); return; }
    const [name, ...words] = status;
    const shown = name + words.map((one) => (one.textContent === undefined ? one : one.textContent + one.href)).join('');
    if (place.dataset.shown === shown) return;
    if (!firstStatus) firstStatus = { html: place.innerHTML, state: place.dataset.state, hidden: place.hidden };
    const text = element('span');
    text.append(...words);
    place.innerHTML = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">' + ICONS[name] + '</svg>';
    place.append(text);
    place.dataset.shown = shown;
    place.dataset.state = name;
    place.hidden = false;
  }

  function restoreStatus(place) {
    if (!firstStatus) return;
    place.innerHTML = firstStatus.html;
    place.dataset.state = firstStatus.state || '';
    place.hidden = firstStatus.hidden;
    delete place.dataset.shown;
  }

  document.addEventListener('outbox:state', (event) => {
    latest = event.detail;
    showStatus(latest);
  });
  document.addEventListener('outbox:storing', () => {
    showStatus(Object.assign({ waiting: [], parked: [], others: [], reachable: true }, latest, { storing: 1 }));
  });
  document.addEventListener('live:link', (event) => {
    linkUp = event.detail.up;
    signedOut = Boolean(event.detail.signedOut);
    if (latest) showStatus(latest);
  });
}());
