// A file dropped anywhere on the page is asked about, as if it had been chosen; the button stays the way for everybody.
(function () {
  'use strict';

  const form = document.querySelector('form[data-drop]');
  if (!form) return;
  const input = form.querySelector('input[type="file"]');
  const hasFile = (event) => Array.from(event.dataTransfer ? event.dataTransfer.types : []).includes('Files');
  form.querySelector('.drop__words').hidden = !matchMedia('(hover: hover)').matches;

  document.addEventListener('dragover', (event) => {
    if (!hasFile(event)) return;
    event.preventDefault(); // or the browser opens the file in place of the page
    form.classList.add('drop--over');
  });
  document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) form.classList.remove('drop--over'); });
  document.addEventListener('drop', (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    form.classList.remove('drop--over');
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
})();
