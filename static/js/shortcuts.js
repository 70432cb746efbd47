// Keys for laptops: when a key press is a command at all, and the list of what works on this page ("?", or the button).
// Loaded before the scripts that listen to keys; they ask thidua.isShortcut(event).
(function () {
  'use strict';

  const thidua = window.thidua = window.thidua || {};
  const TYPED_IN = 'textarea, select, input:not([type="radio"], [type="checkbox"]), [contenteditable]:not([contenteditable="false"])';

  // Never while somebody types: in a field, while a Vietnamese input method composes (keyCode 229), or over a dialog.
  thidua.isShortcut = (event) => !(event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.altKey || event.metaKey ||
    (event.target.closest && event.target.closest(TYPED_IN)) || document.querySelector('dialog[open]'));

  const dialog = document.getElementById('shortcuts');
  if (!dialog) return;
  let before = null;

  function open() {
    before = document.activeElement;
    dialog.showModal(); // the page behind is out of reach, Esc closes
  }

  document.addEventListener('keydown', (event) => {
    if (event.key !== '?' || event.ctrlKey || !thidua.isShortcut(event)) return;
    event.preventDefault();
    open();
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-shortcuts-open]')) open();
    else if (event.target === dialog || event.target.closest('[data-shortcuts-close]')) dialog.close(); // the shade around it counts as outside
  });
  // Tab stays inside also where the browser would go on to its own bars.
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab') return;
    const stops = Array.from(dialog.querySelectorAll('button, a[href]'));
    const last = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== last && dialog.contains(document.activeElement)) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
  });
  dialog.addEventListener('close', () => { if (before && before.isConnected) before.focus(); });
}());
