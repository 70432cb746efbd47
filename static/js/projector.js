// The wall: long texts fit by steps, theme and guidance are remembered on this device, tools and cursor go when nobody moves,
// a lost network is told in small words.    in: live:applied   live:link {up}
(function () {
  'use strict';

  const main = document.querySelector('main.projector');
  if (!main) return;
  const IDLE = 4000, STEPS = 8;
  const page = document.body, root = document.documentElement;

  // ---- a text that is too long for its place takes the next smaller step ----------------------------------------------

  function fits() {
    const words = document.getElementById('projector-words');
    return !words || words.scrollHeight <= words.clientHeight + 1;
  }

  function fit() {
    for (let step = 0; step < STEPS; step += 1) {
      main.dataset.fit = String(step);
      if (fits()) return;
    }
  }

  // ---- chosen here, remembered here -----------------------------------------------------------------------------------

  function remember() {
    document.cookie = 'wall=' + root.dataset.theme + '.' + (main.dataset.guidance === 'on' ? '1' : '0') + ';path=/;max-age=31536000;samesite=lax';
  }

  document.getElementById('wall-theme').addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    root.dataset.theme = button.value;
    document.querySelectorAll('#wall-theme button').forEach((one) => one.setAttribute('aria-pressed', String(one === button)));
    remember();
  });

  const guidance = document.getElementById('wall-guidance');
  guidance.addEventListener('click', () => {
    const shown = main.dataset.guidance !== 'on';
    main.dataset.guidance = shown ? 'on' : 'off';
    guidance.setAttribute('aria-pressed', String(shown));
    remember();
    fit();
  });

  const full = document.getElementById('wall-full');
  full.hidden = !document.fullscreenEnabled;
  full.addEventListener('click', () => {
    if (document.fullscreenElement) document.exitFullscreen(); else root.requestFullscreen().catch(() => {});
  });
  document.addEventListener('fullscreenchange', () => {
    full.textContent = document.fullscreenElement ? 'Thoát toàn màn hình' : 'Toàn màn hình';
    fit();
  });

  // ---- nothing else on the wall -----------------------------------------------------------------------------------------

  let idleTimer = 0;
  function awake() {
    clearTimeout(idleTimer);
    delete page.dataset.idle;
    idleTimer = setTimeout(() => { page.dataset.idle = ''; }, IDLE);
  }
  ['pointermove', 'pointerdown', 'keydown', 'focusin'].forEach((name) => document.addEventListener(name, awake, { passive: true }));

  document.addEventListener('live:link', (event) => {
    const clock = document.querySelector('[data-clock]');
    const since = clock && clock.textContent ? ' từ ' + clock.textContent : '';
    document.getElementById('projector-link').textContent = event.detail.up ? '' : 'Mất mạng' + since + ' · đang nối lại';
  });

  document.addEventListener('live:applied', fit);
  window.addEventListener('resize', fit);
  if (document.fonts && document.fonts.ready) document.fonts.ready.then(fit);
  fit();
  awake();
}());
