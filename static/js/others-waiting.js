// The login page of a shared tablet, or the door of the room: whose work still waits here, so that this person signs in once more. Names and numbers only.
(function () {
  'use strict';

  const place = document.getElementById('others-waiting'), thidua = window.thidua;
  if (!place || !thidua || !thidua.store) return;
  const SENTENCE = ' đang chờ trên máy này. Xin đồng chí ấy ' + (place.dataset.way || 'đăng nhập') + ' trên máy này để gửi.';

  thidua.store.transact((entries) => ({ result: entries.filter((entry) => !entry.draft) })).then((entries) => {
    const counted = new Map();
    entries.forEach((entry) => counted.set(entry.personName, (counted.get(entry.personName) || 0) + 1));
    place.replaceChildren(...Array.from(counted, ([name, count]) => {
      const line = document.createElement('p');
      line.className = 'notice notice--warn';
      line.textContent = count + ' việc của đồng chí ' + name + SENTENCE;
      return line;
    }));
    place.hidden = !counted.size;
  });
}());
