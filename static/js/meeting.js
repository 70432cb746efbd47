// Parts brought by the stream get their buttons working.   in: live:applied {ids}
(function () {
  'use strict';

  document.addEventListener('live:applied', (event) => {
    event.detail.ids.forEach((id) => {
      const part = document.getElementById(id);
      if (part && part.querySelector('[hx-post]')) htmx.process(part);
    });
  });
}());
