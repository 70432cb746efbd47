// What others do, within a blink: reads the stream with our own cursor, morphs each partial into the element of the same id.
// in: live:html {html}    out: live:applied {ids}   live:link {up, signedOut}   live:signed-out {words}
(function () {
  'use strict';

  const root = document.querySelector('[data-live]');
  if (!root) return;
  const SILENCE = 35000, POLL = 2000, LONGEST_POLL = 8000, GRACE = 10000, LONGEST_WAIT = 30000;
  let cursor = Number(root.dataset.revision) || 0;
  let source = null, heardAt = 0, failures = 0, reopenTimer = 0, pollTimer = 0, hideTimer = 0, followTimer = 0, linkUp = true, isSignedOut = false;

  // ---- showing ------------------------------------------------------------------------------------------------------

  const TYPED_IN = 'input, textarea, select';
  const OURS = new Set(['open', 'aria-current', 'data-current', 'data-here']); // set on this screen, unknown to the server
  const QUIET = new Set(['presence']); // people come and go without catching the eye
  // A field with the focus is left alone whole; a button with the focus follows: what stands on it is what a press does.
  const CALLBACKS = {
    beforeNodeMorphed: (old) => !(old === document.activeElement && old.matches && old.matches(TYPED_IN)),
    beforeAttributeUpdated: (name) => !OURS.has(name),
  };

  function apply(html) {
    const template = document.createElement('template');
    template.innerHTML = html;
    const ids = [];
    Array.from(template.content.children).forEach((fresh) => {
      const old = fresh.id && document.getElementById(fresh.id);
      if (!old) return;
      const differs = old.textContent !== fresh.textContent;
      Idiomorph.morph(old, fresh, { morphStyle: 'outerHTML', callbacks: CALLBACKS });
      ids.push(fresh.id);
      if (differs && !QUIET.has(fresh.id)) flash(fresh.id);
    });
    document.dispatchEvent(new CustomEvent('live:applied', { detail: { ids } }));
  }

  function flash(id) {
    const shown = document.getElementById(id);
    if (!shown) return;
    shown.setAttribute('data-changed', '');
    setTimeout(() => shown.removeAttribute('data-changed'), 1700);
  }

  // The session was opened or closed: other keys are allowed now, so load the page again, but never under somebody's pen.
  function followState() {
    const state = document.getElementById('room-state');
    if (!state || !root.dataset.state || state.dataset.state === root.dataset.state) return;
    clearTimeout(followTimer);
    const isWriting = document.activeElement.matches('textarea, input:not([type="radio"])');
    if (!isWriting && document.querySelector('form[data-pending]')) followTimer = setTimeout(followState, 200); // a tap on its way out
    else if (!isWriting) window.thidua.reload();
    else document.getElementById('status').textContent = 'Buổi kiểm tra vừa chuyển sang: ' + state.textContent + '. Xin tải lại trang sau khi viết xong.';
  }

  document.addEventListener('live:applied', followState);
  document.addEventListener('live:html', (event) => apply(event.detail.html));

  // ---- the stream ---------------------------------------------------------------------------------------------------

  function address(url) {
    const full = new URL(url, location.href);
    full.searchParams.set('last', String(cursor));
    return full.href;
  }

  function open() {
    close();
    heardAt = performance.now();
    const stream = source = new EventSource(address(root.dataset.streamUrl));
    stream.addEventListener('open', () => { heard(); stopPolling(); });
    stream.addEventListener('change', (event) => {
      heard();
      const revision = Number(event.lastEventId);
      if (revision && revision <= cursor) return;
      apply(event.data);
      if (revision) cursor = revision;
    });
    stream.addEventListener('presence', (event) => { heard(); apply(event.data); });
    stream.addEventListener('hb', (event) => {
      heard();
      if (Number(event.data) > cursor) { failures += 1; reopenAfter(failures > 1 ? pause() : 0); } else { failures = 0; }
    });
    // The browser would reconnect by itself, but forgets the cursor after a 503 and gives up: so we do it.
    stream.addEventListener('error', () => {
      if (stream !== source) return;
      close();
      failures += 1;
      startPolling();
      reopenAfter(pause());
    });
  }

  function heard() { heardAt = performance.now(); setLink(true); }
  function pause() { return Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(failures, 5)) * (0.7 + 0.6 * Math.random()); }
  function reopenAfter(delay) { clearTimeout(reopenTimer); reopenTimer = setTimeout(open, delay); }
  function close() { clearTimeout(reopenTimer); if (source) source.close(); source = null; }

  function setLink(up, signedOut = false) {
    if (up === linkUp && signedOut === isSignedOut) return;
    linkUp = up;
    isSignedOut = signedOut;
    document.dispatchEvent(new CustomEvent('live:link', { detail: { up, signedOut } }));
  }

  // The login has ended, or the head of team has sent this device out: the server's own words say that nothing is lost.
  async function tellSignedOut(response) {
    const words = (await response.text()).slice(0, 300);
    if (!isSignedOut) document.dispatchEvent(new CustomEvent('live:signed-out', { detail: { words } }));
    setLink(false, true);
  }

  // ---- without a stream -----------------------------------------------------------------------------------------------

  function startPolling() { if (!pollTimer) pollTimer = setTimeout(poll, 0); }
  function stopPolling() { clearTimeout(pollTimer); pollTimer = 0; }

  let peopleShown = '0'; // the server's name for what was last told of who is here

  async function poll() {
    const from = cursor, abort = new AbortController();
    const limit = setTimeout(() => abort.abort(), LONGEST_POLL); // a network that is cut answers nothing, not even no
    try {
      const response = await fetch(address(root.dataset.changesUrl) + '&presence=' + peopleShown, { signal: abort.signal, headers: { Accept: 'text/html', 'X-Requested-With': 'live' }, redirect: 'manual', cache: 'no-store' });
      if (response.status === 200 && response.headers.has('X-Revision')) {
        const html = await response.text();
        if (cursor === from) {
          apply(html);
          cursor = Number(response.headers.get('X-Revision'));
          peopleShown = response.headers.get('X-Presence') || peopleShown;
        }
      }
      if (response.status === 401) await tellSignedOut(response);
      else setLink(response.status === 200 || response.status === 204);
    } catch (error) { setLink(false); } finally { clearTimeout(limit); }
    if (pollTimer) pollTimer = setTimeout(poll, POLL);
  }

  // ---- sleep and wake -------------------------------------------------------------------------------------------------

  function wakeUp() { clearTimeout(hideTimer); failures = 0; open(); }
  function sleep() { close(); stopPolling(); }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(hideTimer);
    if (document.hidden) hideTimer = setTimeout(sleep, GRACE);
    else if (!source) wakeUp();
  });
  window.addEventListener('pageshow', (event) => { if (event.persisted) wakeUp(); });
  window.addEventListener('pagehide', sleep);
  window.addEventListener('online', wakeUp);
  window.addEventListener('offline', () => setLink(false));
  setInterval(() => { if (source && performance.now() - heardAt > SILENCE) { startPolling(); open(); } }, 5000);
  open();
}());
