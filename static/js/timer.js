// The timers of a page count on the server's clock: same on all screens, whatever this device's own clock says.
// needs: [data-server-ms][data-clock-url]    [data-timer] with data-began, -warns, -ends, -planned (milliseconds of the server's clock);
// inside it [data-timer-left], [data-timer-delay] (="short"); anywhere [data-clock]; a form's field tapped_at gets the moment of the tap.
// sets on a timer: data-level "calm|soon|over", data-elapsed (whole seconds)
(function () {
  'use strict';

  const source = document.querySelector('[data-server-ms]');
  if (!source) return;
  const MINUTE = 60000, ON_TIME = 5, SLIP = 1500, AGAIN = 5000, OFTEN = 10 * MINUTE, SLOW = 3000, VIETNAM = 7 * 60 * MINUTE;
  let offset = 0, skew = 0, dueAt = 0, asking = false;

  // ---- the server's clock -------------------------------------------------------------------------------------------

  const drift = () => Date.now() - performance.now();
  const serverNow = () => Date.now() + offset;

  function begin() {
    const page = performance.getEntriesByType('navigation')[0];
    const arrived = page && page.responseStart ? drift() + page.responseStart : Date.now();
    offset = Number(source.dataset.serverMs) - arrived;
    skew = drift();
    dueAt = page && page.type === 'back_forward' ? 0 : performance.now() + OFTEN; // an old page may come out of the history
  }

  async function ask() {
    if (asking) return;
    asking = true;
    dueAt = performance.now() + AGAIN;
    const sent = performance.now();
    try {
      const response = await fetch(source.dataset.clockUrl, { cache: 'no-store', headers: { 'X-Requested-With': 'timer' } });
      const told = response.ok ? Number(await response.text()) : 0, took = performance.now() - sent;
      if (told && took < SLOW) {
        offset = told + took / 2 - Date.now();
        skew = drift();
        dueAt = performance.now() + OFTEN;
        tick();
      }
    } catch (error) { /* no network: the last offset holds */ } finally { asking = false; }
  }

  // The device's clock was set, or the device slept: a clock set back is put right at once, then the server is asked.
  function watch() {
    const slipped = drift() - skew;
    if (Math.abs(slipped) > SLIP) {
      if (slipped < 0) offset -= slipped;
      skew += slipped;
      dueAt = 0;
    }
    if (performance.now() >= dueAt && !document.hidden) ask();
  }

  // ---- words -----------------------------------------------------------------------------------------------------------

  const hours = (minutes) => {
    const whole = Math.floor(minutes / 60), rest = minutes % 60;
    return [whole ? whole + ' giờ' : '', rest || !whole ? rest + ' phút' : ''].filter(Boolean).join(' ');
  };

  function leftWords(now, began, ends) {
    if (!ends) return 'đã ' + hours(Math.floor((now - began) / MINUTE));
    const left = ends - now;
    if (left <= -MINUTE) return 'quá ' + hours(Math.floor(-left / MINUTE));
    if (left <= 0) return 'hết giờ';
    return left < MINUTE ? 'còn dưới 1 phút' : 'còn ' + hours(Math.ceil(left / MINUTE));
  }

  function delayWords(now, ends, planned, isShort) {
    if (!planned) return '';
    const late = Math.trunc((Math.max(now, ends) - planned) / MINUTE);
    if (Math.abs(late) < ON_TIME) return 'đúng giờ dự kiến';
    return (late > 0 ? 'chậm ' : 'sớm ') + hours(Math.abs(late)) + (isShort ? '' : ' so với dự kiến');
  }

  function clockWords(now) {
    const told = new Date(now + VIETNAM);
    const minute = told.getUTCMinutes();
    return told.getUTCHours() + ' giờ' + (minute ? ' ' + String(minute).padStart(2, '0') : '');
  }

  // ---- showing ---------------------------------------------------------------------------------------------------------

  function put(place, words) { if (place && place.textContent !== words) place.textContent = words; }

  function show(timer, now) {
    const began = Number(timer.dataset.began), warns = Number(timer.dataset.warns) || 0, ends = Number(timer.dataset.ends) || 0;
    if (!began) return;
    timer.dataset.elapsed = String(Math.max(0, Math.floor((now - began) / 1000)));
    const level = ends && now >= ends ? 'over' : warns && now >= warns ? 'soon' : 'calm';
    if (timer.dataset.level !== level) timer.dataset.level = level;
    put(timer.querySelector('[data-timer-left]'), leftWords(now, began, ends));
    const delay = timer.querySelector('[data-timer-delay]');
    if (delay) put(delay, delayWords(now, ends, Number(timer.dataset.planned) || 0, delay.dataset.timerDelay === 'short'));
  }

  function tick() {
    const now = serverNow();
    document.querySelectorAll('[data-timer]').forEach((timer) => show(timer, now));
    document.querySelectorAll('[data-clock]').forEach((place) => put(place, clockWords(now)));
  }

  function run() {
    watch();
    tick();
    setTimeout(run, 1000 - (((serverNow() % 1000) + 1000) % 1000));
  }

  // ---- in ----------------------------------------------------------------------------------------------------------------

  document.addEventListener('live:applied', tick);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { dueAt = 0; watch(); tick(); } });
  window.addEventListener('pageshow', (event) => { if (event.persisted) { dueAt = 0; watch(); } });
  window.addEventListener('online', () => { dueAt = 0; });
  document.addEventListener('submit', (event) => {
    const field = event.target.elements && event.target.elements.tapped_at;
    if (field) field.value = String(Math.round(serverNow()));
  }, true);

  begin();
  run();
}());
