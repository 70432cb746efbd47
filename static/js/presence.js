// Who is here, softly: this screen says that it is there and which criterion it shows (at most once a second, nothing is
// stored), and the places of the others are brought from the header to cards, outline and board.
// in: live:applied {ids}   live:link {up}   card:shown
(function () {
  'use strict';

  const main = document.querySelector('[data-live][data-room]');
  if (!main) return;
  const PULSE = 20000, PAUSE = 1000;
  const me = document.body.dataset.person;
  let told = null, timer = 0, saidAt = -Infinity;

  // ---- out ------------------------------------------------------------------------------------------------------------

  const here = () => main.dataset.current || '';

  async function say(fields) {
    saidAt = performance.now();
    const token = document.querySelector('meta[name="csrf-token"]').content;
    try {
      const response = await fetch('/checklist-sessions/' + main.dataset.room + '/presence', {
        method: 'POST', redirect: 'manual', headers: { 'X-CSRFToken': token, 'X-Requested-With': 'presence' }, body: new URLSearchParams(fields),
      });
      return response.status === 204;
    } catch (error) { return false; }
  }

  async function move() {
    clearTimeout(timer);
    if (document.hidden) return;
    const place = here();
    if (place !== told) told = (await say({ criterion: place })) ? place : told;
    else if (performance.now() - saidAt > PULSE - PAUSE) await say({});
    timer = setTimeout(move, PULSE);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(move, Math.max(0, PAUSE - (performance.now() - saidAt)));
  }

  // ---- in -------------------------------------------------------------------------------------------------------------

  function showPlaces() {
    const places = new Map();
    document.querySelectorAll('#presence [data-here-criterion]').forEach((one) => {
      const criterion = one.dataset.hereCriterion;
      if (!Number(criterion) || one.dataset.herePerson === me) return;
      places.set(criterion, (places.get(criterion) || []).concat(one.dataset.hereLabel));
    });
    document.querySelectorAll('[data-here-dot]').forEach((dot) => { dot.hidden = !places.has(dot.dataset.hereDot); });
    document.querySelectorAll('[data-here-list]').forEach((list) => list.replaceChildren(...Array.from(places, sentence)));
    document.querySelectorAll('[data-here-of]').forEach((line) => {
      const labels = places.get(line.dataset.hereOf);
      const words = labels ? labels.join(', ') + (line.dataset.hereWords || '') : '';
      if (line.textContent !== words) line.textContent = words;
    });
    document.querySelectorAll('.board__row').forEach((row) => {
      const labels = places.get(row.dataset.criterion), name = row.querySelector('.board__name');
      if (labels) name.dataset.here = labels.join(', ') + ' đang ở đây'; else delete name.dataset.here;
    });
  }

  // “TV 2 đang ở tiêu chí 1.4”, a link to that card.
  function sentence([criterion, labels]) {
    const item = document.createElement('li'), link = document.createElement('a');
    const card = document.querySelector('#criterion-' + criterion);
    link.href = '?criterion=' + criterion;
    link.textContent = labels.join(', ') + ' đang ở tiêu chí ' + (card ? card.dataset.number : '');
    item.append(link);
    return item;
  }

  document.addEventListener('live:applied', showPlaces);
  document.addEventListener('live:link', (event) => { if (event.detail.up) { told = null; soon(); } }); // the server may have begun anew
  document.addEventListener('card:shown', soon);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) { told = null; soon(); } });
  showPlaces();
  soon();
}());
