// The minutes while they are written: the stream says that something changed, the page asks for its live part and morphs it in;
// what somebody types stays as it is. Phrases of signed minutes are inserted by a press.   in: live:applied {ids}
(function () {
  'use strict';

  const PAUSE = 1200, READING_PAUSE = 60, TYPING_PAUSE = 500;
  const TYPED_IN = 'input, textarea, select', OURS = new Set(['open']);
  const place = document.querySelector('[data-written]');
  const form = document.getElementById('text-form'), isReading = Boolean(document.getElementById('reading'));
  const isQuiet = (ids) => ids.length > 0 && ids.every((id) => id === 'presence');
  const isTyped = (field) => field === document.activeElement || (field.matches('textarea') && field.value !== field.defaultValue);

  const CALLBACKS = {
    beforeNodeMorphed: (old) => !(old.matches && old.matches(TYPED_IN) && isTyped(old)),
    beforeAttributeUpdated: (name) => !OURS.has(name),
  };

  function partsOf(html) {
    const template = document.createElement('template');
    template.innerHTML = html;
    return Array.from(template.content.children);
  }

  // ---- the preview and the page being read -----------------------------------------------------------------------------

  const textsOf = (root) => new Map(Array.from(root.querySelectorAll('.written__row')).map((row) => [row.id, row.textContent]));

  function show(html, shown) {
    const before = textsOf(place);
    partsOf(html).forEach((fresh) => {
      const old = document.getElementById(fresh.id);
      if (old) Idiomorph.morph(old, fresh, { morphStyle: 'outerHTML', callbacks: CALLBACKS });
      else place.append(fresh);
    });
    place.dataset.shown = shown || '';
    if (before.size) textsOf(place).forEach((text, id) => { if (before.get(id) !== text) flash(id); });
  }

  function flash(id) {
    const row = document.getElementById(id);
    row.setAttribute('data-changed', '');
    setTimeout(() => row.removeAttribute('data-changed'), 1700);
  }

  async function refresh() {
    if (place) {
      const response = await ask(place.dataset.written, { shown: place.dataset.shown || '' });
      if (response) show(response.html, response.shown);
    }
    const composed = document.getElementById('composed');
    if (composed) {
      const response = await ask(composed.dataset.composed, {});
      if (response) showComposed(composed, partsOf(response.html)[0]);
    }
  }

  // Beside a text being typed: what is composed now. Whoever saves has seen it; what another person saved stays a conflict.
  function showComposed(old, fresh) {
    if (!fresh || (old.dataset.seen === fresh.dataset.seen && old.dataset.version === fresh.dataset.version)) return;
    const moved = old.dataset.seen !== fresh.dataset.seen;
    Idiomorph.morph(old, fresh, { morphStyle: 'outerHTML', callbacks: CALLBACKS });
    const folded = document.querySelector('#composed details');
    if (folded) folded.open = true;
    if (!moved || !form) return;
    form.elements.seen.value = fresh.dataset.seen;
    document.getElementById('composed-moved').hidden = false;
  }

  async function ask(url, query) {
    const full = new URL(url, location.href);
    Object.entries(query).forEach(([name, value]) => full.searchParams.set(name, value));
    try {
      const response = await fetch(full.href, { headers: { Accept: 'text/html', 'X-Requested-With': 'live' }, redirect: 'manual', cache: 'no-store' });
      if (response.status !== 200) return null;
      return { html: await response.text(), shown: response.headers.get('X-Shown') };
    } catch (error) { return null; } // no network: the next change asks again, and the header says what is wrong
  }

  // At most one question in a pause, however much happens in the room: the server has scores to take.
  let timer = 0, running = false, again = false;
  function later() { if (!timer) timer = setTimeout(run, isReading ? READING_PAUSE : PAUSE); }
  async function run() {
    timer = 0;
    if (running) { again = true; return; }
    running = true;
    await refresh();
    running = false;
    if (again) { again = false; later(); }
  }

  document.addEventListener('live:applied', (event) => { if (!isQuiet(event.detail.ids)) later(); });

  // ---- phrases ------------------------------------------------------------------------------------------------------------

  const field = document.querySelector('[data-phrases]');
  if (!field) return;
  let typing = 0, asked = 0;

  function lineAround(text, at) {
    const begin = text.lastIndexOf('\n', at - 1) + 1, end = text.indexOf('\n', at);
    return [begin, end < 0 ? text.length : end];
  }

  async function suggest() {
    const mine = asked += 1, [begin, end] = lineAround(field.value, field.selectionEnd);
    const response = await ask(field.dataset.phrases, { like: field.value.slice(begin, end).slice(0, 300) });
    const old = document.getElementById('phrases');
    if (!response || mine !== asked || !old || old.contains(document.activeElement)) return;
    old.replaceWith(partsOf(response.html)[0]);
  }

  field.addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(suggest, TYPING_PAUSE); });

  // On a line of its own after the line of the cursor; nothing that was typed goes.
  function insert(phrase) {
    const [begin, end] = lineAround(field.value, field.selectionEnd);
    const isBlank = !field.value.slice(begin, end).trim();
    field.setRangeText((isBlank ? '' : '\n') + phrase, end, end, 'end');
    field.focus();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-phrase]');
    if (button) insert(button.dataset.phrase);
  });
}());
