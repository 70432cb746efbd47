// Keys that are only tried: the stepper counts, "Không xét" and "Bỏ điểm" choose; a form around them sends itself (htmx).
(function () {
  'use strict';

  const itemOf = (inside) => inside.closest('[data-trial-item]');
  const fieldOf = (item) => item.querySelector('.stepper__value input');
  const notApplicableOf = (item) => item.querySelector('[data-na]');

  function parsePoints(text) {
    const match = /^\s*([-\u2212]?)(\d{1,4})(?:[.,](\d{1,2}))?\s*$/.exec(text);
    return match ? (match[1] ? -1 : 1) * (Number(match[2]) * 100 + Number((match[3] || '0').padEnd(2, '0'))) || 0 : null;
  }

  function formatPoints(points) {
    const size = Math.abs(points), rest = size % 100;
    return (points < 0 ? '-' : '') + String((size - rest) / 100) + (rest ? ',' + String(rest).padStart(2, '0').replace(/0$/, '') : '');
  }

  // Of a penalty, which runs up to 0, the far end is the most that is taken away.
  function quickValue(item, name) {
    const most = Number(item.dataset.max) || Number(item.dataset.min) || 0, step = Number(item.dataset.step) || 100;
    if (name === 'half') return formatPoints(Math.sign(most) * Math.floor(Math.abs(most) / 2 / step) * step);
    return name === 'full' ? formatPoints(most) : name;
  }

  // "na" has no place in a field of numbers: it stands in the hidden field beside it, and on the key.
  function write(item, token) {
    const field = fieldOf(item), beside = notApplicableOf(item);
    item.querySelectorAll('input[type="radio"]').forEach((radio) => { radio.checked = radio.value === token; });
    if (field) {
      field.value = token === 'na' ? '' : token;
      if (beside) beside.value = token === 'na' ? '1' : '';
      item.dataset.value = token;
      press(item);
    }
  }

  function press(item) {
    const beside = notApplicableOf(item), field = fieldOf(item);
    const value = item.dataset.value === 'na' || (beside && beside.value) ? 'na' : field.value;
    item.querySelectorAll('[data-set]').forEach((key) => {
      key.setAttribute('aria-pressed', String(value !== '' && quickValue(item, key.dataset.set) === value));
    });
  }

  function add(item, amount) {
    const field = fieldOf(item), least = Number(item.dataset.min) || 0, most = Number(item.dataset.max);
    const before = parsePoints(field.value), from = before === null ? (amount < 0 ? most : 0) : before;
    write(item, formatPoints(Math.min(most, Math.max(least, from + amount))));
  }

  const tell = (item) => item.dispatchEvent(new Event('change', { bubbles: true }));

  document.addEventListener('click', (event) => {
    const key = event.target.closest('button[data-add], button[data-set], button[data-clear]');
    const item = key && itemOf(key);
    if (!item) return;
    if (key.dataset.add !== undefined) add(item, Number(key.dataset.add));
    else write(item, key.dataset.set === undefined ? '' : quickValue(item, key.dataset.set));
    tell(item);
  });

  document.addEventListener('input', (event) => {
    const item = event.target.matches('.stepper__value input') && itemOf(event.target);
    if (!item) return;
    const beside = notApplicableOf(item);
    if (beside) beside.value = '';
    item.dataset.value = event.target.value;
    press(item);
  });

  // Enter in a field counts; it does not send the page away.
  document.addEventListener('keydown', (event) => {
    const item = event.key === 'Enter' && !event.isComposing && event.target.matches('[data-trial-item] input') && itemOf(event.target);
    if (!item) return;
    event.preventDefault();
    if (fieldOf(item)) tell(item);
  });

  const pressAll = (root) => root.querySelectorAll('[data-trial-item]').forEach((item) => { if (fieldOf(item)) press(item); });
  document.addEventListener('htmx:afterSwap', () => pressAll(document));
  pressAll(document);
}());
