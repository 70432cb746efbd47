// Scores under the fingers: keys, stepper, reasons, undo, settling. Saving is outbox.js, turning the pages cards.js.
(function () {
  'use strict';

  const main = document.querySelector('[data-scores-url]');
  if (!main) return;
  const COALESCE = 500, TYPING_PAUSE = 1200, TYPING_LONGEST = 5000;
  const byId = (id) => document.getElementById(id);
  const forms = () => Array.from(document.querySelectorAll('form[data-perspective]'));
  const cardOf = (inside) => inside.closest('[data-criterion]');
  // `meant`: entered for somebody else (nhập hộ); that form exists once a card and is aimed at one person at a time
  const formOf = (criterion, perspective, meant) => {
    const form = byId('entry-' + criterion + '-' + (meant ? 'scribe' : perspective));
    return form && (form.dataset.for || '') === (meant || '') ? form : null;
  };
  const isShown = (form) => (form.checkVisibility ? form.checkVisibility() : form.offsetParent !== null);
  const liveOf = (criterion) => byId('facts-' + criterion) || byId('row-' + criterion);

  // ---- value tokens: "8,5" points · "0" level or count · "na" · "" -----------------------------------------------------

  function parsePoints(text) {
    const match = /^\s*([-\u2212]?)(\d{1,4})(?:[.,](\d{1,2}))?\s*$/.exec(text);
    return match ? (match[1] ? -1 : 1) * (Number(match[2]) * 100 + Number((match[3] || '0').padEnd(2, '0'))) || 0 : null;
  }

  function formatPoints(points) {
    const size = Math.abs(points), rest = size % 100;
    return (points < 0 ? '-' : '') + String((size - rest) / 100) + (rest ? ',' + String(rest).padStart(2, '0').replace(/0$/, '') : '');
  }

  // The far end of what may be given: of a penalty, which runs up to 0, the most that is taken away.
  const farthest = (form) => Number(form.dataset.max) || Number(form.dataset.min);

  function shown(form, token) {
    if (token === 'na') return 'Không xét';
    if (token === '') return 'chưa chấm';
    const level = form.querySelector('.key--level input[value="' + token + '"] + span b');
    return level ? level.textContent : token;
  }

  function fieldsOf(kind, token, reason) {
    if (token === 'na') return { not_applicable: '1', reason };
    if (kind === 'levels') return { level: token, reason };
    if (kind === 'count') return { count: token, reason };
    if (kind === 'note') return { text: token, reason: '' };
    return { points: token, reason };
  }

  function tokenOf(fields) {
    if (fields.not_applicable) return 'na';
    return [fields.points, fields.level, fields.count, fields.text].find((value) => value !== undefined) || '';
  }

  // ---- the keys show a value --------------------------------------------------------------------------------------------

  function write(form, token, reason) {
    form.dataset.value = token;
    form.querySelectorAll('input[type="radio"]').forEach((radio) => { radio.checked = radio.value === token; });
    const field = form.querySelector('.stepper__value input');
    if (field && field !== document.activeElement) field.value = token === 'na' ? '' : token;
    const text = form.elements.text;
    if (text && text !== document.activeElement) text.value = token;
    const why = form.elements.reason;
    if (why && reason !== undefined && why !== document.activeElement) why.value = reason;
    const clear = form.querySelector('[data-clear]');
    if (clear) clear.hidden = token === '';
    pressQuickKeys(form);
    complain(form, '');
  }

  function quickValue(form, name) {
    const most = farthest(form), step = Number(form.dataset.step) || 100;
    if (name === 'half') return formatPoints(Math.sign(most) * Math.floor(Math.abs(most) / 2 / step) * step);
    return name === 'full' ? formatPoints(most) : name;
  }

  function pressQuickKeys(form) {
    form.querySelectorAll('[data-set]').forEach((key) => {
      key.setAttribute('aria-pressed', String(quickValue(form, key.dataset.set) === form.dataset.value));
    });
  }

  function complain(form, words) {
    const place = form.querySelector('[data-error]');
    const field = form.querySelector('.stepper__value input');
    if (place) { place.textContent = words; place.hidden = !words; }
    if (field) { if (words) field.setAttribute('aria-invalid', 'true'); else field.removeAttribute('aria-invalid'); }
  }

  // ---- choosing ---------------------------------------------------------------------------------------------------------

  const undone = new WeakMap(); // form -> values one can go back to

  function backlog(form) {
    if (!undone.has(form)) {
      const past = Number(form.dataset.version) && !form.dataset.for; // the value before the last change, perhaps "not scored"
      undone.set(form, { at: -Infinity, values: past ? [{ token: form.dataset.previous, reason: form.dataset.previousReason || '' }] : [] });
    }
    return undone.get(form);
  }

  function choose(form, token, options) {
    const before = form.dataset.value, past = backlog(form), now = performance.now();
    if (before !== token && !(options && options.undo) && now - past.at > COALESCE) {
      past.values.push({ token: before, reason: form.dataset.reason === undefined ? reasonOf(form) : form.dataset.reason });
    }
    if (before !== token) past.at = now;
    if (token === '' && form.elements.reason) form.elements.reason.value = '';
    if (token === '') form.dataset.clearing = ''; else delete form.dataset.clearing;
    write(form, token);
    form.dataset.reason = reasonOf(form);
    showUndo(form);
    sendForm(form);
    lastForm = form;
    showLast();
  }

  const reasonOf = (form) => (form.elements.reason ? form.elements.reason.value.trim() : '');

  function showUndo(form) {
    const button = form.querySelector('[data-undo]'), values = backlog(form).values;
    if (!button) return;
    button.disabled = !values.length; // keeps its place: keys must not move under a finger
    if (values.length) button.querySelector('[data-undo-value]').textContent = shown(form, values[values.length - 1].token);
  }

  function undo(form) {
    const last = backlog(form).values.pop();
    if (!last) return;
    if (form.elements.reason) form.elements.reason.value = last.reason;
    choose(form, last.token, { undo: true });
  }

  // ---- my last change, in sight wherever I have turned to ----------------------------------------------------------------

  const latestOf = (candidates) => candidates.filter((form) => backlog(form).values.length)
    .sort((one, other) => Number(other.dataset.version) - Number(one.dataset.version))[0];
  let lastForm = latestOf(forms());

  function showLast() {
    const button = byId('undo-last'), past = lastForm && backlog(lastForm).values;
    if (!button) return;
    button.hidden = !past || !past.length || isShown(lastForm);
    if (button.hidden) return;
    button.querySelector('[data-undo-number]').textContent = cardOf(lastForm).dataset.number;
    button.querySelector('[data-undo-value]').textContent = shown(lastForm, past[past.length - 1].token);
  }

  function undoLast() {
    if (!lastForm || !backlog(lastForm).values.length) return;
    undo(lastForm);
    document.dispatchEvent(new CustomEvent('card:show', { detail: { criterion: cardOf(lastForm).dataset.criterion } }));
  }

  document.addEventListener('card:shown', showLast);
  document.addEventListener('toggle', showLast, true); // a fold of the board hides or shows a form

  function sendForm(form, baseVersion) {
    const card = cardOf(form), token = form.dataset.value;
    const clears = 'clearing' in form.dataset, fields = clears ? { cleared: '1' } : fieldsOf(card.dataset.kind, token, reasonOf(form));
    if (form.dataset.for) fields.for = form.dataset.for;
    form.dataset.pending = '';
    emit({
      criterion: card.dataset.criterion, number: card.dataset.number, perspective: form.dataset.perspective,
      fields, draft: token === '' && !clears,
      baseVersion: baseVersion === undefined ? versionOf(form) : baseVersion,
      shown: shown(form, token) + (form.dataset.for ? ' (nhập hộ ' + form.dataset.forLabel + ')' : ''),
    });
  }

  function versionOf(form) {
    const facts = form.dataset.perspective === 'agreed' && liveOf(cardOf(form).dataset.criterion);
    return Math.max(Number(form.dataset.version), facts ? Number(facts.dataset.agreedVersion) : 0);
  }

  function emit(op) {
    const url = main.dataset.scoresUrl.replace('/0/', '/' + op.criterion + '/');
    document.dispatchEvent(new CustomEvent('score:chosen', { detail: Object.assign({ room: main.dataset.room, url }, op) }));
  }

  function step(form, amount) {
    const field = form.querySelector('.stepper__value input');
    const counting = cardOf(form).dataset.kind === 'count';
    const max = counting && !Number(form.dataset.max) ? 999900 : Number(form.dataset.max), min = Number(form.dataset.min);
    const typed = parsePoints(field.value);
    const from = typed === null ? (amount < 0 && !counting ? max : 0) : typed; // taking points off an empty score starts from the top
    field.value = '';
    choose(form, formatPoints(Math.min(max, Math.max(min, from + amount))));
    field.value = form.dataset.value;
  }

  function takeTyped(form) {
    const field = form.querySelector('.stepper__value input');
    const max = Number(form.dataset.max), min = Number(form.dataset.min), size = Number(form.dataset.step) || 100;
    const typed = parsePoints(field.value), counting = cardOf(form).dataset.kind === 'count';
    const taken = typed !== null && !counting && max === 0; // points taken away are typed with their sign or without
    const points = taken ? -Math.abs(typed) || 0 : typed;
    if (field.value.trim() === '' && form.dataset.value === '') return;
    if (points === null || points < min || (points > max && (max || !counting)) || (points % size && points !== max && points !== min)) {
      complain(form, counting ? 'Xin ghi số lần, là số nguyên' + (max ? ' từ 0 đến ' + formatPoints(max) : '') + '.'
        : 'Điểm từ ' + formatPoints(max && min) + ' đến ' + formatPoints(max || -min) + ', mỗi bước ' + formatPoints(size) + '. Điểm này chưa được lưu.');
      return;
    }
    complain(form, '');
    if (formatPoints(points) !== form.dataset.value) choose(form, formatPoints(points));
    field.value = form.dataset.value;
  }

  function settle(button) {
    const facts = button.closest('[data-agreed-version]'), card = cardOf(button);
    const form = formOf(card.dataset.criterion, 'agreed');
    if (form) {
      if (form.elements.reason && !reasonOf(form)) form.elements.reason.value = button.dataset.settleReason;
      choose(form, button.dataset.settle);
    } else {
      emit({
        criterion: card.dataset.criterion, number: card.dataset.number, perspective: 'agreed',
        fields: fieldsOf(card.dataset.kind, button.dataset.settle, button.dataset.settleReason || ''),
        baseVersion: Number(facts.dataset.agreedVersion), shown: button.dataset.settle,
      });
    }
    facts.setAttribute('data-waiting', '');
  }

  // ---- fingers and keyboard -----------------------------------------------------------------------------------------------

  document.addEventListener('change', (event) => {
    const form = event.target.closest('form[data-perspective]');
    if (!form) return;
    if (event.target.type === 'radio') choose(form, event.target.value);
    else if (event.target.closest('.stepper__value')) takeTyped(form);
    else takeReason(form);
  });
  document.addEventListener('input', (event) => {
    const form = event.target.closest('form[data-perspective]');
    if (form && event.target.matches('textarea')) reasonChanged(form, TYPING_PAUSE);
  });
  document.addEventListener('submit', (event) => { if (event.target.matches('form[data-perspective]')) event.preventDefault(); }, true);

  const typing = new Map(); // form -> {since, timer} while its words are not in the outbox yet
  function reasonChanged(form, pause) {
    const now = performance.now(), before = typing.get(form), since = before ? before.since : now;
    if (before) clearTimeout(before.timer);
    typing.set(form, { since, timer: setTimeout(() => takeReason(form), Math.max(0, Math.min(pause, since + TYPING_LONGEST - now))) });
  }

  function takeReason(form) {
    if (typing.has(form)) clearTimeout(typing.get(form).timer);
    typing.delete(form);
    const text = form.elements.text;
    if (text) { if (text.value.trim() !== form.dataset.value) choose(form, text.value.trim()); return; }
    if (form.dataset.value === '' && 'clearing' in form.dataset) return; // a reason without a value must not stop the clearing
    if (form.dataset.reason === reasonOf(form)) return;
    form.dataset.reason = reasonOf(form);
    sendForm(form);
  }

  // F5, another page, a closed lid: the words of the last second go into the outbox at once.
  const takeAll = () => Array.from(typing.keys()).forEach(takeReason);
  ['beforeunload', 'pagehide'].forEach((moment) => window.addEventListener(moment, takeAll));
  document.addEventListener('visibilitychange', () => { if (document.hidden) takeAll(); });

  document.addEventListener('click', (event) => {
    const target = event.target;
    const button = target.closest('button');
    if (!button) return;
    const form = button.closest('form[data-perspective]');
    if (button.id === 'undo-last') undoLast();
    else if (button.dataset.settle !== undefined) settle(button);
    else if (!form) return;
    else if (button.dataset.add !== undefined) step(form, Number(button.dataset.add));
    else if (button.dataset.set !== undefined) choose(form, quickValue(form, button.dataset.set));
    else if (button.dataset.undo !== undefined) undo(form);
    else if (button.dataset.clear !== undefined) choose(form, '');
    else if (button.dataset.insert !== undefined) insert(form, button.dataset.insert);
    else if (button.dataset.conflict !== undefined) resolve(form, button);
  });

  function insert(form, text) {
    const field = form.elements.reason, before = field.value.trimEnd();
    if (before.includes(text)) return;
    field.value = before ? before.replace(/[.;,]$/, '') + '; ' + text.charAt(0).toLowerCase() + text.slice(1) : text;
    reasonChanged(form, 0);
  }

  document.addEventListener('keydown', (event) => {
    const field = event.target;
    const card = document.querySelector('.criterion:not([hidden])');
    const form = card && Array.from(card.querySelectorAll('form[data-perspective]')).find(isShown);
    if (field.matches('.stepper__value input') && event.key === 'Enter' && !event.isComposing) { event.preventDefault(); takeTyped(form); return; }
    if (!window.thidua.isShortcut(event)) return;
    if (event.ctrlKey && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      if (form && backlog(form).values.length) undo(form); else undoLast();
    }
    else if (form && !event.ctrlKey && /^[0-9]$/.test(event.key)) digit(form, event);
    else if (form && (event.key === ',' || event.key === '.')) addHalf(form);
  });

  let lastDigit = { at: 0, text: '' };
  function digit(form, event) {
    const field = form.querySelector('.stepper__value input');
    if (field) { field.focus(); field.select(); return; } // the key itself lands in the field
    const joined = performance.now() - lastDigit.at < 700 ? lastDigit.text + event.key : event.key;
    const token = form.querySelector('input[value="' + joined + '"]') ? joined : event.key;
    if (!form.querySelector('input[value="' + token + '"]')) return;
    lastDigit = { at: performance.now(), text: token };
    choose(form, token);
  }

  function addHalf(form) {
    const points = parsePoints(form.dataset.value);
    if (points === null || points % 100 || cardOf(form).dataset.kind !== 'points') return;
    const token = formatPoints(points + 50);
    if (points + 50 <= Number(form.dataset.max) && 50 % Number(form.dataset.step) === 0) choose(form, token);
  }

  // ---- what comes back ----------------------------------------------------------------------------------------------------

  const formOfEntry = (entry) => (entry.room === main.dataset.room ? formOf(entry.criterion, entry.perspective, entry.fields.for) : null);
  const answerOf = (entry) => { const form = formOfEntry(entry); return form && form.querySelector('.answer'); };
  const aimAt = (entry) => { // a refused entry for somebody else is shown where it was typed
    if (entry.fields.for && entry.room === main.dataset.room) {
      document.dispatchEvent(new CustomEvent('scribe:choose', { detail: { criterion: entry.criterion, meant: entry.fields.for } }));
    }
  };

  document.addEventListener('score:restore', (event) => {
    const entry = event.detail.entry;
    if (entry.parked) aimAt(entry);
    const form = formOfEntry(entry), token = tokenOf(entry.fields), reason = entry.fields.reason || '';
    if (!form) return;
    if (token !== form.dataset.value) backlog(form).values.push({ token: form.dataset.value, reason: reasonOf(form) });
    if (entry.fields.cleared) form.dataset.clearing = '';
    write(form, token, reason);
    form.dataset.reason = reason;
    showUndo(form);
    form.dataset.pending = '';
    if (entry.parked) showAnswer(entry);
  });
  document.addEventListener('score:saved', (event) => {
    const { entry, revision, last } = event.detail, form = formOfEntry(entry);
    if (!form) return;
    form.dataset.version = String(Math.max(revision, Number(form.dataset.version)));
    kept.set(form, { value: tokenOf(entry.fields), reason: entry.fields.reason || '' });
    if (last) { delete form.dataset.pending; delete form.dataset.clearing; }
    clearAnswer(entry);
    reflect();
  });
  document.addEventListener('score:parked', (event) => {
    const card = document.querySelector('[data-criterion="' + event.detail.entry.criterion + '"]');
    if (card) card.parentNode.querySelectorAll('[data-waiting]').forEach((one) => one.removeAttribute('data-waiting'));
    aimAt(event.detail.entry);
    showAnswer(event.detail.entry);
  });
  document.addEventListener('score:dropped', (event) => {
    const entry = event.detail.entry, form = formOfEntry(entry);
    clearAnswer(entry);
    if (!form) return;
    delete form.dataset.pending;
    delete form.dataset.clearing;
    if ('taken' in form.dataset) { delete form.dataset.taken; return; } // the keys show what the conflict card offered
    const row = rowOf(form);
    form.dataset.version = row ? row.dataset.version : '0';
    const stands = row && !row.dataset.value ? kept.get(form) : row && row.dataset;
    write(form, stands ? stands.value : '', stands ? stands.reason : '');
  });

  const kept = new WeakMap(); // form -> what the server has of it, for a blind round, which keeps it out of the facts
  forms().forEach((form) => kept.set(form, { value: form.dataset.value, reason: reasonOf(form) }));

  function clearAnswer(entry) {
    const place = answerOf(entry);
    if (place) { place.textContent = ''; place.className = 'answer'; place.removeAttribute('role'); place.closest('form').removeAttribute('data-conflicting'); }
  }

  function showAnswer(entry) {
    const place = answerOf(entry);
    if (!place) return;
    const fresh = new DOMParser().parseFromString(entry.parked.html, 'text/html').querySelector('.answer');
    if (fresh) {
      fresh.id = place.id;
      place.closest('form').toggleAttribute('data-conflicting', fresh.matches('.conflict'));
      place.replaceWith(document.adoptNode(fresh));
      const stale = fresh.querySelector('[data-version]'), form = formOfEntry(entry);
      if (stale && form) form.dataset.version = stale.dataset.version; // both values are on the screen now
    } else {
      place.className = 'answer refusal';
      place.setAttribute('role', 'alert');
      place.textContent = entry.parked.words;
    }
  }

  function resolve(form, button) {
    const entry = { room: main.dataset.room, criterion: cardOf(form).dataset.criterion, perspective: form.dataset.perspective, fields: { for: form.dataset.for } };
    form.dataset.version = button.dataset.version;
    clearAnswer(entry);
    if (button.dataset.conflict === 'keep') { if (form.dataset.value === '') form.dataset.clearing = ''; sendForm(form, Number(button.dataset.version)); return; }
    delete form.dataset.pending;
    write(form, button.dataset.value, button.dataset.reason);
    form.dataset.reason = button.dataset.reason;
    form.dataset.taken = '';
    document.dispatchEvent(new CustomEvent('score:discard', { detail: { key: [entry.room, entry.criterion, entry.perspective, form.dataset.for].filter(Boolean).join('/') } }));
  }

  const rowOf = (form) => {
    const facts = liveOf(cardOf(form).dataset.criterion);
    return facts && facts.querySelector('[data-row="' + form.dataset.perspective + ':' + form.dataset.holder + '"]');
  };

  // My own score changed on another of my devices: my keys follow, unless something of mine still waits or is being typed.
  function reflect() {
    forms().forEach((form) => {
      const row = rowOf(form);
      if (!row && !('pending' in form.dataset) && form.dataset.value !== '' && liveOf(cardOf(form).dataset.criterion)) takenBack(form);
      if (!row || 'pending' in form.dataset || Number(row.dataset.version) <= Number(form.dataset.version)) return;
      if (form.contains(document.activeElement) && document.activeElement.matches('textarea, .stepper__value input')) return;
      if (!row.dataset.value) return; // hidden by a blind round: the next press brings the conflict card with both
      form.dataset.version = row.dataset.version;
      if (row.dataset.value !== form.dataset.value) backlog(form).values.push({ token: form.dataset.value, reason: form.dataset.reason });
      write(form, row.dataset.value, row.dataset.reason);
      form.dataset.reason = row.dataset.reason;
      showUndo(form);
    });
    showLast();
  }

  // Somebody put the score back to "not scored": base version 0 says that this screen has seen it.
  function takenBack(form) {
    if (form.contains(document.activeElement) && document.activeElement.matches('textarea, .stepper__value input')) return;
    backlog(form).values.push({ token: form.dataset.value, reason: form.dataset.reason });
    form.dataset.version = '0';
    form.dataset.reason = '';
    write(form, '', '');
    showUndo(form);
  }

  // The form for entering on somebody's behalf now belongs to this person: it shows what stands for him.
  document.addEventListener('scribe:aimed', (event) => {
    const form = event.detail.form, row = rowOf(form);
    ['pending', 'clearing', 'conflicting'].forEach((name) => { delete form.dataset[name]; });
    undone.set(form, { at: -Infinity, values: [] });
    form.dataset.version = row ? row.dataset.version : '0';
    form.dataset.reason = row ? row.dataset.reason : '';
    write(form, row ? row.dataset.value : '', form.dataset.reason);
    showUndo(form);
    const answer = form.querySelector('.answer');
    answer.textContent = '';
    answer.className = 'answer';
    showLast();
  });

  document.addEventListener('live:applied', reflect);

  forms().forEach((form) => { form.dataset.reason = reasonOf(form); pressQuickKeys(form); });
  showLast();
}());
