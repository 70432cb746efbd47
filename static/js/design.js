// The designer: the form of a row opens beside the outline where there is room, keys work like buttons, the row in hand
// stays in sight. Without this script every button and link still does its work.
(function () {
  'use strict';

  const form = document.getElementById('outline-form');
  if (!form) return;
  const panel = () => document.getElementById('panel');
  const isWide = () => panel().offsetLeft > form.offsetLeft + 50; // the style sheet says where the panel stands
  const flag = form.querySelector('[data-panel-flag]');
  const picked = () => form.querySelector('input[name="criterion"]:checked');
  const rowOf = (input) => input && input.closest('.orow');
  const typedForm = () => panel().querySelector('form[data-typed]');
  let wanted = '', first = false;

  // Choosing a row is not typing: nobody is asked before leaving (page.js listens further out).
  form.addEventListener('input', (event) => event.stopPropagation());

  function show(address) {
    if (!isWide()) { location.assign(address); return; }
    if (typedForm()) { wanted = address; ask(); return; }
    wanted = '';
    first = true;
    window.htmx.ajax('GET', address + '/panel', { target: '#panel', swap: 'innerHTML' });
  }

  // What is typed in the panel is saved, or left on purpose, before another row takes its place.
  function ask() {
    let note = panel().querySelector('.panel-ask');
    if (!note) {
      note = document.createElement('div');
      note.className = 'notice notice--warn panel-ask';
      note.setAttribute('role', 'alert');
      const words = document.createElement('p');
      words.textContent = 'Điều vừa gõ chưa được lưu.';
      note.append(words, button('Lưu', () => panel().querySelector('#criterion-save').click()), button('Bỏ, không lưu', leave));
      panel().prepend(note);
    }
    note.scrollIntoView({ block: 'nearest' });
    note.querySelector('button').focus();
  }

  function button(label, act) {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'button';
    made.textContent = label;
    made.addEventListener('click', act);
    return made;
  }

  function leave() {
    const next = wanted;
    panel().replaceChildren();
    wanted = '';
    if (next) show(next);
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-edit]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      const input = rowOf(link).querySelector('input');
      input.checked = true;
      if (isWide()) { event.preventDefault(); show(link.href); }
      return;
    }
    const doubt = event.target.closest('[data-row]');
    if (doubt) {
      const input = document.getElementById('pick-' + doubt.dataset.row);
      if (input) { input.checked = true; input.focus({ preventScroll: true }); }
      const fold = doubt.closest('details');
      if (fold) fold.open = false;
    }
    if (event.target.closest('#criterion-next')) first = true;
    if (event.target.closest('[data-panel-close]')) {
      if (typedForm()) ask(); else panel().replaceChildren();
    }
  });

  function edit() {
    const row = rowOf(picked());
    if (row) { show(row.querySelector('a[data-edit]').href); return true; }
    return false;
  }

  form.addEventListener('click', (event) => {
    const pressed = event.target.closest('button[name="act"]');
    if (!pressed) return;
    flag.value = isWide() ? '1' : '';
    const isAdding = pressed.value === 'child' || pressed.value === 'sibling';
    if (pressed.value === 'edit' && edit()) event.preventDefault();
    if (isAdding && isWide() && typedForm()) { event.preventDefault(); wanted = ''; ask(); }
    first = isAdding;
  });

  document.addEventListener('htmx:afterSettle', () => {
    const field = first && panel().querySelector('[data-first]');
    if (field && !panel().querySelector('.error-summary')) field.focus();
    if (field) first = false;
    if (wanted && !typedForm() && panel().querySelector('.notice--ok')) { const next = wanted; wanted = ''; show(next); }
  });

  // A row that a button moved is kept in sight; what settles elsewhere (the preview, say) moves nothing.
  document.addEventListener('htmx:oobAfterSwap', (event) => {
    if (event.target.id !== 'design-strip') return;
    requestAnimationFrame(() => {
      const row = rowOf(picked());
      if (row) row.scrollIntoView({ block: 'nearest' });
    });
  });

  // ---- keys -------------------------------------------------------------------------------------------------------

  const nameOf = (event) => (event.ctrlKey ? 'Ctrl+' : '') + (event.shiftKey ? 'Shift+' : '') + (event.key.length === 1 ? (event.ctrlKey ? event.key.toUpperCase() : event.key.toLowerCase()) : event.key);

  document.addEventListener('keydown', (event) => {
    if (!window.thidua.isShortcut(event)) return;
    if (event.key === 'Enter' && event.target.closest && event.target.closest('button, a, summary')) return;
    if (panel().contains(event.target)) return;
    const tool = form.querySelector('[data-key="' + nameOf(event) + '"]');
    if (!tool) return;
    event.preventDefault();
    tool.click();
  }, true);
}());
