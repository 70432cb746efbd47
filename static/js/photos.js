// Photos and files as evidence: looked at and reduced on this device, then handed to the outbox, which keeps them until the
// server has them. The filter of the page of evidence, and the keys of one large picture.
//
// [data-photos="address"] holds the file fields; data-criterion (on a card), or the form's own select, says what they are about
// [data-photos-waiting="<criterion id>" | "page"] shows what waits    [data-photos-error=…] says what was not taken
// in: outbox:state {mine}   live:applied
(function () {
  'use strict';

  const thidua = window.thidua || {}, outbox = thidua.outbox;
  const main = document.querySelector('[data-room]'), room = main ? main.dataset.room : '';
  const MEGABYTE = 1048576, LARGEST = 25 * MEGABYTE, REDUCED = 2 * MEGABYTE, THUMBNAIL = 112;
  const STEPS = [[2560, 0.85], [2560, 0.75], [2048, 0.75], [1600, 0.7], [1280, 0.6]]; // longest side, quality

  // ---- what a file is -------------------------------------------------------------------------------------------------

  const WORDS = {
    empty: 'trống, không có nội dung. Xin chọn lại tệp.',
    large: 'nặng quá mức 25 MB. Xin chụp lại ở cỡ nhỏ hơn hoặc tách thành nhiều tệp.',
    heic: 'ở dạng HEIC, nhiều máy không mở được. Trên iPhone xin mở Cài đặt, Camera, Định dạng và chọn “Tương thích nhất” rồi chụp lại, hoặc lưu ảnh thành JPEG.',
    other: 'không phải là ảnh JPEG, PNG, WebP hay tệp PDF, DOCX, XLSX. Xin lưu thành PDF hoặc chụp ảnh rồi gửi lại.',
    full: 'chưa giữ được vì máy này hết chỗ. Xin chờ gửi bớt những gì đang chờ rồi chọn lại.',
  };

  function read(blob, how) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.onerror = () => reject(reader.error);
      reader[how](blob);
    });
  }

  async function kindOf(file) {
    const bytes = new Uint8Array(await read(file.slice(0, 1024), 'readAsArrayBuffer'));
    const text = String.fromCharCode.apply(null, bytes);
    if (text.startsWith('\xff\xd8\xff') || text.startsWith('\x89PNG\r\n') || (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP')) return 'picture';
    if (text.slice(4, 8) === 'ftyp' && /^(hei|hev|mif|msf|avif)/.test(text.slice(8, 12))) return 'heic';
    return text.startsWith('PK\x03\x04') || text.includes('%PDF-') ? 'document' : '';
  }

  // ---- reducing -------------------------------------------------------------------------------------------------------

  // An upright picture of the file. Rejects where this browser cannot, or would lay it on its side: then the server turns it.
  async function decoded(blob) {
    if (window.createImageBitmap) {
      try { return await createImageBitmap(blob, { imageOrientation: 'from-image' }); } catch (error) { /* an older browser knows no such option */ }
      if (isTurnedByBrowser()) { try { return await createImageBitmap(blob); } catch (error) { /* the way of the oldest */ } }
    }
    if (!isTurnedByBrowser()) throw new Error('not upright');
    const image = new Image();
    const loaded = new Promise((resolve, reject) => { image.onload = resolve; image.onerror = reject; });
    image.src = await read(blob, 'readAsDataURL');
    await loaded;
    return image;
  }

  const isTurnedByBrowser = () => Boolean(window.CSS && CSS.supports && CSS.supports('image-orientation', 'from-image'));

  function drawn(picture, width, height) {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, width, height);
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture, 0, 0, width, height);
    return canvas;
  }

  function scaled(picture, longest) {
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    return drawn(picture, Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
  }

  const jpegOf = (canvas, quality) => new Promise((resolve, reject) => {
    canvas.toBlob((blob) => { if (blob) resolve(blob); else reject(new Error('no blob')); }, 'image/jpeg', quality);
  });

  async function reduced(blob) {
    const picture = await decoded(blob);
    let smaller = null;
    for (const [side, quality] of STEPS) {
      smaller = await jpegOf(scaled(picture, side), quality);
      if (smaller.size <= REDUCED) break;
    }
    if (picture.close) picture.close();
    return smaller;
  }

  // What is to be sent of a chosen file: {blob, name}. Throws the words that go on from its name.
  async function prepared(file) {
    if (!file.size) throw WORDS.empty;
    const kind = await kindOf(file);
    if (!kind) throw WORDS.other;
    if (kind === 'heic' || (kind === 'picture' && file.size > REDUCED)) {
      try {
        const smaller = await reduced(file);
        if (kind === 'heic' || smaller.size < file.size) return { blob: smaller, name: file.name.replace(/\.[^.]*$/, '') + '.jpg' };
      } catch (error) { if (kind === 'heic') throw WORDS.heic; }
    }
    if (file.size > LARGEST) throw WORDS.large;
    return { blob: file, name: file.name || 'anh.jpg' };
  }

  // ---- choosing -------------------------------------------------------------------------------------------------------

  const preparing = new Map(); // criterion id or "page" -> how many

  async function take(place, files) {
    const about = aboutOf(place), refused = [];
    say(place, '');
    files.forEach(() => count(place, 1));
    for (const file of files) {
      try {
        const one = await prepared(file);
        try { await hand(place, about, one); } catch (error) { throw WORDS.full; }
      } catch (problem) {
        refused.push('Tệp “' + file.name + '” ' + (typeof problem === 'string' ? problem : WORDS.other));
      }
      count(place, -1);
      say(place, refused.join(' '));
    }
  }

  const keyOf = (place) => place.dataset.criterion || 'page';

  function count(place, change) {
    preparing.set(keyOf(place), (preparing.get(keyOf(place)) || 0) + change);
    if (!preparing.get(keyOf(place))) preparing.delete(keyOf(place));
    show();
  }

  function aboutOf(place) {
    const select = place.querySelector('select[name="criterion_id"]'), caption = place.querySelector('[name="caption"]');
    const about = { criterion: place.dataset.criterion || (select && select.value) || '0', caption: caption ? caption.value.trim() : '', name: '' };
    const card = place.closest('[data-number]');
    about.name = card ? 'Tiêu chí ' + card.dataset.number : about.criterion === '0' || !select ? 'Cả buổi kiểm tra' : 'Tiêu chí ' + select.selectedOptions[0].textContent.split(' ')[0].replace(/\.$/, '');
    if (caption) { caption.value = ''; delete place.dataset.typed; }
    return about;
  }

  function hand(place, about, one) {
    return outbox.add({
      kind: 'photo', room, url: place.dataset.photos, fields: { criterion_id: about.criterion, caption: about.caption },
      files: [{ field: 'files', blob: one.blob, name: one.name }], label: 'Minh chứng', words: [about.name, about.caption || one.name].join(' · '),
      name: about.caption || one.name, page: place.dataset.criterion ? location.pathname + '?criterion=' + about.criterion : location.pathname,
    });
  }

  function say(place, words) {
    const error = document.querySelector('[data-photos-error="' + keyOf(place) + '"]');
    if (error) { error.textContent = words; error.hidden = !words; }
  }

  document.addEventListener('change', (event) => {
    const place = event.target.type === 'file' && outbox && event.target.closest('[data-photos]');
    if (!place) return;
    const files = Array.from(event.target.files);
    event.target.value = '';
    if (files.length) take(place, files);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.target.matches('form[data-photos][data-ready] input:not([type="file"])')) return;
    event.preventDefault(); // choosing is sending
    say(event.target.form, 'Xin bấm Chụp ảnh hoặc Chọn tệp.');
  });
  window.addEventListener('beforeunload', (event) => {
    if (preparing.size) { event.preventDefault(); event.returnValue = ''; }
  });
  if (outbox) document.querySelectorAll('form[data-photos]').forEach((form) => { form.dataset.ready = ''; });

  // ---- what waits -----------------------------------------------------------------------------------------------------

  const pictures = new Map(); // operation -> element, drawn once
  let mine = [];

  function pictureOf(entry) {
    if (!pictures.has(entry.op_id)) {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = THUMBNAIL;
      pictures.set(entry.op_id, canvas);
      draw(entry, canvas).catch(() => undefined); // a document, or a browser that cannot: the words say what it is
    }
    return pictures.get(entry.op_id);
  }

  async function draw(entry, canvas) {
    const [one] = await thidua.store.filesOf(entry.op_id);
    const picture = await decoded(one.blob), pen = canvas.getContext('2d');
    const side = Math.min(picture.width, picture.height);
    pen.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, THUMBNAIL, THUMBNAIL);
    if (picture.close) picture.close();
  }

  function item(entry) {
    const line = document.createElement('li'), words = document.createElement('span'), name = document.createElement('b');
    name.textContent = entry.name || entry.words;
    words.append(name, entry.parked ? entry.parked.words : 'chờ gửi');
    line.dataset.state = entry.parked ? 'parked' : 'waiting';
    line.append(pictureOf(entry), words);
    if (entry.parked) line.append(button('Thử gửi lại', 'outbox:retry', entry), button('Bỏ', 'outbox:discard', entry));
    return line;
  }

  function button(words, name, entry) {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'button';
    made.textContent = words;
    made.addEventListener('click', () => document.dispatchEvent(new CustomEvent(name, { detail: { id: entry.id } })));
    return made;
  }

  function show() {
    document.querySelectorAll('[data-photos-waiting]').forEach((list) => {
      const about = list.dataset.photosWaiting;
      const entries = mine.filter((entry) => about === 'page' || String(entry.fields.criterion_id) === about);
      const items = entries.map(item);
      if (preparing.has(about)) {
        const line = document.createElement('li');
        line.textContent = 'Đang chuẩn bị ' + preparing.get(about) + ' tệp…';
        items.push(line);
      }
      list.replaceChildren(...items);
      list.hidden = !items.length;
    });
  }

  document.addEventListener('outbox:state', (event) => {
    mine = event.detail.mine.filter((entry) => entry.kind === 'photo' && entry.room === room);
    Array.from(pictures.keys()).forEach((operation) => { if (!mine.some((entry) => entry.op_id === operation)) pictures.delete(operation); });
    show();
  });

  // ---- the page: one group or all ---------------------------------------------------------------------------------------

  const filter = document.querySelector('[data-evidence-filter]');

  function sift() {
    document.querySelectorAll('[data-group]').forEach((group) => { group.hidden = group.dataset.count === '0' || (filter.value !== '' && group.dataset.group !== filter.value); });
  }

  if (filter) {
    filter.form.dataset.ready = '';
    filter.addEventListener('change', () => {
      sift();
      const chosen = document.querySelector('#evidence-form [name="criterion_id"]');
      if (chosen && filter.value) chosen.value = filter.value;
      history.replaceState(null, '', location.pathname + (filter.value ? '?criterion=' + filter.value : ''));
    });
    document.addEventListener('live:applied', sift);
  }

  // ---- one piece: the arrows turn, Escape goes back ----------------------------------------------------------------------

  const piece = document.querySelector('[data-piece]');
  document.addEventListener('keydown', (event) => {
    if (!piece || event.altKey || event.ctrlKey || event.metaKey || event.target.matches('input, textarea, select, summary')) return;
    const turn = { ArrowLeft: 'prev', ArrowRight: 'next' }[event.key];
    const link = turn && piece.querySelector('a[rel="' + turn + '"]');
    if (link) link.click();
    else if (event.key === 'Escape') location.assign(piece.dataset.list);
  });
}());
