// Entering for somebody else (nhập hộ): for whom stands in large words above the keys, and ends with this page.
// in:  card:shown {card}   scribe:choose {criterion, meant}      out: scribe:aimed {form}
(function () {
  'use strict';

  let meant = ''; // of this page, for whichever card is shown
  const formIn = (card) => card.querySelector('form[data-scribe-form]');
  const shownCard = () => document.querySelector('.criterion:not([hidden])');
  const choiceIn = (form, value) => Array.from(form.querySelectorAll('[data-scribe]')).find((one) => one.value === value);

  function show(card) {
    const form = formIn(card), opener = card.querySelector('[data-scribe-open]');
    if (!form) return;
    card.toggleAttribute('data-scribing', Boolean(meant));
    form.hidden = !meant;
    opener.setAttribute('aria-pressed', String(Boolean(meant)));
    if (meant && form.dataset.for !== meant) aim(form, choiceIn(form, meant));
  }

  function aim(form, choice) {
    if (!choice) return;
    form.dataset.for = choice.value;
    form.dataset.forLabel = choice.textContent.trim();
    form.dataset.perspective = choice.dataset.scribePerspective;
    form.dataset.holder = choice.dataset.scribeHolder;
    const what = { self: 'điểm tự chấm', proposed: 'điểm đề xuất', agreed: 'điểm thống nhất' }[choice.dataset.scribePerspective];
    form.querySelector('[data-scribe-who]').textContent = choice.textContent.trim() + ' · ' + choice.dataset.scribeName + ' (' + what + ')';
    form.querySelectorAll('[data-scribe]').forEach((one) => one.setAttribute('aria-pressed', String(one === choice)));
    document.dispatchEvent(new CustomEvent('scribe:aimed', { detail: { form } }));
  }

  function change(value) {
    meant = value;
    document.querySelectorAll('.criterion').forEach((card) => { if (card === shownCard() || !meant) show(card); });
    const form = meant && formIn(shownCard());
    const pressed = form && choiceIn(form, meant);
    if (pressed) pressed.focus();
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.scribe !== undefined) change(button.value);
    else if (button.dataset.scribeEnd !== undefined) change('');
    else if (button.dataset.scribeOpen !== undefined) change(meant ? '' : formIn(shownCard()).querySelector('[data-scribe]').value);
  });
  document.addEventListener('card:shown', (event) => show(event.detail.card));
  document.addEventListener('scribe:choose', (event) => {
    const card = document.getElementById('criterion-' + event.detail.criterion);
    const form = card && formIn(card);
    if (!form || (meant && meant !== event.detail.meant)) return;
    if (form.dataset.for !== event.detail.meant) aim(form, choiceIn(form, event.detail.meant));
    if (card === shownCard()) change(event.detail.meant);
  });
  window.addEventListener('pageshow', (event) => { if (event.persisted) change(''); });
}());
