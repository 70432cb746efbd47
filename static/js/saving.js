// The state of saving, always in sight, in words and icon; and the scores that must be looked at again.
// in: outbox:state {waiting, parked, others, reachable, loggedOut, savedAt}   live:link {up}      out: score:discard {key}
(function () {
  'use strict';

  const room = (document.querySelector('[data-room]') || document.body).dataset.room || '';
  let linkUp = true, firstStatus = null, latest = null;

  const ICONS = {
    saved: '<path d="M4 12.5l5 5L20 6.5"/>',
    saving: '<path d="M20 11a8 8 0 0 0-14.5-4M4 4v4h4M4 13a8 8 0 0 0 14.5 4M20 20v-4h-4"/>',
    offline: '<path d="M3 3l18 18M5 12.5a10 10 0 0 1 4-2.4M19 12.5a10 10 0 0 0-5-2.7M8.5 16a5 5 0 0 1 7 0M12 19.5v.1"/>',
    login: '<path d="M5 11h14v9.5H5zM8 11V7.5a4 4 0 0 1 8 0V11"/>',
    review: '<path d="M12 3.5 2.5 20h19L12 3.5zM12 10v4.5M12 17.4v.1"/>',
  };
  const svg = (name) => '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">' + ICONS[name] + '</svg>';
  const clock = (moment) => moment.getHours() + ' giờ ' + String(moment.getMinutes()).padStart(2, '0');
  function showStatus(state) {
    const place = document.getElementById('save-status');
    if (!place) return;
    const n = state.waiting;
    let name, words, link = '';
    if (n && state.loggedOut) { name = 'login'; words = n + ' điểm chờ gửi ·'; link = loginLink(); }
    else if (n && (!state.reachable || !navigator.onLine)) { name = 'offline'; words = 'Mất mạng · ' + n + ' điểm chờ gửi'; }
    else if (n) { name = 'saving'; words = 'Đang lưu…'; }
    else if (state.parked.length) { name = 'review'; link = '<a href="#review">' + state.parked.length + ' điểm cần xem lại</a>'; words = ''; }
    else if (!linkUp) { name = 'offline'; words = 'Mất mạng · đang nối lại'; }
    else if (state.savedAt) { name = 'saved'; words = 'Đã lưu lúc ' + clock(state.savedAt); }
    else { restoreStatus(place); return; }
    const html = svg(name) + '<span>' + words + ' ' + link + '</span>';
    if (place.dataset.shown === html) return;
    if (!firstStatus) firstStatus = { html: place.innerHTML, state: place.dataset.state, hidden: place.hidden };
    place.dataset.shown = html;
    place.dataset.state = name;
    place.hidden = false;
    place.innerHTML = html;
  }

  function restoreStatus(place) {
    if (!firstStatus) return;
    place.innerHTML = firstStatus.html;
    place.dataset.state = firstStatus.state || '';
    place.hidden = firstStatus.hidden;
    delete place.dataset.shown;
  }

  const loginLink = () => '<a href="' + document.body.dataset.loginUrl + '?next=' + encodeURIComponent(location.pathname + location.search) + '">Đăng nhập lại</a>';

  function showReview(state) {
    const place = document.getElementById('review');
    if (!place) return;
    place.hidden = !state.parked.length && !state.others.length;
    place.textContent = '';
    if (state.parked.length) {
      place.append(element('h2', state.parked.length + ' điểm cần xem lại'), reviewList(state.parked));
    }
    if (state.others.length) {
      const names = Array.from(new Set(state.others.map((entry) => entry.personName))).join(', ');
      place.append(element('p', 'Máy này còn giữ ' + state.others.length + ' điểm chưa gửi của ' + names + '. Xin người đó đăng nhập lại trên máy này để gửi.'));
    }
  }

  function reviewList(parked) {
    const list = element('ul');
    parked.forEach((entry) => {
      const item = element('li'), buttons = element('div', '', 'row');
      const open = element('a', 'Mở tiêu chí ' + entry.number, 'button');
      open.href = entry.room === room ? '?criterion=' + entry.criterion : '/checklist-sessions/' + entry.room + '?criterion=' + entry.criterion;
      const drop = element('button', 'Bỏ điểm này', 'button button--danger');
      drop.type = 'button';
      drop.addEventListener('click', () => document.dispatchEvent(new CustomEvent('score:discard', { detail: { key: entry.key } })));
      buttons.append(open, drop);
      item.append(element('p', 'Tiêu chí ' + entry.number + ', điểm ' + entry.shown + ': ' + entry.parked.words), buttons);
      list.append(item);
    });
    return list;
  }

  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  document.addEventListener('outbox:state', (event) => {
    latest = event.detail;
    showStatus(latest);
    showReview(latest);
  });
  document.addEventListener('live:link', (event) => {
    linkUp = event.detail.up;
    if (latest) showStatus(latest);
  });
}());
