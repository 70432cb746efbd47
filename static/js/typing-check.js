// One box of a paper as typed: what it means, or the sentence that says what is wrong. The same rules as rules/typed_entry.py,
// which has the last word; here they only answer at once and without a network.
(function () {
  'use strict';

  const NUMBER = /^([-−]?)(\d{1,4})(?:[.,](\d{1,2}))?$/;
  const LEVEL = /^(?:m|mức)?\s*([1-9]\d?)\)?$/i;

  const words = (points) => {
    const whole = Math.trunc(Math.abs(points) / 100), rest = String(Math.abs(points) % 100).padStart(2, '0').replace(/0+$/, '');
    return (points < 0 ? '-' : '') + whole + (rest ? ',' + rest : '');
  };
  const hundredths = (text) => {
    const found = NUMBER.exec(text.trim());
    return found ? (found[1] ? -1 : 1) * (Number(found[2]) * 100 + Number((found[3] || '').padEnd(2, '0'))) : null;
  };
  const limit = (text) => (text === '' ? null : Number(text));

  // {token, shown, points, fields} · {error} · null for an empty box. `about` is the row's dataset.
  function check(about, typed) {
    const text = typed.trim(), wrong = (what) => ({ error: 'Tiêu chí ' + about.number + ': ' + what });
    if (!text) return null;
    if (['k', 'kx', 'không xét', 'khong xet'].includes(text.toLowerCase())) return { token: 'na', shown: 'k', points: 0, fields: { not_applicable: '1' } };
    if (about.kind === 'note') return { token: 't' + text, shown: 'đã ghi', points: 0, fields: { text } };
    if (about.kind === 'count') return /^\d{1,3}$/.test(text) ? counted(about, Number(text)) : wrong('số lần phải là số nguyên từ 0 đến 999.');
    if (about.kind === 'levels') return level(about, text) || wrong('chỉ có các mức ' + about.levels.split(' ').map((one) => words(Number(one))).join(', ') + '.');
    return points(about, text) || wrong(range(about));
  }

  function points(about, text) {
    let value = hundredths(text);
    if (value === null) return null;
    if (about.polarity === 'penalty') value = -Math.abs(value);
    const least = limit(about.least), most = limit(about.most), step = Number(about.step);
    if ((least !== null && value < least) || (most !== null && value > most)) return null;
    if (value % step !== 0 && value !== least && value !== most) return null;
    return { token: 'p' + value, shown: words(value), points: value, fields: { points: words(value) } };
  }

  function level(about, text) {
    const levels = about.levels.split(' ').map(Number), named = LEVEL.exec(text);
    let at = -1;
    if (!named || /^\d+$/.test(text)) {
      const value = hundredths(text);
      at = value === null ? -1 : levels.indexOf(value);
      if (at < 0 && value !== null && about.polarity === 'penalty') at = levels.indexOf(-Math.abs(value));
    }
    if (at < 0 && named && Number(named[1]) <= levels.length) at = Number(named[1]) - 1;
    return at < 0 ? null : { token: 'l' + at, shown: words(levels[at]), points: levels[at], fields: { level: String(at) } };
  }

  function counted(about, count) {
    const each = Number(about.each), least = limit(about.least), most = limit(about.most);
    let value = about.polarity === 'penalty' ? -Math.abs(each) * count : (each < 0 ? (most || 0) : 0) + each * count;
    if (most !== null) value = Math.min(value, most);
    if (least !== null) value = Math.max(value, least);
    return { token: 'c' + count, shown: words(value), points: value, fields: { count: String(count) } };
  }

  function range(about) {
    const penalty = about.polarity === 'penalty', least = penalty ? 0 : limit(about.least) || 0;
    const most = penalty ? (about.least === '' ? null : -Number(about.least)) : limit(about.most);
    return (penalty ? 'điểm trừ' : 'điểm') + ' phải từ ' + words(least) + (most === null ? ' trở lên' : ' đến ' + words(most)) +
      ', mỗi nấc ' + words(Number(about.step)) + '. Xin nhập lại.';
  }

  // What a standing value (its token) adds to the sum.
  function pointsOf(about, token) {
    const number = Number(token.slice(1));
    if (token[0] === 'p') return number;
    if (token[0] === 'l') return Number(about.levels.split(' ')[number]) || 0;
    return token[0] === 'c' ? counted(about, number).points : 0;
  }

  window.thidua = Object.assign(window.thidua || {}, { typing: { check, pointsOf, hundredths, words } });
}());
