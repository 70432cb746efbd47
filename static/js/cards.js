// The scoring screen shows one card at a time: all are in the page, so turning works with the net down.
(function () {
  'use strict';

  const main = document.querySelector('[data-current]');
  if (!main) return;
  const byId = (id) => document.getElementById(id);

  function show(id) {
    const card = id && byId('criterion-' + id);
    if (!card) return false;
    document.querySelectorAll('.criterion').forEach((one) => { one.hidden = one !== card; });
    main.dataset.current = id;
    history.replaceState(null, '', '?criterion=' + id);
    aim(byId('previous'), card.dataset.previous, Number(card.dataset.position) - 1);
    aim(byId('next'), card.dataset.next, Number(card.dataset.position) + 1);
    markCurrent();
    window.scrollTo(0, 0);
    const title = byId('title-' + id);
    if (title) title.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent('card:shown', { detail: { card } }));
    return true;
  }

  function aim(link, id, position) {
    if (!link) return;
    link.hidden = !id;
    link.href = '?criterion=' + id;
    link.querySelector('b').textContent = position;
  }

  function markCurrent() {
    const card = byId('criterion-' + main.dataset.current);
    if (!card) return;
    document.querySelectorAll('.outline__section').forEach((section) => section.toggleAttribute('data-current', section.dataset.section === card.dataset.section));
    document.querySelectorAll('.mark[aria-current]').forEach((mark) => mark.removeAttribute('aria-current'));
    const mark = byId('outline-link-' + main.dataset.current);
    if (mark) mark.setAttribute('aria-current', 'true');
  }

  function showPerspective(perspective) {
    document.querySelectorAll('form[data-perspective]:not([data-scribe-form])').forEach((form) => {
      form.hidden = form.dataset.perspective !== perspective && Boolean(form.querySelector('[data-perspectives]'));
    });
    const shown = document.querySelector('.criterion:not([hidden]) form[data-perspective]:not([hidden]) [data-perspectives] button[aria-pressed="true"]');
    if (shown) shown.focus();
  }

  const plainClick = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="?criterion="]');
    if (link && plainClick(event) && show(new URLSearchParams(link.getAttribute('href')).get('criterion'))) event.preventDefault();
    const tab = event.target.closest('[data-perspectives] button');
    if (tab) showPerspective(tab.value);
  });
  document.addEventListener('keydown', (event) => {
    const turn = { PageDown: 'next', PageUp: 'previous' }[event.key];
    if (!turn || !window.thidua.isShortcut(event)) return;
    if (show(byId('criterion-' + main.dataset.current).dataset[turn])) event.preventDefault();
  });
  document.addEventListener('card:show', (event) => { if (event.detail.criterion !== main.dataset.current) show(event.detail.criterion); });
  document.addEventListener('live:applied', markCurrent);
  markCurrent();
}());
