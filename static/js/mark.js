// Drawing a signature with a finger, a pen or a mouse; without this script a picture is sent instead.
//
// form[data-mark] holds [data-mark-drawing] (hidden until we are here) with canvas[data-mark-pad] and [data-mark-clear];
// what was drawn goes as a PNG into the form's field "drawing".
(function () {
  'use strict';

  const form = document.querySelector('form[data-mark]');
  if (!form) return;
  const pad = form.querySelector('[data-mark-pad]'), pen = pad.getContext('2d');
  const LINE = 9;
  let last = null, drawn = false;

  function place(event) {
    const box = pad.getBoundingClientRect();
    return [(event.clientX - box.left) * pad.width / box.width, (event.clientY - box.top) * pad.height / box.height];
  }

  function stroke(event) {
    if (!last) return;
    event.preventDefault();
    const steps = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const step of steps.length ? steps : [event]) {
      const next = place(step);
      pen.beginPath();
      pen.moveTo(last[0], last[1]);
      pen.lineTo(next[0], next[1]);
      pen.stroke();
      last = next;
    }
    drawn = true;
  }

  function begin(event) {
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    pen.lineWidth = LINE;
    pen.lineCap = pen.lineJoin = 'round';
    pen.strokeStyle = '#0f388f';
    last = place(event);
    stroke(event);
  }

  function clear() {
    pen.clearRect(0, 0, pad.width, pad.height);
    drawn = false;
  }

  form.querySelector('[data-mark-drawing]').hidden = false;
  pad.addEventListener('pointerdown', begin);
  pad.addEventListener('pointermove', stroke);
  for (const end of ['pointerup', 'pointercancel']) pad.addEventListener(end, () => { last = null; });
  form.querySelector('[data-mark-clear]').addEventListener('click', clear);
  form.addEventListener('submit', () => { form.elements.drawing.value = drawn ? pad.toDataURL('image/png') : ''; });
})();
