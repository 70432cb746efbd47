// What the outbox says: how many wait, what the server answered. Words only, no state.
(function () {
  'use strict';

  const thidua = window.thidua = window.thidua || {};
  const REFUSALS = {
    403: 'Tài khoản này không được ghi ở đây.',
    404: 'Không còn mục này trong buổi kiểm tra.',
    413: 'Tệp lớn hơn mức cho phép.',
  };

  const parsed = (html) => new DOMParser().parseFromString(html, 'text/html');

  // A score is “điểm”; as soon as something else waits too, all are “việc”.
  function count(entries) {
    return entries.length + (entries.every((entry) => entry.criterion && entry.perspective) ? ' điểm' : ' việc');
  }

  function refusalOf(status, html) {
    const page = parsed(html);
    const said = page.querySelector('[data-message]') || page.querySelector('.answer strong');
    const found = said ? [said] : Array.from(page.querySelectorAll('.error-summary li'));
    const notice = Array.from(page.querySelectorAll('.notice__words'));
    const beneath = notice.flatMap((one) => Array.from(one.children)).filter((one) => !one.querySelector(':scope > strong:only-child'));
    const words = (found.length ? found : beneath.length ? beneath : notice).map((one) => one.textContent.replace(/\s+/g, ' ').trim()).filter(Boolean);
    if (words.length) return Array.from(new Set(words)).join(' ');
    if (status >= 500) return 'Máy chủ gặp lỗi ba lần với việc này.';
    return REFUSALS[status] || 'Máy chủ không nhận việc này.';
  }

  // Why a server that is there does not take anything now: the title of its notice.
  function troubleOf(status, html) {
    const title = parsed(html).querySelector('.notice strong');
    if (title) return title.textContent.trim();
    return status === 507 ? 'Máy chủ hết chỗ lưu' : status === 429 ? 'Gửi quá nhanh' : '';
  }

  // Two people, two scores: both values as the server told them, in the order mine, theirs.
  function conflictOf(html) {
    return Array.from(parsed(html).querySelectorAll('.conflict__choice')).map((choice) => {
      return Array.from(choice.children).map((part) => part.textContent.trim()).join(': ');
    });
  }

  // Told in Vietnam's time like every hour the server writes, whatever zone this device was set to.
  function clock(moment) {
    const local = (when) => new Date(new Date(when).getTime() + 7 * 3600000);
    const day = local(moment), today = day.toISOString().slice(0, 10) === local(Date.now()).toISOString().slice(0, 10);
    return day.getUTCHours() + ' giờ ' + String(day.getUTCMinutes()).padStart(2, '0') + (today ? '' : ', ngày ' + day.getUTCDate() + '/' + (day.getUTCMonth() + 1));
  }

  thidua.words = { count, refusalOf, troubleOf, conflictOf, clock };
}());
