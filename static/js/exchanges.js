// Writing down what is said, fast: Enter sends, the next kind and the last speaker of its side are chosen, an answer names its question.
// The form works without this script; the outbox (outbox-forms.js) takes it before the answers below are prepared.
(function () {
  'use strict';

  const form = document.getElementById('exchange-form');
  if (!form || !form.elements.answers_id) return;
  const SPEAKS_FOR = { question: 'team', answer: 'unit', rebuttal: 'unit', explanation: 'unit' };
  const FOLLOWING = { question: 'answer', answer: 'question', rebuttal: 'explanation', explanation: 'question' };
  const last = { team: form.dataset.lastTeam, unit: form.dataset.lastUnit };
  const banner = document.getElementById('exchange-question');

  const chosen = (name) => form.querySelector('input[name="' + name + '"]:checked');
  const choice = (name, value) => form.querySelector('input[name="' + name + '"][value="' + CSS.escape(value) + '"]');

  function choose(name, value) {
    const wanted = choice(name, value);
    if (wanted) wanted.checked = true;
  }

  // The side that speaks now: whoever of it spoke last stays chosen.
  function turnTo(kind) {
    choose('kind', kind);
    const side = SPEAKS_FOR[kind], speaker = chosen('attendance_id');
    if (speaker && speaker.dataset.side === side) return;
    if (speaker) speaker.checked = false;
    choose('attendance_id', last[side] || '0');
  }

  function answer(id, words) {
    form.elements.answers_id.value = id || '0';
    banner.hidden = !id;
    banner.querySelector('span').textContent = words || '';
  }

  form.addEventListener('change', (event) => {
    if (event.target.name === 'kind') turnTo(event.target.value);
    if (event.target.name === 'attendance_id') form.elements.speaker.value = '';
  });

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-answers]');
    if (!link) return;
    event.preventDefault();
    const said = link.closest('.exchange');
    answer(link.dataset.answers, said.querySelector('b').textContent + ': ' + said.querySelector('.exchange__text').textContent.slice(0, 160));
    form.elements.criterion_id.value = link.dataset.criterion;
    turnTo(link.dataset.kind);
    form.scrollIntoView({ block: 'start' });
    form.elements.text.focus({ preventScroll: true });
  });

  // Once the outbox has it, the form is ready for the next words; what a keyboard composes (Telex, VNI) is never cut off.
  document.addEventListener('submit', (event) => {
    if (event.target !== form || !event.defaultPrevented) return;
    const kind = chosen('kind').value, speaker = chosen('attendance_id');
    if (speaker && !form.elements.speaker.value) last[speaker.dataset.side] = speaker.value;
    setTimeout(() => { answer(''); turnTo(FOLLOWING[kind]); }, 0);
  });

  form.addEventListener('keydown', (event) => {
    const field = event.target;
    if (event.key !== 'Enter' || !field.matches('[data-enter]') || event.isComposing || event.keyCode === 229) return;
    if (event.shiftKey || (matchMedia('(pointer: coarse)').matches && !event.ctrlKey)) return;
    event.preventDefault();
    if (field.value.trim()) form.requestSubmit();
  });
}());
